// `npm run screenshot`: docs/overlay.png. With `-- tabs`: each tab, light and dark, wide and narrow, to look at, in screens/.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { argv, stdout } from 'node:process'
import { chromium } from 'playwright'
import { browserArgs, ensureBrowser } from './browser.mjs'
import { root } from './entries.mjs'
import { ensureStorybook, serveStorybook } from './storybook.mjs'

ensureStorybook()
const storybook = await serveStorybook()
const browser = await chromium.launch({ executablePath: ensureBrowser(), args: browserArgs })
const page = await browser.newPage({ viewport: { width: 1360, height: 900 }, locale: 'en-GB' })
page.setDefaultTimeout(10_000)
await page.goto(storybook.storyUrl('demo-site--landing-page', 'failures:1'))
const panel = page.getByRole('region', { name: 'Microconversions' })
const row = (/** @type {string} */ event) =>
  panel.getByRole('option').filter({ hasText: event }).filter({ hasText: 'Fired' }).first()

async function shoot(/** @type {string} */ name) {
  const file = join(root, name)
  await page.mouse.move(0, 0)
  await page.screenshot({ path: file, animations: 'disabled' })
  stdout.write(`${file}\n`)
}

/** A visitor agrees, looks at pricing twice, and chooses a tier; then somebody asks why the second look did not count. */
async function readme() {
  await page.getByRole('button', { name: 'Both' }).click()
  await page.getByText('Can we bring our rosters along?').dispatchEvent('click')
  const pricing = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Pricing' })
  await pricing.click()
  await pricing.click()
  await page.getByRole('link', { name: 'Home' }).dispatchEvent('click')
  await panel.getByRole('option').filter({ hasText: 'once per session' }).first().click()
  await page.getByRole('article').filter({ hasText: 'opens again' }).waitFor()
  mkdirSync(join(root, 'docs'), { recursive: true })
  await shoot('docs/overlay.png')
}

/** A longer visit with a form that fails once, so that each tab has something to say. */
async function visit() {
  await page.setViewportSize({ width: 1600, height: 1300 })
  await page.getByRole('button', { name: 'Both' }).click()
  const pricing = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Pricing' })
  await pricing.click()
  await pricing.click()
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Book a demo' }).click()
  await page.getByLabel('Company').fill('Alder')
  await page.getByLabel('People on your rosters').selectOption('11 to 50')
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('Fair drafts').check()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('Friday, 9:15').check()
  await page.getByRole('button', { name: 'Book the demo' }).click()
  await page.getByLabel('Work e-mail').fill('ines@example.com')
  await page.getByRole('button', { name: 'Book the demo' }).click()
  await page.getByText('did not answer').waitFor()
  await page.getByRole('button', { name: 'Book the demo' }).click()
  await page.getByRole('heading', { name: 'See you then' }).waitFor()
  await row('demo_booked').waitFor()
}

/** What stands in the tab beside its list: chosen once, it stays for each theme and width. */
const choices = {
  Timeline: () => row('demo_booked').click(),
  'Why not?': () => panel.getByLabel('Event', { exact: true }).selectOption('pricing_clicked'),
  Network: () => panel.getByRole('button', { name: /^http/ }).first().click(),
}

async function tabs() {
  mkdirSync(join(root, 'screens'), { recursive: true })
  await visit()
  const names = (await panel.getByRole('tab').allInnerTexts()).map(
    (text) => text.split('\n')[0]?.trim() ?? '',
  )
  for (const name of [...names, 'Settings']) {
    await page.setViewportSize({ width: 1280, height: 800 })
    if (name === 'Settings') await panel.getByRole('button', { name: 'Settings' }).click()
    else await panel.getByRole('tab', { name }).click()
    await page.waitForTimeout(300)
    await Reflect.get(choices, name)?.().catch((/** @type {Error} */ { message }) =>
      stdout.write(`${name}: ${message}\n`),
    )
    for (const [width, height] of /** @type {const} */ ([
      [1280, 800],
      [360, 740],
    ]))
      for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
        await page.setViewportSize({ width, height })
        await page.emulateMedia({ colorScheme })
        await page.waitForTimeout(400)
        await shoot(`screens/${name.toLowerCase().replace(/\W+/g, '')}-${width}-${colorScheme}.png`)
      }
  }
}

await (argv.includes('tabs') ? tabs() : readme())
await browser.close()
await storybook.close()
