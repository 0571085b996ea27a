import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { argv, env, stdout } from 'node:process'
import { ensureBrowsers, installAsRoot } from './browser.mjs'

const LIBRARIES = '/usr/lib'
const MINI_BROWSER = /^webkit(?:2gtk-4\.1|gtk-6\.0|2gtk-4\.0)$/

/** Where a distribution keeps WebKitGTK's MiniBrowser: `/usr/lib/<architecture>/webkit2gtk-4.1/MiniBrowser`. */
const miniBrowsers = () =>
  [LIBRARIES, ...readdirSync(LIBRARIES).map((name) => join(LIBRARIES, name))]
    .filter((folder) => folder.endsWith('linux-gnu') || folder === LIBRARIES)
    .flatMap((folder) => readdirSync(folder).map((name) => ({ folder, name })))
    .filter(({ name }) => MINI_BROWSER.test(name))
    .map(({ folder, name }) => join(folder, name, 'MiniBrowser'))

/** Starts the Firefox that `RMC_FIREFOX` names. */
const BOUND_FIREFOX = join(import.meta.dirname, 'firefox.sh')

const starts = (/** @type {string} */ path) =>
  spawnSync(path, ['--version'], { timeout: 60_000 }).status === 0

/** The path of a Firefox on this machine, if there is one: `RMC_FIREFOX`, else Debian's. */
export function findFirefox() {
  const named = env['RMC_FIREFOX']
  return (named ? [named] : ['/usr/bin/firefox-esr', '/usr/bin/firefox']).find(
    (path) => existsSync(path) && starts(path),
  )
}

/** Playwright's options for that Firefox, by WebDriver BiDi: Playwright's own builds are not on a registry. */
export function firefoxOptions() {
  const path = findFirefox() ?? ''
  return {
    channel: 'moz-firefox',
    executablePath: existsSync('/usr/bin/setpriv') ? BOUND_FIREFOX : path,
    env: { ...env, RMC_FIREFOX: path },
    // A content process that is started in advance takes the processor from the page that is tested.
    firefoxUserPrefs: { 'media.autoplay.default': 0, 'dom.ipc.processPrelaunch.enabled': false },
  }
}

/** WebKitGTK's driver, browser and a screen for them, if all three are on this machine (Linux only). */
export function findWebKit() {
  const driver = '/usr/bin/WebKitWebDriver'
  const screen = '/usr/bin/Xvfb'
  if (!existsSync(driver) || !existsSync(screen)) return undefined
  const browser = miniBrowsers().find(existsSync)
  return browser === undefined ? undefined : { driver, browser, screen }
}

/** GStreamer's parts are the codecs of WebKitGTK's `<video>`. */
const packages = [
  'firefox-esr',
  'webkit2gtk-driver',
  'xvfb',
  'xauth',
  'gstreamer1.0-plugins-base',
  'gstreamer1.0-plugins-good',
  'gstreamer1.0-plugins-bad',
  'gstreamer1.0-libav',
]

/** Says which engines the tests will run in, after an attempt to install those that are missing. */
export function ensureEngines() {
  ensureBrowsers()
  const missing = () =>
    [findFirefox() ? '' : 'Firefox', findWebKit() ? '' : 'WebKitGTK'].filter((name) => name !== '')
  if (missing().length > 0)
    installAsRoot(`apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`)
  return missing()
}

if (import.meta.filename === argv[1]) {
  const missing = ensureEngines()
  if (missing.length > 0)
    stdout.write(
      `Skipped: the tests in ${missing.join(' and ')}, which is not on this machine. To install it on Debian, as root: apt-get install ${packages.join(' ')}\n`,
    )
}
