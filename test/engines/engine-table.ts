import { spawnSync } from 'node:child_process'
import type { Reporter, TestCase, TestModule } from 'vitest/node'
import { ensureBrowser } from '../../scripts/browser.mjs'
import { findFirefox, findWebKit } from '../../scripts/engines.mjs'
import { startWebKitDriver } from '../../scripts/webkit-driver.mjs'
import { openWebKitSession } from '../support/engines/webkit-session.ts'

const engines = ['Chromium', 'Firefox', 'WebKit'] as const
type Engine = (typeof engines)[number]

/** Vitest adds the browser to a project's name. */
const byProject: Readonly<Record<string, Engine>> = {
  'browser (chromium)': 'Chromium',
  'browser-firefox (firefox)': 'Firefox',
  'browser-webkit (safari)': 'WebKit',
}

function saidBy(path: string | undefined): string {
  const said = path ? spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout : ''
  return /\d[\d.]*/.exec(said)?.[0] ?? ''
}

async function versions(): Promise<Readonly<Record<Engine, string>>> {
  return {
    Chromium: saidBy(ensureBrowser()),
    Firefox: saidBy(findFirefox()),
    WebKit: findWebKit() ? await webKitVersion() : '',
  }
}

/** The browser does not say it without a screen. */
async function webKitVersion(): Promise<string> {
  const driver = await startWebKitDriver()
  const session = await openWebKitSession(driver)
  await session.end()
  await driver[Symbol.asyncDispose]()
  return session.version
}

/** The tests in `test/engines` have the engine as their first heading. */
const engineOf = (test: TestCase): Engine | undefined =>
  byProject[test.project.name] ?? engines.find((engine) => test.fullName.startsWith(engine))

const enginesOf = ({ project }: TestModule): readonly Engine[] =>
  project.name in byProject ? [byProject[project.name] as Engine] : engines

interface Count {
  passed: number
  failed: number
  skipped: number
}

const cells = (values: readonly string[]) => `| ${values.join(' | ')} |`

const inWords = ({ passed, failed, skipped }: Count) =>
  [passed && `${passed}`, failed && `**${failed} failed**`, skipped && `${skipped} skipped`]
    .filter(Boolean)
    .join(', ') || '–'

/** Prints the table of `docs/browsers.md`: `npm run browsers`. */
export default class EngineTable implements Reporter {
  async onTestRunEnd(modules: readonly TestModule[]): Promise<void> {
    const rows = new Map<string, Record<Engine, Count>>()
    for (const module of modules) {
      const name = module.relativeModuleId.replace(/^test\//, '').replace(/\.test\.tsx?$/, '')
      const empty = () => ({ passed: 0, failed: 0, skipped: 0 })
      const row = rows.get(name) ?? { Chromium: empty(), Firefox: empty(), WebKit: empty() }
      rows.set(name, row)
      for (const test of module.children.allTests()) {
        const engine = engineOf(test)
        const { state } = test.result()
        if (engine && state !== 'pending') row[engine][state]++
      }
      // It did not even load.
      if (module.errors().length > 0) for (const engine of enginesOf(module)) row[engine].failed++
    }
    const version = await versions()
    const ran = ([, row]: [string, Record<Engine, Count>]) =>
      engines.some((engine) => inWords(row[engine]) !== '–')
    const sorted = [...rows].filter(ran).toSorted(([a], [b]) => (a < b ? -1 : 1))
    console.info(
      [
        cells(['tests', ...engines.map((engine) => `${engine} ${version[engine]}`)]),
        cells(['---', '---:', '---:', '---:']),
        ...sorted.map(([name, row]) => cells([name, ...engines.map((engine) => inWords(row[engine]))])),
      ].join('\n'),
    )
  }
}
