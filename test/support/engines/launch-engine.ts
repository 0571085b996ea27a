import { type Browser, firefox, type Page } from 'playwright'
import { findFirefox, findWebKit, firefoxOptions } from '../../../scripts/engines.mjs'
import { launchWhole } from '../launch.ts'
import { hastenFirefox } from './hasten-firefox.ts'
import { webkitBrowser } from './webkit-browser.ts'

export type Engine = 'Chromium' | 'Firefox' | 'WebKit'

const PATIENCE_MS = 60_000

/** On this machine. */
export const engines: readonly Engine[] = [
  'Chromium',
  ...(findFirefox() ? (['Firefox'] as const) : []),
  ...(findWebKit() ? (['WebKit'] as const) : []),
]

async function launchFirefox(): Promise<Browser> {
  hastenFirefox()
  const browser = await firefox.launch({ ...firefoxOptions(), timeout: PATIENCE_MS })
  return browser.on('context', (context) => context.setDefaultTimeout(PATIENCE_MS))
}

/**
 * The engine, in Playwright's words. WebKit has the part of them that is in `webkit-page.ts`; anything else throws and names
 * what is missing.
 */
export async function launchEngine(engine: Engine): Promise<Browser> {
  if (engine === 'Firefox') return launchFirefox()
  if (engine === 'WebKit') return webkitBrowser() as unknown as Browser
  return launchWhole()
}

/**
 * Goes back in history, also to a page in the back/forward cache. In Firefox, Playwright's `goBack` does not return then; in
 * WebKit, a script that asks for it is never answered.
 */
export async function goBack(engine: Engine, page: Page): Promise<void> {
  if (engine === 'WebKit') await page.goBack()
  else await page.evaluate(() => void setTimeout(() => history.back(), 0))
}
