import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { compilers } from '../../scripts/check-types.mjs'
import { root } from '../../scripts/entries.mjs'
import { blocksIn } from '../support/docs-blocks.ts'
import { runNode } from './run-node.ts'

const { tarball, package: packed, apps } = inject('packed')
const run = promisify(execFile)
const fixture = (name: string) => join(import.meta.dirname, 'fixtures', name)
const { dependencies, exports, typesVersions } = JSON.parse(
  readFileSync(join(packed, 'package.json'), 'utf8'),
)

// Not below the project, whose own packages an application must not find.
const folders: string[] = []
function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rmc-adopting-'))
  folders.push(folder)
  return folder
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

const npmInstall = (cwd: string, packages: readonly string[], ...flags: readonly string[]) =>
  run('npm', ['install', '--no-audit', '--no-fund', ...flags, ...packages], { cwd })

/** An application outside of the project, with copies of packages that the project has. */
function applicationWith(...packages: readonly string[]): string {
  const app = emptyFolder()
  for (const name of ['react-microconversions', ...packages, ...Object.keys(dependencies)]) {
    const to = join(app, 'node_modules', name)
    mkdirSync(dirname(to), { recursive: true })
    const from = name === 'react-microconversions' ? packed : join(root, 'node_modules', name)
    cpSync(from, to, { recursive: true })
  }
  return app
}

describe('npm install', () => {
  test.each([
    ['13', '18'],
    ['15', '18'],
    ['16', '19'],
  ])('agrees with Testing Library %s and React %s', async (library, react) => {
    const app = emptyFolder()
    writeFileSync(join(app, 'package.json'), '{ "private": true }')
    const packages = [`react@${react}`, `react-dom@${react}`, `@testing-library/react@${library}`, tarball]
    if (library === '16') packages.push('@testing-library/dom@10')
    await expect(npmInstall(app, packages, '--dry-run')).resolves.toBeTruthy()
  })
})

describe('without Testing Library', () => {
  const app = applicationWith('react')

  test('everything but renderWithTracking works, imported and required', async () => {
    const script = (load: string) =>
      `(async () => {
        const { createTestTracker, expectFired, renderWithTracking } = ${load}('react-microconversions/testing')
        const { definePlan, event } = ${load}('react-microconversions/core')
        const plan = definePlan({ name: 'bare', version: '1', events: { step_taken: event({}) } })
        const tracking = createTestTracker(plan)
        tracking.tracker.track('step_taken')
        await tracking.tracker.flush()
        expectFired(tracking, 'step_taken')
        let refused = ''
        try { renderWithTracking(null, { plan }) } catch ({ message }) { refused = message }
        return [tracking.destination.events.length, refused.slice(0, 8)]
      })()`
    expect(await runNode(app, script('await import'))).toEqual([1, '[RMC401]'])
    const required = script(
      `(await import('node:module')).createRequire(${JSON.stringify(join(app, 'main.js'))})`,
    )
    expect(await runNode(app, required)).toEqual([1, '[RMC401]'])
  })
})

describe('TypeScript', () => {
  const app = applicationWith('react', '@types/react', 'csstype')
  async function compile(tsc: string, name: string, compilerOptions: object) {
    const folder = join(app, name)
    cpSync(fixture(basename(dirname(name)) === '.' ? name : dirname(name)), folder, { recursive: true })
    const options = {
      noEmit: true,
      strict: true,
      target: 'ES2022',
      skipLibCheck: true,
      types: [],
      jsx: 'react-jsx',
    }
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: { ...options, ...compilerOptions }, include: ['.'] }),
    )
    const { stdout } = await run(process.execPath, [tsc, '--pretty', 'false', '-p', folder]).catch(
      (error: { stdout: string }) => error,
    )
    return stdout
  }
  const [newest, oldest] = compilers as unknown as readonly { readonly tsc: string }[]

  test('finds every entry by classic resolution, which knows no exports', async () => {
    const found = await compile(String(oldest?.tsc), 'classic', {
      module: 'ESNext',
      moduleResolution: 'node',
    })
    expect(found).toBe('')
  })

  test('knows the same files for both kinds of resolution', () => {
    const types = Object.entries<{ types: string } | string>(exports).flatMap(([path, target]) =>
      path === '.' || typeof target === 'string' ? [] : [[path.slice(2), [target.types]]],
    )
    expect(typesVersions).toEqual({ '*': Object.fromEntries(types) })
  })

  test.each([
    ['the newest, as Node resolves', newest?.tsc, { module: 'nodenext' }],
    ['the newest, as a bundler resolves', newest?.tsc, { module: 'preserve' }],
    ['the oldest, as a bundler resolves', oldest?.tsc, { module: 'preserve' }],
  ])('compiles CommonJS: %s', async (_, tsc, options) => {
    writeFileSync(join(app, 'package.json'), '{ "private": true, "type": "commonjs" }')
    expect(await compile(String(tsc), 'commonjs', options)).toBe('')
  })
})

