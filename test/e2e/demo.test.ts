import { type Browser, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { browserArgs, ensureBrowser } from '../../scripts/browser.mjs'
import { ensureStorybook, serveStorybook } from '../../scripts/storybook.mjs'

const story = 'demo-site--landing-page'
let storybook: Awaited<ReturnType<typeof serveStorybook>>
let browser: Browser
let page: Page

beforeAll(async () => {
  ensureStorybook()
  storybook = await serveStorybook()
  browser = await chromium.launch({ executablePath: ensureBrowser(), args: browserArgs })
})
afterAll(async () => {
  await browser?.close()
  await storybook?.close()
})

const errors: string[] = []
beforeEach(async () => {
  errors.length = 0
  const context = await browser.newContext({ viewport: { width: 1600, height: 1300 }, locale: 'en-GB' })
  page = await context.newPage()
  page.setDefaultTimeout(15_000)
  page.on('pageerror', (error) => errors.push(error.message))
  return async () => {
    await context.close()
    expect(errors).toEqual([])
  }
})

/** Longer than the usual second: the machine may be busy. */
const eventually = (read: () => Promise<string | number>) => expect.poll(read, { timeout: 15_000 })
const overlay = () => page.getByRole('region', { name: 'Microconversions' })
/** Newest first. */
const row = (event: string) => overlay().getByRole('option').filter({ hasText: event }).first()
const main = () => page.getByRole('navigation', { name: 'Main' })

async function open(args = '') {
  await page.goto(storybook.storyUrl(story, args))
  await page.getByRole('heading', { level: 1 }).filter({ hasText: 'The roster' }).waitFor()
}

test('consent, pricing twice, a form left and sent, a film skipped: the overlay tells each of them', async () => {
  await open('failures:1')
  await eventually(() => row('page_view').innerText()).toMatch(/Held\s*waits for consent/)

  await page.getByRole('region', { name: 'Cookies' }).getByRole('button', { name: 'Both' }).click()
  await eventually(() => row('page_view').innerText()).toMatch(/Fired/)

  await main().getByRole('link', { name: 'Pricing' }).click()
  await eventually(() => row('pricing_clicked').innerText()).toMatch(/Fired/)
  await main().getByRole('link', { name: 'Pricing' }).click()
  await eventually(() => row('pricing_clicked').innerText()).toMatch(/Dropped\s*once per session/)
  await row('pricing_clicked').click()
  const why = overlay().getByRole('article')
  expect(await why.innerText()).toMatch(
    /Not counted again: once per session\. First seen .* opens again when the session ends/s,
  )
  await why.getByRole('button', { name: 'Close the detail' }).click()

  await main().getByRole('link', { name: 'Book a demo' }).click()
  await page.getByLabel('Company').fill('Alder')
  await page.getByRole('link', { name: 'Home' }).click()
  await eventually(() => row('form_abandon').innerText()).toMatch(/Fired/)

  await main().getByRole('link', { name: 'Book a demo' }).click()
  await page.getByLabel('Company').fill('Alder')
  await page.getByLabel('People on your rosters').selectOption('11 to 50')
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('Fair drafts').check()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('Friday, 9:15').check()
  await page.getByRole('button', { name: 'Book the demo' }).click()
  await eventually(() => row('form_failure').innerText()).toMatch(/error_code: "validation"/)
  await page.getByLabel('Work e-mail').fill('ines@example.com')
  await page.getByRole('button', { name: 'Book the demo' }).click()
  await page.getByText('did not answer').waitFor()
  await eventually(() => row('form_failure').innerText()).toMatch(/error_code: "http_503"/)
  await page.getByRole('button', { name: 'Book the demo' }).click()
  await page.getByRole('heading', { name: 'See you then' }).waitFor()
  await eventually(() => row('demo_booked').innerText()).toMatch(/Fired/)

  await page.getByRole('link', { name: 'Home' }).click()
  const film = page.locator('video')
  await film.evaluate((element: HTMLVideoElement) => {
    element.muted = true
    return element.play()
  })
  await eventually(() => row('video_start').innerText()).toMatch(/Fired/)
  await film.evaluate((element: HTMLVideoElement) => {
    element.currentTime = element.duration - 1
  })
  await eventually(() => row('video_complete').innerText()).toMatch(/Fired/)
  expect(await overlay().getByRole('option').filter({ hasText: 'video_mark: "50%"' }).count()).toBe(0)
})

test('a tour through every tab, by its arrow keys', async () => {
  await open()
  await page.getByRole('button', { name: 'Both' }).click()
  await main().getByRole('link', { name: 'Pricing' }).click()
  await main().getByRole('link', { name: 'Pricing' }).click()
  await eventually(() => row('pricing_clicked').innerText()).toMatch(/Dropped/)

  const panel = overlay().getByRole('tabpanel')
  const next = async (name: string, shows: RegExp) => {
    await page.keyboard.press('ArrowRight')
    expect(await overlay().getByRole('tab', { selected: true }).innerText()).toMatch(name)
    await eventually(() => panel.innerText()).toMatch(shows)
  }
  await overlay().getByRole('tab', { name: 'Timeline' }).focus()
  await next('Why not?', /Choose an event of the plan/)
  await overlay().getByLabel('Event', { exact: true }).selectOption('pricing_clicked')
  await eventually(() => panel.innerText()).toMatch(/Does not fire: Frequency – once per session/)
  await overlay().getByRole('tab', { name: 'Why not?' }).focus()
  await next('Network', /http[\s\S]*sent/)
  await next('Plan', /planned events/)
  await next('Journey', /pricing_clicked/)
  await next('Health', /to mend|Nothing is wrong/)
  await next('Visitor', /What if/)
  await next('Session', /Save or copy/)
  await next('Timeline', /Dropped/)
})

test('the overlay by keyboard alone: open, move in the list, read the rule, close', async () => {
  await open('overlay:button')
  await page.getByRole('button', { name: 'Both' }).click()
  await main().getByRole('link', { name: 'Pricing' }).click()
  await main().getByRole('link', { name: 'Pricing' }).click()

  const focused = () =>
    page.evaluate(() => {
      const host = document.activeElement
      const element = host?.shadowRoot?.activeElement ?? host
      return `${element?.getAttribute('role') ?? element?.localName} ${element?.textContent ?? ''}`
    })
  const tabTo = async (what: RegExp) => {
    for (let tries = 0; tries < 60; tries++) {
      if (what.test(await focused())) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`No way to ${what} by Tab; it ended at ${await focused()}.`)
  }

  await tabTo(/Open microconversions/)
  await page.keyboard.press('Enter')
  await tabTo(/^listbox/)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  const why = overlay().getByRole('article')
  await eventually(() => why.innerText()).toMatch(/once per session/)

  await page.keyboard.press('Escape')
  await eventually(() => why.count()).toBe(0)
  await page.keyboard.press('Escape')
  await eventually(focused).toMatch(/Open microconversions/)
})

test('a production build, too, knows which elements report', async () => {
  await open()
  await page.getByRole('button', { name: 'Both' }).click()
  await overlay().getByRole('tab', { name: 'Why not?' }).click()
  await overlay().getByLabel('Event', { exact: true }).selectOption('pricing_clicked')
  const panel = overlay().getByRole('tabpanel')
  await eventually(() => panel.innerText()).toMatch(/On the page\s*\d+ elements?: PricingLink/)

  await overlay().getByRole('button', { name: 'Pick on the page' }).click()
  await overlay().getByRole('button', { name: 'Click an element, or press Escape' }).waitFor()
  await main().getByRole('link', { name: 'Pricing' }).click()
  await eventually(() => panel.innerText()).toMatch(
    /PricingLink “Pricing”[\s\S]*pricing_clicked[\s\S]*Never fired/,
  )
})
