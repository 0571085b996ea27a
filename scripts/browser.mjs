import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { argv, env, getuid, platform, stderr } from 'node:process'
import { chromium } from 'playwright'

const programFolders = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']]

/** @type {{ [platform: string]: string[] }} */
const usual = {
  linux: ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser'].map(
    (name) => `/usr/bin/${name}`,
  ),
  darwin: ['Google Chrome', 'Chromium'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`),
  win32: programFolders.map((folder) => join(folder ?? '', 'Google/Chrome/Application/chrome.exe')),
}

// The first because Chromium refuses to start its sandbox as root, the others so that it does not call home.
export const browserArgs = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

// Ubuntu's /usr/bin/chromium-browser may be a stub that only asks for a snap.
const starts = (/** @type {string} */ path) =>
  existsSync(path) && (platform !== 'linux' || spawnSync(path, ['--version']).status === 0)

/** The path of a Chromium on this machine, if there is one. */
export function findBrowser() {
  const named = env['RMC_CHROMIUM']
  if (!named) return [...(usual[platform] ?? []), chromium.executablePath()].find(starts)
  if (starts(named)) return named
  throw new Error(`RMC_CHROMIUM is ${named}, and that does not start.`)
}

/** Runs a command with apt, if this is Debian or its like, and the user is root. Its words go to the error stream. */
export function installAsRoot(/** @type {string} */ command) {
  if (getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  stderr.write(`Running: ${command}\n`)
  spawnSync(command, {
    shell: true,
    stdio: ['ignore', 2, 2],
    env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
  })
}

/** The path of a Chromium, installed first where there is none. */
export function ensureBrowser() {
  const found = findBrowser()
  if (found) return found
  const playwrights = 'npx playwright install chromium && npx playwright install-deps chromium'
  stderr.write(`No Chromium here. Running: ${playwrights}\n`)
  spawnSync(playwrights, { shell: true, stdio: ['ignore', 2, 2] })
  if (!findBrowser()) installAsRoot('apt-get update && apt-get install -y chromium')
  const installed = findBrowser()
  if (installed) return installed
  throw new Error('No Chromium, and none could be installed. Install one, and name it in RMC_CHROMIUM.')
}

/** Debian's name of the package and of the program. */
const HEADLESS_SHELL = 'chromium-headless-shell'

/**
 * The path of the browser in which most tests run: Chromium's engine without the program around it, as Playwright starts it by
 * default. Opening a page takes it a third of the work. It has no back/forward cache. Without it: `findBrowser`.
 */
export function findHeadlessShell() {
  const path = `/usr/bin/${HEADLESS_SHELL}`
  return !env['RMC_CHROMIUM'] && existsSync(path) && starts(path) ? path : findBrowser()
}

/** Installs both where they are missing: the headless shell only beside Debian's Chromium. */
export function ensureBrowsers() {
  ensureBrowser()
  if (!env['RMC_CHROMIUM'] && findHeadlessShell() === '/usr/bin/chromium')
    installAsRoot(`apt-get update && apt-get install -y --no-install-recommends ${HEADLESS_SHELL}`)
}

if (import.meta.filename === argv[1]) ensureBrowsers()
