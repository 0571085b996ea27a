// `npm run screenshot`: docs/overlay.png. With `-- report`: docs/report.png. With `-- tabs`: each tab with few, many, long and
// failing data, light and dark, wide and narrow, to look at, in screens/. `-- tabs long` draws only that data.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argv, execPath, stdout } from 'node:process'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright'
import { browserArgs, ensureBrowser } from './browser.mjs'
import { ensureBuilt } from './dist.mjs'
import { root } from './entries.mjs'
import { ensureStorybook, serveStorybook } from './storybook.mjs'

ensureStorybook()
const storybook = await serveStorybook()
const browser = await chromium.launch({ executablePath: ensureBrowser(), args: browserArgs })
const page = await browser.newPage({ viewport: { width: 1360, height: 900 }, locale: 'en-GB' })
page.setDefaultTimeout(60_000)
const panel = page.getByRole('region', { name: 'Microconversions' })
const row = (/** @type {string} */ event) =>
  panel.getByRole('option').filter({ hasText: event }).filter({ hasText: 'Fired' }).first()

async function shoot(/** @type {string} */ name) {
  const file = join(root, name)
  await page.mouse.move(0, 0)
  await page.screenshot({ path: file, animations: 'disabled' })
  stdout.write(`${file}\n`)
}

const openDemo = () => page.goto(storybook.storyUrl('demo-site--landing-page', 'failures:1'))

/** A user agrees, looks at pricing twice, and chooses a tier; then a tester asks why the second look did not count. */
async function readme() {
  await openDemo()
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

/** A page that was just opened: consent is pending, and little has happened. */
async function few() {
  await openDemo()
  await panel.getByRole('option').first().waitFor()
}

/** A longer visit with a form that fails once and a delivery that is lost, so that each tab has something to say. */
async function failing() {
  await openDemo()
  await page.getByRole('button', { name: 'Both' }).click()
  const pricing = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Pricing' })
  await pricing.click()
  await pricing.click()
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Book a demo' }).click()
  await page.getByLabel('Company').fill('Alder')
  await page.getByLabel('People on your rosters').selectOption('11 to 50')
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('Fair drafts').check()
  const send = page.getByRole('button', { name: 'Choose a time' })
  await send.click()
  await page.getByLabel('Work e-mail').fill('ines@example.com')
  await send.click()
  await page.getByText('did not answer').waitFor()
  await send.click()
  const scheduler = page.frameLocator('iframe[title="Choose a time"]')
  await scheduler.getByLabel('Friday, 9:15').check()
  await scheduler.getByRole('button', { name: 'Schedule event' }).click()
  await row('demo_booked').waitFor()
  // The collector refuses what follows: a delivery that is lost.
  await page.getByRole('radio', { name: 'refuses' }).check()
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Pricing' }).click()
  await panel.getByRole('option').filter({ hasText: 'http lost' }).first().waitFor()
}

/** A visit of more than a thousand attempts. */
async function many() {
  await failing()
  await page.evaluate(async () => {
    const links = [...document.querySelectorAll('nav[aria-label=Main] a')]
    for (let clicks = 0; clicks < 2_400; clicks++) {
      links[clicks % links.length]?.dispatchEvent(
        new MouseEvent('click', { bubbles: true, cancelable: true }),
      )
      if (clicks % 20 === 0) await new Promise((resolve) => setTimeout(resolve))
    }
  })
  await panel.getByRole('option').filter({ hasText: 'pricing_clicked' }).first().waitFor()
}

/** Long names, values, destinations and errors. The story's play function reports them. */
async function long() {
  await page.goto(storybook.storyUrl('devtools-microconversiondevtools--long-names'))
  await panel.getByRole('option').filter({ hasText: 'whitepaper' }).nth(1).waitFor()
}

/** Data to draw each tab with. */
const data = { few, failing, many, long }

/** What a tab shows beside its list: chosen once, it stays for each theme and width. */
const choices = {
  timeline: () => panel.getByRole('listbox').getByRole('option').last().click(),
  why: () => panel.getByLabel('Event', { exact: true }).selectOption({ index: 2 }),
  network: () => panel.getByRole('tabpanel').getByRole('button').first().click(),
  checklist: () => panel.getByLabel('Add', { exact: true }).selectOption({ index: 1 }),
}

async function tabs(/** @type {string} */ set) {
  await page.setViewportSize({ width: 1600, height: 1300 })
  await Reflect.get(data, set)()
  const ids = await panel
    .getByRole('tab')
    .evaluateAll((tabs) => tabs.map((tab) => tab.getAttribute('data-tab') ?? ''))
  for (const id of [...ids, 'settings']) {
    await page.setViewportSize({ width: 1280, height: 800 })
    if (id === 'settings') await panel.getByRole('button', { name: 'Settings' }).click()
    else await panel.locator(`[data-tab=${id}]`).click()
    await page.waitForTimeout(300)
    await Reflect.get(choices, id)?.().catch((/** @type {Error} */ { message }) =>
      stdout.write(`${id}: ${message}\n`),
    )
    for (const [width, height] of /** @type {const} */ ([
      [1280, 800],
      [768, 900],
      [390, 740],
      [320, 640],
    ]))
      for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
        await page.setViewportSize({ width, height })
        await page.emulateMedia({ colorScheme })
        await page.waitForTimeout(250)
        await shoot(`screens/${set}/${id}-${width}-${colorScheme}.png`)
      }
  }
}

/** What predicts a conversion, in the report over the simulated users of `microconversions demo`. */
async function report() {
  const folder = mkdtempSync(join(tmpdir(), 'report-'))
  ensureBuilt()
  execFileSync(execPath, [join(root, 'dist/cli/main.js'), 'demo', '-o', 'report.html'], { cwd: folder })
  await page.setViewportSize({ width: 900, height: 900 })
  await page.goto(pathToFileURL(join(folder, 'report.html')).href)
  const section = page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: 'What predicts' }) })
  await section.screenshot({ path: join(root, 'docs/report.png') })
  rmSync(folder, { recursive: true })
}

/** Draws the tabs with the data that the command names, or with all. */
async function allTabs() {
  const named = Object.keys(data).filter((set) => argv.includes(set))
  for (const set of named.length ? named : Object.keys(data)) {
    mkdirSync(join(root, 'screens', set), { recursive: true })
    await tabs(set)
    // The overlay remembers its tab.
    await page.evaluate(() => localStorage.clear())
  }
}

await (argv.includes('tabs') ? allTabs() : argv.includes('report') ? report() : readme())
await browser.close()
await storybook.close()
