import type { Browser, BrowserContextOptions, Page } from 'playwright'
import { afterAll, beforeAll } from 'vitest'
import { ensureStorybook, serveStorybook } from '../../scripts/storybook.mjs'
import { launch } from './launch.ts'

/** Serves the built Storybook and launches a browser for the tests of one file. */
export function builtStorybook() {
  let storybook: Awaited<ReturnType<typeof serveStorybook>>
  let browser: Browser

  beforeAll(async () => {
    ensureStorybook()
    storybook = await serveStorybook()
    browser = await launch()
  })
  afterAll(async () => {
    await browser?.close()
    await storybook?.close()
  })

  const storyUrl = (id: string, args = '') => storybook.storyUrl(id, args)
  return {
    storyUrl,
    newContext: (options: BrowserContextOptions) => browser.newContext({ locale: 'en-GB', ...options }),
    /** Opens the demo site. `args` as in the address of a story: `failures:1`. */
    async openDemo(page: Page, args = '') {
      await page.goto(storyUrl('demo-site--landing-page', args))
      await page.getByRole('heading', { level: 1 }).filter({ hasText: 'The roster' }).waitFor()
    },
  }
}
