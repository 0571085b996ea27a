import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserArgs, ensureBrowser } from '../../scripts/browser.mjs'
import { publicEntries, root } from '../../scripts/entries.mjs'
import type { TestOptions } from '../../src/devtools/session/generated-test.ts'
import { playwrightTest, storybookPlay } from '../../src/devtools/session/page-test.ts'
import { readSession } from '../../src/devtools/session/read-session.ts'
import type { Session } from '../../src/devtools/session/session-file.ts'
import { vitestTest } from '../../src/devtools/session/vitest-test.ts'
import { launch } from '../support/launch.ts'
import { recordedSession } from '../support/recorded-session.ts'
import { serve } from '../support/serve.ts'

let folder: string

beforeAll(() => {
  const parent = join(root, 'test/.generated')
  mkdirSync(parent, { recursive: true })
  folder = mkdtempSync(join(parent, 'run-'))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs a program of node_modules on its own; what it printed. */
function run(program: string, args: readonly string[]): Promise<string> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/VITE|NODE_ENV/.test(name)))
  const child = spawn(process.execPath, [join(root, 'node_modules', program), ...args], { cwd: folder, env })
  return new Promise((resolve, reject) => {
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    child.on('error', reject).on('close', () => resolve(output))
  })
}

/** What the compiler says of generated files, under the rules of this project. */
function typeErrors(files: string): Promise<string> {
  const config = { extends: '../../../tsconfig.json', include: [files, '../../../env.d.ts'], exclude: [] }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  return run('typescript/bin/tsc', ['--noEmit', '-p', '.'])
}

/** What Vitest says of each file, by its configuration in the folder. */
async function vitestResults() {
  const printed = await run('vitest/vitest.mjs', ['run', '--reporter=json', '--outputFile=results.json'])
  const { testResults } = JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8'))
  return { testResults, printed }
}

const numbersOf = ({ decisions }: Session) => decisions.map(({ number }) => number)

