import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { stdout } from 'node:process'
import { chromium } from 'playwright'
import { browserArgs, ensureBrowser } from './browser.mjs'
import { root } from './entries.mjs'
import { ensureStorybook, serveStorybook } from './storybook.mjs'

ensureStorybook()
const storybook = await serveStorybook()
const browser = await chromium.launch({ executablePath: ensureBrowser(), args: browserArgs })
const page = await browser.newPage({ viewport: { width: 1360, height: 900 }, locale: 'en-GB' })
await page.goto(storybook.storyUrl('demo-site--landing-page'))

// A visitor agrees, looks at pricing twice, and chooses a tier; then somebody asks why the second look did not count.
await page.getByRole('button', { name: 'Both' }).click()
await page.getByText('Can we bring our rosters along?').dispatchEvent('click')
const pricing = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Pricing' })
await pricing.click()
await pricing.click()
await page.getByRole('link', { name: 'Home' }).dispatchEvent('click')
const row = page.getByRole('option').filter({ hasText: 'pricing_clicked' }).first()
await row.filter({ hasText: 'once per session' }).click()
await page.getByRole('article').filter({ hasText: 'opens again' }).waitFor()
await page.mouse.move(0, 0)

const file = join(root, 'docs/overlay.png')
mkdirSync(join(root, 'docs'), { recursive: true })
await page.screenshot({ path: file, animations: 'disabled' })
stdout.write(`${file}\n`)
await browser.close()
await storybook.close()
