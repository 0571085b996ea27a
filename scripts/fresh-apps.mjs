// `npm run fresh-apps`: packs the package, creates three applications as their frameworks do, adds what the docs say, and looks for
// the first event in the overlay. Prints the lines that a newcomer writes, type errors and what the console said. `-- NAME` for one.
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argv, env, exit, stdout } from 'node:process'
import { setTimeout } from 'node:timers/promises'
import { browserArgs, ensureBrowser } from './browser.mjs'
import { ensureBuilt } from './dist.mjs'
import { root } from './entries.mjs'
import { freshApps, PATIENT } from './fresh-apps/apps.mjs'
import { firstEvent } from './fresh-apps/first-event.mjs'

/** @typedef {import('./fresh-apps/apps.mjs').FreshApp} FreshApp */

const SERVER_MINUTES = 3

const folder = mkdtempSync(join(tmpdir(), 'fresh-apps-'))

/** Runs a command to its end. @returns {string} what it printed; a failure throws with that */
function run(
  /** @type {string} */ command,
  /** @type {readonly string[]} */ args,
  /** @type {string} */ cwd,
  more = {},
) {
  const {
    status,
    stdout: out,
    stderr,
  } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    env: { ...env, CI: 'true', NEXT_TELEMETRY_DISABLED: '1', STORYBOOK_DISABLE_TELEMETRY: '1', ...more },
  })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${out}${stderr}`)
  return out
}

function pack() {
  ensureBuilt()
  run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], root)
  return join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '')
}

/** Lines added to the template and removed from it, configuration files of tests included. */
function linesOf(/** @type {string} */ app) {
  const files = ['.', ':!package.json', ':!package-lock.json']
  run('git', ['add', '--all'], app)
  const changes = run('git', ['diff', '--cached', '--numstat', '--', ...files], app)
  return changes
    .trim()
    .split('\n')
    .map((line) => line.split('\t'))
    .filter(([, , file]) => !/\.(css|svg)$/.test(file ?? ''))
    .reduce((sum, [added]) => sum + Number(added), 0)
}

function create(/** @type {FreshApp} */ { name, create: args, remove, install, installDev }, tarball = '') {
  const app = join(folder, name)
  run('npx', ['--yes', ...args.map((word) => (word === 'APP' ? name : word))], folder)
  const commit = ['-c', 'user.name=newcomer', '-c', 'user.email=newcomer@example.com', 'commit']
  run('git', ['init', '--quiet'], app)
  writeFileSync(join(app, '.gitignore'), 'node_modules\ndist\n.next\ntest-results\n*.tsbuildinfo\n')
  run('git', ['add', '--all'], app)
  run('git', [...commit, '--quiet', '-m', 'as created'], app)
  for (const file of remove) rmSync(join(app, file))
  cpSync(join(root, 'scripts/fresh-apps', name), app, { recursive: true })
  const quiet = ['--no-audit', '--no-fund']
  run('npm', ['install', ...quiet, tarball, ...install], app)
  if (installDev.length) run('npm', ['install', ...quiet, '--save-dev', ...installDev], app)
  return app
}

const freePort = () =>
  new Promise((/** @type {(port: number) => void} */ resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0))
    })
  })

async function answers(/** @type {string} */ url) {
  const end = Date.now() + SERVER_MINUTES * 60_000
  while (Date.now() < end) {
    const response = await fetch(url).catch(() => undefined)
    if (response?.ok) return
    await setTimeout(250)
  }
  throw new Error(`${url} did not answer within ${SERVER_MINUTES} minutes.`)
}

/** Runs Playwright's tests of an application, as its newcomer would. */
function endToEnd(/** @type {string} */ app, /** @type {string} */ e2e, /** @type {string} */ url) {
  const use = { baseURL: url, launchOptions: { executablePath: ensureBrowser(), args: browserArgs } }
  writeFileSync(
    join(app, 'playwright.config.ts'),
    `export default { testDir: '${e2e}', use: ${JSON.stringify(use)} }\n`,
  )
  run('npx', ['playwright', 'test'], app)
}

/** Builds the Storybook of an application, and runs its stories as tests. */
function runStories(/** @type {string} */ app) {
  run('npx', ['storybook', 'build', '--quiet'], app)
  const launchOptions = { executablePath: ensureBrowser(), args: browserArgs }
  writeFileSync(
    join(app, 'vitest.stories.config.ts'),
    `import react from '@vitejs/plugin-react'
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'

const provider = playwright({ launchOptions: ${JSON.stringify(launchOptions)} })
const browser = { enabled: true, headless: true, provider, instances: [{ browser: 'chromium' as const }] }
export default defineConfig({ plugins: [react(), storybookTest()], test: { browser } })
`,
  )
  run('npx', ['vitest', 'run', PATIENT, '--config', 'vitest.stories.config.ts'], app)
}

/** Serves an application for as long as it is looked at. */
async function look(/** @type {FreshApp} */ { serve, e2e }, /** @type {string} */ app) {
  const port = await freePort()
  const [command = '', ...args] = serve.map((word) => (word === 'PORT' ? String(port) : word))
  const server = spawn(join(app, 'node_modules/.bin', command), args, {
    cwd: app,
    detached: true,
    env: { ...env, NEXT_TELEMETRY_DISABLED: '1' },
  })
  try {
    const url = `http://127.0.0.1:${port}/`
    await answers(url)
    const seen = await firstEvent(url)
    if (e2e) endToEnd(app, e2e, url)
    return seen
  } finally {
    if (server.pid) process.kill(-server.pid)
  }
}

const wanted = argv[2]
const tarball = pack()
let failed = false
for (const fresh of freshApps.filter(({ name }) => !wanted || name === wanted)) {
  const began = Date.now()
  try {
    const app = create(fresh, tarball)
    const lines = linesOf(app)
    for (const [command = '', ...args] of fresh.prove) run('npx', [command, ...args], app)
    if (fresh.storybook) runStories(app)
    const { rows, noise } = await look(fresh, app)
    const fired = rows.length === 2 && /dropped/i.test(rows[0] ?? '') && /fired/i.test(rows[1] ?? '')
    failed ||= !fired || noise.length > 0
    stdout.write(`${fresh.name}: ${lines} lines written, ${fresh.prove.length} commands without an error, `)
    stdout.write(
      `${Math.round((Date.now() - began) / 1_000)} s\n  in the overlay: ${rows.join(' | ').replaceAll('\n', ' ')}\n`,
    )
    stdout.write(`  said by the console: ${noise.join(' | ') || 'nothing'}\n`)
  } catch (error) {
    failed = true
    stdout.write(`${fresh.name}: ${error instanceof Error ? error.message : error}\n`)
  }
}
if (failed) stdout.write(`Left to look at: ${folder}\n`)
else rmSync(folder, { recursive: true, force: true })
exit(failed ? 1 : 0)
