import { chromium } from 'playwright'
import { browserArgs, ensureBrowser } from '../browser.mjs'

/** What frameworks say in development of themselves. */
const harmless = [/^\[vite\]/, /React DevTools/, /^\[HMR\]/, /^\[Fast Refresh\]/]

/**
 * Clicks the link twice, opens the overlay by its shortcut, and waits for both attempts.
 * @param {string} url
 * @returns {Promise<{ rows: string[], noise: string[] }>} the rows of `pricing_clicked`, newest first, and what the console said
 */
export async function firstEvent(url) {
  const browser = await chromium.launch({ executablePath: ensureBrowser(), args: browserArgs })
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' })
    page.setDefaultTimeout(120_000)
    /** @type {string[]} */
    const noise = []
    page.on('console', (message) => {
      if (!harmless.some((known) => known.test(message.text()))) noise.push(message.text())
    })
    page.on('pageerror', (error) => noise.push(String(error)))
    await page.goto(url)
    const link = page.getByRole('link', { name: 'See pricing' })
    const rows = page.getByRole('option').filter({ hasText: 'pricing_clicked' })
    await page.getByRole('button', { name: /microconversions/i }).waitFor()
    await link.click()
    await link.click()
    await page.keyboard.press('Alt+Shift+M')
    await rows.nth(1).waitFor()
    return { rows: await rows.allInnerTexts(), noise }
  } finally {
    await browser.close()
  }
}
