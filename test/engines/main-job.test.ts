import type { Browser, BrowserContext, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { bundle } from '../support/bundle.ts'
import { type CollectingServer, collectingServer } from '../support/collecting-server.ts'
import { engines, launchEngine } from '../support/engines/launch-engine.ts'
import type { MainJobPage } from '../support/main-job-page.tsx'

declare global {
  var mainJob: MainJobPage
}

/** A production build has no StrictMode: what is in it runs once. */
const builds = [
  { build: 'StrictMode', mode: 'development' },
  { build: 'a production build', mode: 'production' },
] as const

const seconds = expect.any(Number)
const form = { form_name: 'demo', form_id: 'demo' }
const step = { step_name: '', step_index: 0, steps_total: 0 }
const untouched = { field_seconds: seconds, field_returns: 0, field_corrections: 0, field_errors: 0 }
const viewed = {
  name: 'element_viewed',
  properties: { element_name: 'table', visible_ratio: 1, visible_seconds: seconds },
}
const field = (properties: object) => ({
  name: 'form_field',
  properties: { ...form, ...step, ...untouched, ...properties },
})

/** Everything that may arrive, in the order of the visit. */
const expected: readonly object[] = [
  viewed,
  { name: 'form_start', properties: { ...form, form_destination: '', field_name: 'company' } },
  field({ field_name: 'company', field_state: 'valid', completion_percent: 50 }),
  field({ field_name: 'email', field_state: 'invalid', field_errors: 1, completion_percent: 50 }),
  {
    name: 'form_failure',
    properties: {
      ...form,
      ...step,
      error_code: 'validation',
      invalid_fields: 1,
      invalid_field_names: 'email',
      step_seconds: seconds,
      seconds_since_start: seconds,
    },
  },
  // Found invalid twice: when it was changed, and when the form was to be sent.
  field({
    field_name: 'email',
    field_state: 'corrected',
    field_corrections: 1,
    field_errors: 2,
    completion_percent: 100,
  }),
  {
    name: 'form_submit',
    properties: { ...form, form_destination: '', form_submit_text: 'Book', navigated: false },
  },
  {
    name: 'form_success',
    properties: {
      ...form,
      ...step,
      fields_total: 2,
      fields_completed: 2,
      completion_percent: 100,
      returns: 0,
      corrections: 1,
      errors: 2,
      step_seconds: seconds,
      seconds_since_start: seconds,
    },
  },
  { name: 'pricing_clicked', properties: { place: 'header' } },
  viewed,
  viewed,
]

let server: CollectingServer
const arrived = () => server.stored().map(({ event: { name, properties } }) => ({ name, properties }))

describe.each(engines)('%s', (engine) => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchEngine(engine)
  })
  afterAll(() => browser?.close())

  describe.each(builds)('$build', ({ mode }) => {
    beforeAll(async () => {
      const html =
        '<!doctype html><html lang="en"><title>Main job</title><link rel="icon" href="data:,"><main></main>'
      const page = `${html}<script type="module" src="/page.js"></script>`
      server = await collectingServer({
        '/': page,
        '/pricing': page,
        '/book': '',
        '/page.js': await bundle('test/support/main-job-page.tsx', mode),
      })
    })
    afterAll(() => server?.[Symbol.asyncDispose]())

    let context: BrowserContext
    let page: Page
    beforeEach(async () => {
      context = await browser.newContext()
      page = await context.newPage()
    })
    afterEach(() => context.close())

    const until = (fate: string) =>
      expect
        .poll(() => page.evaluate(() => globalThis.mainJob?.fates() ?? []))
        .toEqual(expect.arrayContaining([fate]))

    test('seen, held, agreed, filled in, refused, booked, followed twice: each arrives once, and nothing else', async () => {
      await page.goto(server.url)
      await until('element_viewed held consent-pending')
      await page.locator('#company').focus()
      await page.keyboard.type('Alder')
      await until('form_start held consent-pending')
      expect(server.requests()).toBe(0)
      await page.locator('#agree').click()
      await until('form_start fired admitted')

      await page.locator('#email').focus()
      await page.keyboard.type('ines')
      await page.keyboard.press('Enter')
      await until('form_failure fired admitted')
      await until('form_field fired admitted')
      await page.keyboard.type('@example.com')
      await page.keyboard.press('Enter')
      await page.waitForFunction(() => document.title === 'Booked')
      await until('form_success fired admitted')

      await page.locator('#prices').click()
      await page.waitForURL('**/pricing')
      await until('element_viewed fired admitted')
      await page.locator('#prices').focus()
      await page.keyboard.press('Enter')
      await page.waitForFunction(() => globalThis.mainJob?.fates().length === 0)
      await until('element_viewed fired admitted')
      await page.goto('about:blank')
      await server.until(() => arrived().length >= expected.length, 60_000)
      expect(arrived()).toEqual(expected)
    })
  })
})