const docsBlocks = (page: string, ...languages: readonly string[]) =>
  blocksIn(readFileSync(join(root, 'docs', page), 'utf8'), ...languages)

interface DocsTest {
  readonly status: string
  readonly failureMessages: readonly string[]
}

describe('Vitest', () => {
  test('runs the tests that the docs show', async () => {
    const app = mkdtempSync(join(apps[19], 'docs-'))
    cpSync(fixture('vitest'), app, { recursive: true })
    const shown = ['testing.md', 'jest-and-vitest.md'].flatMap((page) => docsBlocks(page, 'ts', 'tsx'))
    const tests = shown.filter((code) => /^(?:test\(|for .* test\()/m.test(code))
    expect(tests).toHaveLength(6)
    for (const [index, code] of tests.entries()) writeFileSync(join(app, `${index}.test.tsx`), code)
    const vitest = join(root, 'node_modules/vitest/vitest.mjs')
    const flags = ['run', '--root', app, '--environment', 'jsdom']
    const { stdout } = await run(process.execPath, [vitest, ...flags], { cwd: app }).catch(
      (failed: { stdout: string }) => failed,
    )
    const {
      testResults,
    }: { testResults: readonly { message: string; assertionResults: readonly DocsTest[] }[] } =
      JSON.parse(stdout)
    expect(testResults).toHaveLength(tests.length)
    const failures = testResults.flatMap(({ message, assertionResults }) => [
      message,
      ...assertionResults
        .filter(({ status }) => status !== 'passed')
        .map((each) => each.failureMessages.join()),
    ])
    expect(failures.filter(Boolean)).toEqual([])
  })

  test.each(['jsdom', 'happy-dom'])('runs the same tests in %s', async (environment) => {
    // Below the project: Vitest and the environment are found there, and the package in the application.
    const app = mkdtempSync(join(apps[19], 'vitest-'))
    cpSync(fixture('vitest'), app, { recursive: true })
    cpSync(fixture('tracking.test.jsx'), join(app, 'tracking.test.jsx'))
    const vitest = join(root, 'node_modules/vitest/vitest.mjs')
    const flags = ['run', '--root', app, '--environment', environment]
    const { stdout } = await run(process.execPath, [vitest, ...flags], { cwd: app })
    expect(JSON.parse(stdout)).toMatchObject({ numPassedTests: 3, numTotalTests: 3 })
  })
})

describe('Jest 30', () => {
  test.each([
    ['18', '13', []],
    ['19', '16', ['@testing-library/dom@10']],
  ])(
    'with React %s and Testing Library %s, by the line in docs/jest-and-vitest.md',
    async (react, library, more) => {
      const app = emptyFolder()
      cpSync(fixture('jest'), app, { recursive: true })
      cpSync(fixture('tracking.test.jsx'), join(app, 'tracking.test.jsx'))
      writeFileSync(join(app, 'jest.config.js'), docsBlocks('jest-and-vitest.md', 'js')[0] ?? '')
      writeFileSync(join(app, 'package.json'), '{ "private": true }')
      const tools = ['jest@30', 'jest-environment-jsdom@30', '@babel/preset-env@7', '@babel/preset-react@7']
      const own = [`react@${react}`, `react-dom@${react}`, `@testing-library/react@${library}`, ...more]
      await npmInstall(app, [...tools, ...own, tarball])
      const jest = join(app, 'node_modules/jest/bin/jest.js')
      const { stderr } = await run(process.execPath, [jest, '--ci', '--no-cache'], { cwd: app })
      expect(stderr).toContain('3 passed, 3 total')
    },
  )
})
