import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { argv, env, getuid, platform, stderr, stdout } from 'node:process'
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

/** The path of a Chromium, installed first where there is none. */
export function ensureBrowser() {
  const installs = ['npx playwright install chromium && npx playwright install-deps chromium']
  if (getuid?.() === 0 && existsSync('/usr/bin/apt-get'))
    installs.push('apt-get update && apt-get install -y chromium')

  let found = findBrowser()
  for (const command of installs) {
    if (found) break
    stderr.write(`No Chromium here. Running: ${command}\n`)
    spawnSync(command, { shell: true, stdio: 'inherit', env: { ...env, DEBIAN_FRONTEND: 'noninteractive' } })
    found = findBrowser()
  }
  if (found) return found
  throw new Error(
    `No Chromium, and none could be installed (${installs.join('; ')}). Install one and name it in RMC_CHROMIUM.`,
  )
}

if (import.meta.filename === argv[1]) stdout.write(`${ensureBrowser()}\n`)
