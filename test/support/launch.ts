import { type Browser, chromium, type LaunchOptions } from 'playwright'
import { browserArgs, ensureBrowser, findHeadlessShell } from '../../scripts/browser.mjs'

/** Longer than any state takes on a machine under load. */
const PATIENCE_MS = 60_000

/** Tabs that are not in front are not slowed down: the tests race them. */
const awake = [
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
]

/** A Chromium, without the program around it where there is one, whose pages have patience. */
export async function launch(options: LaunchOptions = {}): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: findHeadlessShell() ?? ensureBrowser(),
    args: [...browserArgs, ...awake],
    timeout: PATIENCE_MS,
    ...options,
  })
  return browser.on('context', (context) => context.setDefaultTimeout(PATIENCE_MS))
}

/** The Chromium that users have. Its pages go into the back/forward cache, which Playwright would turn off. */
export const launchWhole = (): Promise<Browser> =>
  launch({ executablePath: ensureBrowser(), ignoreDefaultArgs: ['--disable-back-forward-cache'] })
