import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright'
import { beforeEach, expect, test } from 'vitest'
import { builtStorybook } from '../support/built-storybook.ts'

const storybook = builtStorybook()
let page: Page

const errors: string[] = []
beforeEach(async () => {
  errors.length = 0
  const context = await storybook.newContext({ viewport: { width: 1600, height: 1300 } })
  page = await context.newPage()
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text()} ${message.location().url}`)
  })
  return async () => {
    await context.close()
    expect(errors).toEqual([])
  }
})

/** Longer than the usual second: the machine may be busy. */
const eventually = (read: () => Promise<string | number>) => expect.poll(read)
const overlay = () => page.getByRole('region', { name: 'Microconversions' })
/** Newest first. */
const row = (event: string) => overlay().getByRole('option').filter({ hasText: event }).first()
const main = () => page.getByRole('navigation', { name: 'Main' })

/** Also until the story's own play function has looked at it. */
async function open(args = '') {
  await storybook.openDemo(page, args)
  const phase = () =>
    page.evaluate(() => {
      const { __STORYBOOK_PREVIEW__: preview } = globalThis as unknown as {
        __STORYBOOK_PREVIEW__: { readonly currentRender?: { readonly phase?: string } }
      }
      return preview.currentRender?.phase ?? ''
    })
  await eventually(phase).toBe('finished')
}

test('consent, pricing twice, a form left and sent, a video skipped: the overlay tells each of them', async () => {
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
  await fillBooking()
  await chooseTime().click()
  await eventually(() => row('form_failure').innerText()).toMatch(/error_code: "validation"/)
  await page.getByLabel('Work e-mail').fill('ines@example.com')
  await chooseTime().click()
  await page.getByText('did not answer').waitFor()
  await eventually(() => row('form_failure').innerText()).toMatch(/error_code: "http_503"/)
  await chooseTime().click()
  await schedule()
  await eventually(() => row('demo_booked').innerText()).toMatch(/Fired/)

  await page.getByRole('link', { name: 'Home' }).click()
  const video = page.locator('video')
  await video.evaluate((element: HTMLVideoElement) => {
    element.muted = true
    return element.play()
  })
  await eventually(() => row('video_start').innerText()).toMatch(/Fired/)
  await video.evaluate((element: HTMLVideoElement) => {
    element.currentTime = element.duration - 1
  })
  await eventually(() => row('video_complete').innerText()).toMatch(/Fired/)
  expect(await overlay().getByRole('option').filter({ hasText: 'video_mark: "50%"' }).count()).toBe(0)
})

/** All steps of the form, but for the address. */
async function fillBooking() {
  await page.getByLabel('Company').fill('Alder')
  await page.getByLabel('People on your rosters').selectOption('11 to 50')
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('Fair drafts').check()
}

const chooseTime = () => page.getByRole('button', { name: 'Choose a time' })

/** In the frame of the scheduling service. */
async function schedule() {
  const scheduler = page.frameLocator('iframe[title="Choose a time"]')
  await scheduler.getByLabel('Friday, 9:15').check()
  await scheduler.getByRole('button', { name: 'Schedule event' }).click()
  await scheduler.getByRole('heading', { name: 'See you then' }).waitFor()
}

/** A user who reads, looks at prices twice, takes the offer, and books. */
async function book() {
  await page.getByRole('button', { name: 'Both' }).click()
  await page.getByText('Can we bring our rosters along?').click()
  await page.getByText('How do we leave?').click()
  await main().getByRole('link', { name: 'Pricing' }).click()
  await main().getByRole('link', { name: 'Pricing' }).click()
  await page
    .getByRole('complementary', { name: 'An offer' })
    .getByRole('link', { name: 'Ask a planner' })
    .click()
  await fillBooking()
  await page.getByLabel('Work e-mail').fill('ines@example.com')
  await chooseTime().click()
  await schedule()
  await eventually(() => row('demo_booked').innerText()).toMatch(/Fired/)
}

test('a tour through every tab, by its arrow keys: each tells this session, and is used', async () => {
  await open()
  await book()

  const panel = overlay().getByRole('tabpanel')
  const tab = (name: string) => overlay().getByRole('tab', { name })
  const shows = (what: RegExp) => eventually(() => panel.innerText()).toMatch(what)
  /** Away from a tab, and from whatever it led to, by the keyboard. */
  const next = async (from: string, name: string) => {
    await tab(from).focus()
    await page.keyboard.press('ArrowRight')
    expect(await overlay().getByRole('tab', { selected: true }).innerText()).toMatch(name)
  }

  await overlay().getByRole('searchbox').fill('reason:frequency')
  await eventually(() => overlay().getByRole('listbox').getByRole('option').count()).toBe(1)
  await shows(/pricing_clicked[\s\S]*once per session/)
  await overlay().getByRole('searchbox').fill('')

  await next('Timeline', 'Why not?')
  await overlay().getByLabel('Event', { exact: true }).selectOption('pricing_clicked')
  await shows(/It does not fire: Frequency – once per session/)
  await overlay().getByRole('button', { name: 'Reset frequency counters' }).click()
  await shows(/Nothing prevents it/)

  await next('Why not?', 'Network')
  await overlay().getByRole('button', { name: 'http', exact: true }).click()
  const sent = overlay().getByRole('article', { name: 'http' })
  await sent.locator('.requests summary').first().click()
  await eventually(() => sent.innerText()).toMatch(/204/)
  await sent.getByRole('button', { name: 'demo_booked' }).first().click()
  await eventually(() => overlay().getByRole('article', { name: 'demo_booked' }).innerText()).toMatch(
    /Captured[\s\S]*Sent[\s\S]*HTTP 204/,
  )

  await next('Network', 'Plan')
  await shows(/10 of 18 planned events fired/)
  await overlay().getByRole('button', { name: 'faq_opened' }).click()
  // The plan names the event, too: wait until its attempts are listed.
  await shows(/of \d+ attempts[\s\S]*faq_opened[\s\S]*question/)
  await overlay().getByRole('searchbox').fill('')

  await tab('Plan').click()
  await next('Plan', 'Journey')
  const funnel = overlay().getByRole('article', { name: 'Funnel demo' })
  await eventually(() => funnel.innerText()).toMatch(
    /demo completed\s+Reached:\s+page_view\s+\d+ s ago, repeated\s+3 fired\s+Reached:\s+form_start\s+\d+ s ago, .+ after the step before\s+1 fired\s+Reached:\s+form_slot\s+\d+ s ago, .+ after the step before\s+1 fired\s+Reached:\s+demo_booked\s+\d+ s ago, .+ after the step before\s+1 fired/,
  )
  await shows(/intent is high: \d+ of 100/)
  await shows(/second_answer fires once per session, when faq_opened has happened twice\.[\s\S]*because of/)
  await shows(/pricing_left fires when form_start does not follow pricing_clicked within 3 days\./)
  await shows(/Nothing came where the plan does not expect it/)

  await next('Journey', 'Health')
  await shows(/No problems/)

  await next('Health', 'User')
  await shows(/Pages here\s*3/)
  await overlay().getByRole('button', { name: 'New session' }).click()
  await shows(/A new session has begun/)

  await next('User', 'Session')
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    overlay().getByRole('button', { name: 'Save' }).click(),
  ])
  const saved = await readFile(await file.path(), 'utf8')
  expect(JSON.parse(saved).decisions.map(({ event }: { event: string }) => event)).toContain('demo_booked')
  expect(saved).not.toMatch(/Alder|ines@/)

  await next('Session', 'Checklist')
  await next('Checklist', 'Timeline')
  await shows(/demo_booked/)
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
  await eventually(() => panel.innerText()).toMatch(/On this page\s*PricingLink “Pricing” at click/)

  await overlay().getByRole('button', { name: 'Pick on the page' }).click()
  await overlay().getByText('Click an element of the page').waitFor()
  await main().getByRole('link', { name: 'Pricing' }).click()
  await eventually(() => panel.innerText()).toMatch(
    /PricingLink “Pricing”[\s\S]*pricing_clicked[\s\S]*Never fired/,
  )
})

test('the plan of the site is a page of tables', async () => {
  await page.goto(
    storybook.storyUrl('plan-of-the-demo-site--docs').replace('viewMode=story', 'viewMode=docs'),
  )
  const tables = page.getByRole('table')
  await eventually(() => tables.count()).toBe(4)
  await eventually(() => tables.nth(1).innerText()).toMatch(
    /pricing_clicked\s+Opens pricing, from wherever it is linked/,
  )
})
