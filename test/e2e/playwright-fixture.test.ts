import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserArgs, findHeadlessShell } from '../../scripts/browser.mjs'
import { ensureBuilt } from '../../scripts/dist.mjs'
import { root } from '../../scripts/entries.mjs'
import { readTested } from '../../src/plan/coverage/read-tested.ts'
import { bundle } from '../support/bundle.ts'
import { freePort, serve } from '../support/serve.ts'

const run = promisify(execFile)
const html = (script: string) =>
  `<!doctype html><title>Shop</title><button>Pricing</button> <a href="/linked">Next</a>${script}`
const paths = ['/', '/one', '/linked', '/two', '/closed', '/after', '/held']

// Below the project: Playwright is found there, and so is the package by its own name.
const generated = join(root, 'test/.generated')
let folder: string
let collector: string
let servers: Record<'ORIGIN' | 'STRICT_ORIGIN' | 'OTHER_ORIGIN', Awaited<ReturnType<typeof serve>>>

beforeAll(async () => {
  ensureBuilt()
  const page = html('<script type="module" src="/app.js"></script>')
  const files = {
    ...Object.fromEntries(paths.map((path) => [path, page])),
    '/app.js': await bundle(join(root, 'test/support/playwright-page.ts'), 'production'),
  }
  const port = await freePort()
  collector = `http://127.0.0.1:${port}`
  servers = {
    ORIGIN: await serve(files, {}, collector),
    STRICT_ORIGIN: await serve(files, { 'content-security-policy': "default-src 'self'" }, collector),
    OTHER_ORIGIN: await serve({ '/': html('') }),
  }
  mkdirSync(generated, { recursive: true })
  folder = mkdtempSync(join(generated, 'playwright-'))
  cpSync(join(root, 'test/support/playwright-spec.js'), join(folder, 'shop.spec.js'))
  // What the overlay generates is a test of this application.
  for (const name of ['playwright', 'playwright-changed', 'playwright-missing'])
    cpSync(join(root, `test/generated/${name}.spec.ts`), join(folder, `${name}.spec.ts`))
  const launchOptions = { args: browserArgs, executablePath: findHeadlessShell() }
  const microconversionsOptions = { coverage: join(folder, 'tested') }
  const use = JSON.stringify({ launchOptions, baseURL: servers.ORIGIN.url, microconversionsOptions })
  const program = join(root, 'dist/cli/main.js')
  const plan = join(root, 'test/support/playwright-plan.ts')
  const command = `${process.execPath} ${program} collect --memory --plan ${plan} --port ${port}`
  const webServer = JSON.stringify({ command, url: collector })
  const failing = '/-(?:changed|missing)\\.spec/'
  const projects = `[{ name: 'passes', testIgnore: ${failing} }, { name: 'fails', testMatch: ${failing}, expect: { timeout: 10_000 } }]`
  writeFileSync(
    join(folder, 'playwright.config.js'),
    `export default { testDir: '.', outputDir: './results', workers: 1, timeout: 120_000, expect: { timeout: 30_000 }, reporter: 'json', use: ${use}, webServer: ${webServer}, projects: ${projects} }`,
  )
})

afterAll(async () => {
  rmSync(folder, { recursive: true })
  for (const server of Object.values(servers)) await server[Symbol.asyncDispose]()
})

/** The part of a report of Playwright's reporter `json` that the test reads. */
interface Suite {
  readonly suites?: readonly Suite[]
  readonly specs: readonly {
    readonly file: string
    readonly tests: readonly { readonly results: readonly { readonly errors: readonly Failure[] }[] }[]
  }[]
}
interface Failure {
  readonly message: string
}

/** Lists the failures of all tests, each with its file. */
const failuresIn = ({ suites = [], specs }: Suite): readonly string[] => [
  ...specs.flatMap(({ file, tests }) =>
    tests.flatMap(({ results }) =>
      results.flatMap(({ errors }) => errors.map(({ message }) => `${file}: ${message}`)),
    ),
  ),
  ...suites.flatMap(failuresIn),
]

test('the fixture reads a production build over navigations, tabs and page leave, and generated tests pass or say why not', async () => {
  const playwright = join(root, 'node_modules/@playwright/test/cli.js')
  const origins = Object.entries(servers).map(([name, { url }]) => [name, new URL(url).origin])
  const env = { ...process.env, ...Object.fromEntries(origins), COLLECTOR: collector }
  const { stdout } = await run(process.execPath, [playwright, 'test'], {
    cwd: folder,
    env,
    maxBuffer: 2 ** 26,
  }).catch((error: { stdout: string }) => error)
  const report = JSON.parse(stdout)
  expect(report.errors).toEqual([])
  const failures = report.suites.flatMap(failuresIn)
  expect(failures).toEqual([
    expect.stringContaining(
      'playwright-changed.spec.ts: Error: "pricing_clicked" fired once, expected twice.\nAttempts:\n  no. 1 fired: admitted {"tier":"pro"}\n  no. 2 dropped: frequency (at most 1 per page, 1 before it) {"tier":"pro"}',
    ),
    expect.stringContaining(
      'playwright-missing.spec.ts: Error: "demo_booked" did not fire.\nIt was never attempted.\nAttempted were: pricing_clicked.',
    ),
  ])
  expect(report.stats).toMatchObject({ expected: 11, unexpected: 2, skipped: 0 })

  const written = readdirSync(join(folder, 'tested')).flatMap(
    (name) => readTested(readFileSync(join(folder, 'tested', name), 'utf8')) ?? [],
  )
  expect(new Set(written.map(({ source }) => source))).toEqual(new Set(['e2e']))
  expect(written.flatMap(({ attempts }) => attempts)).toContainEqual(
    expect.objectContaining({
      ...{ event: 'pricing_clicked', outcome: 'fired', properties: ['tier'], destinations: { http: true } },
    }),
  )
})