describe('with Vitest', () => {
  const all = ['tier', 'seats', 'more', 'mark', 'page_location', 'page_title', 'page_referrer']

  /** Writes the files, runs them; the message of each that failed, undefined for one that passed. */
  async function verdicts(files: Readonly<Record<string, string>>) {
    for (const [name, code] of Object.entries(files)) writeFileSync(join(folder, `${name}.test.ts`), code)
    writeFileSync(
      join(folder, 'plan.ts'),
      `export { sessionPlan as plan } from '../../support/recorded-session.ts'\n`,
    )
    writeFileSync(
      join(folder, 'vitest.config.ts'),
      `import { mergeConfig } from 'vitest/config'
       import base from '../../../vite.config.ts'
       export default mergeConfig(base, { test: { root: import.meta.dirname, include: ['*.test.ts'] } })`,
    )
    const { testResults, printed } = await vitestResults()
    expect(testResults, printed).toHaveLength(Object.keys(files).length)
    return Object.fromEntries(
      testResults.map(({ name, message, assertionResults }: any) => {
        expect(assertionResults, `${name} ${message}`).toHaveLength(1)
        const [{ status, failureMessages }] = assertionResults
        return [/([\w-]+)\.test\.ts$/.exec(name)?.[1], status === 'passed' ? undefined : failureMessages[0]]
      }),
    )
  }

  test('what happened happens again; what should have fired fails and says why', async () => {
    const open = await recordedSession(all)
    const hidden = await recordedSession()
    const everything = (session: Session, options?: TestOptions) =>
      vitestTest(session, numbersOf(session), options)
    const files = {
      open: everything(open),
      hidden: everything(hidden),
      // Its cause, the first click, comes along.
      dropped: vitestTest(open, [3]),
      draft: everything(open, { missing: 'chat_opened' }),
      mistyped: vitestTest(open, [10], { missing: 'demo_booked' }),
      fires: everything(open, { missing: 'demo_booked' }),
      otherwise: everything(open).replace("reason: 'frequency'", "reason: 'draft'"),
    }
    expect(files.open).not.toContain('Left out')
    expect(files.open.match(/expect\(tracker/g)).toHaveLength(open.decisions.length)
    expect(files.dropped.match(/expect\(tracker/g)).toHaveLength(2)
    expect(files.hidden).toContain('// Left out: tour_watched, attempt 4: it depends on property values')
    const verdict = await verdicts(files)
    expect(verdict).toEqual({
      open: undefined,
      hidden: undefined,
      dropped: undefined,
      fires: undefined,
      draft: expect.stringContaining('chat_opened did not fire. Its one attempt (no. 5) was dropped: draft.'),
      mistyped: expect.stringContaining(
        'demo_booked did not fire. It was never attempted. Did you mean "demo_bookd"?',
      ),
      otherwise: expect.stringContaining(`reason: 'draft'`),
    })

    expect(await typeErrors('*.test.ts')).toBe('')
  })
})

describe('of a page', () => {
  const app = `
    import { createElement } from 'react'
    import { createTracker, definePlan, event } from 'react-microconversions/core'
    import { MicroconversionDevtools } from 'react-microconversions/devtools/production'

    const plan = definePlan({ name: 'served', version: '1', events: {
      page_read: event({ frequency: 'once-per-page' }), demo_booked: event({ status: 'draft' }),
    } })
    export function App() {
      return createElement(MicroconversionDevtools, { tracker, enabled: true, because: 'a test' })
    }
    const tracker = createTracker({ plan, consent: 'granted' })
    tracker.track('page_read')
    tracker.track('page_read')
    tracker.track('demo_booked')
  `

  async function bundled(): Promise<string> {
    const mount = `
      import { createRoot } from 'react-dom/client'
      createRoot(document.querySelector('main')).render(createElement(App))`
    const { outputFiles } = await build({
      stdin: { contents: app + mount, resolveDir: root, sourcefile: 'app.js' },
      bundle: true,
      write: false,
      format: 'esm',
      jsx: 'automatic',
      alias: Object.fromEntries(publicEntries().map(({ name, source }) => [name, source])),
      define: { 'process.env.NODE_ENV': '"development"' },
      logLevel: 'error',
    })
    return outputFiles[0]?.text ?? ''
  }

  /** What the page says of itself: the overlay is on it, closed. */
  async function sessionOn(url: string): Promise<Session> {
    const browser = await launch()
    try {
      const page = await browser.newPage()
      await page.goto(url)
      await page.waitForFunction(() => window.__microconversions__)
      const opened = readSession(
        JSON.stringify(await page.evaluate(() => window.__microconversions__?.session())),
      )
      if ('problem' in opened) throw new Error(opened.problem)
      return opened.session
    } finally {
      await browser.close()
    }
  }

  let server: Awaited<ReturnType<typeof serve>>
  let session: Session

  beforeAll(async () => {
    const html =
      '<!doctype html><title>Served</title><main></main><script type="module" src="/app.js"></script>'
    server = await serve({ '/read': html, '/app.js': await bundled() })
    session = await sessionOn(`${server.url}read`)
    expect(session.decisions.map(({ event, outcome }) => `${event} ${outcome}`)).toEqual([
      'page_read fired',
      'page_read dropped',
      'demo_booked dropped',
    ])
  })
  afterAll(() => server?.[Symbol.asyncDispose]())

  test('with Playwright: the same page does the same; what should have fired fails and says why', async () => {
    const write = (name: string, code: string) => writeFileSync(join(folder, `${name}.spec.ts`), code)
    write('happened', playwrightTest(session, numbersOf(session)))
    write('fires', playwrightTest(session, [1], { missing: 'page_read' }))
    write('missing', playwrightTest(session, numbersOf(session), { missing: 'demo_booked' }))
    writeFileSync(
      join(folder, 'playwright.config.ts'),
      `export default ${JSON.stringify({
        testMatch: '*.spec.ts',
        outputDir: join(folder, 'results'),
        workers: 1,
        use: {
          baseURL: server.url,
          launchOptions: { executablePath: ensureBrowser(), args: browserArgs },
        },
      })}`,
    )
    const printed = await run('@playwright/test/cli.js', ['test', '--reporter=json'])
    const { suites } = JSON.parse(printed.slice(printed.indexOf('{')))
    const results = Object.fromEntries(
      suites.map(({ file, specs }: any) => {
        const [{ status, error }] = specs[0].tests[0].results
        return [file, status === 'passed' ? 'passed' : error.message]
      }),
    )
    expect(results, printed).toEqual({
      'happened.spec.ts': 'passed',
      'fires.spec.ts': 'passed',
      'missing.spec.ts': expect.stringMatching(/demo_booked should fire.*dropped: draft/s),
    })

    expect(await typeErrors('*.spec.ts')).toBe('')
  })

  test('with Storybook: the same story does the same; what should have fired fails and says why', async () => {
    const write = (name: string, code: string) => writeFileSync(join(folder, name), code)
    mkdirSync(join(folder, '.storybook'))
    write(
      '.storybook/main.ts',
      `export default {
         framework: '@storybook/react-vite',
         stories: ['../*.stories.ts'],
         core: { disableTelemetry: true },
       }`,
    )
    write('app.js', app)
    const plays = {
      happened: storybookPlay(session, numbersOf(session)),
      fires: storybookPlay(session, [1], { missing: 'page_read' }),
      missing: storybookPlay(session, numbersOf(session), { missing: 'demo_booked' }),
    }
    for (const [name, code] of Object.entries(plays)) {
      write(`${name}.play.ts`, code)
      // A file each: a page with a tracker of its own.
      write(
        `${name}.stories.ts`,
        `import { App } from './app.js'
         import { play } from './${name}.play.ts'
         export default { component: App }
         export const Story = { play }`,
      )
    }
    write(
      'vitest.config.ts',
      `import { storybookTest } from '@storybook/addon-vitest/vitest-plugin'
       import { playwright } from '@vitest/browser-playwright'
       import { mergeConfig } from 'vitest/config'
       import base from '../../../vite.config.ts'
       const launchOptions = ${JSON.stringify({ executablePath: ensureBrowser(), args: browserArgs })}
       export default mergeConfig(base, {
         root: import.meta.dirname,
         plugins: [storybookTest({ configDir: import.meta.dirname + '/.storybook', disableAddonDocs: true })],
         test: {
           browser: {
             enabled: true,
             headless: true,
             screenshotFailures: false,
             instances: [{ browser: 'chromium' }],
             provider: playwright({ launchOptions }),
           },
         },
       })`,
    )
    const { testResults, printed } = await vitestResults()
    const results = Object.fromEntries(
      testResults.map(({ name, message, assertionResults }: any) => {
        expect(assertionResults, `${name} ${message} ${printed}`).toHaveLength(1)
        const [{ status, failureMessages }] = assertionResults
        return [
          /([\w-]+)\.stories\.ts$/.exec(name)?.[1],
          status === 'passed' ? undefined : failureMessages[0],
        ]
      }),
    )
    expect(results, printed).toEqual({
      happened: undefined,
      fires: undefined,
      missing: expect.stringMatching(/demo_booked should fire.*dropped: draft/s),
    })

    expect(await typeErrors('*.play.ts')).toBe('')
  })
})
