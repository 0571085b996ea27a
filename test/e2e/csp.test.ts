import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serveCspApp } from '../support/csp-app.ts'
import { launch } from '../support/launch.ts'

let app: Awaited<ReturnType<typeof serveCspApp>>
let browser: Browser
let origin: string

beforeAll(async () => {
  app = await serveCspApp()
  origin = app.url
  browser = await launch()
})

afterAll(async () => {
  await browser?.close()
  await app?.[Symbol.asyncDispose]()
})

test('the controls of the overlay work under a strict policy with Trusted Types', async () => {
  const page = await browser.newPage()
  const errors: string[] = []
  page.on('pageerror', ({ message }) => errors.push(message))
  const violations = () => page.evaluate(() => (globalThis as unknown as { violations: string[] }).violations)
  await page.goto(origin)

  await page.getByRole('button', { name: 'Open microconversions' }).click()
  await page.getByRole('option').filter({ hasText: 'once per page' }).click()
  await page
    .getByRole('article')
    .getByText('opens again on the next page', { exact: false })
    .first()
    .waitFor()
  await page.getByRole('textbox', { name: 'Note' }).fill('Once is enough')
  await page.getByRole('button', { name: 'View' }).click()
  await page.getByLabel('Mark decisions in the Performance panel').click()
  await page.getByLabel('Keep over reloads').click()
  await page.getByRole('button', { name: 'Filters' }).click()
  await page.getByLabel('Reason').selectOption('frequency')
  await page.getByRole('searchbox').fill('link')
  await page.getByRole('option').first().press('Escape')
  await page.getByRole('tab', { name: 'Plan' }).click()
  await page.getByRole('button', { name: 'link_followed' }).click()
  await page.getByRole('tab', { name: 'User' }).click()
  // The switch shows what the tracker says, a frame later: a click, and then its answer.
  await page.getByRole('radio', { name: 'Denied' }).click({ force: true })
  await page.getByRole('radio', { name: 'Denied', checked: true }).waitFor({ state: 'attached' })
  await page.getByRole('tab', { name: 'Session' }).click()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save' }).click(),
  ])
  expect(file.suggestedFilename()).toMatch(/^csp-1-.*\.session\.json$/)
  await page.getByLabel('Choose files').setInputFiles(await file.path())
  await page.getByRole('button', { name: /^Replay/ }).click()
  await page.getByRole('button', { name: 'To the end' }).click()
  await page.getByText('3 of 3 attempts').waitFor()
  const analytics = await page.evaluate(() => {
    const { tracker } = globalThis as unknown as {
      tracker: { consent: { get: () => Record<string, string> } }
    }
    return tracker.consent.get()['analytics']
  })
  expect(analytics).toBe('denied')
  await page.getByRole('button', { name: 'Settings' }).click()
  for (const place of ['Bottom', 'Left', 'Right']) {
    await page
      .getByRole('group', { name: 'Panel' })
      .getByRole('radio', { name: place })
      .click({ force: true })
    await page.locator(`section[data-stand=${place.toLowerCase()}]`).waitFor()
  }
  // Docked, so that a sheet is adopted by the page too.
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).paddingRight)).toBe('480px')
  await page.getByRole('button', { name: 'Close', exact: true }).press('Shift+Tab')
  expect(await violations()).toEqual([])
  expect(errors).toEqual([])
  await page.close()
})

test('a reload keeps the attempts and notes of a tester who asked for it', async () => {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(origin)
  const kept = () => page.evaluate(() => Object.keys(sessionStorage))
  await page.getByRole('button', { name: 'Open microconversions' }).click()
  await page.getByRole('option').filter({ hasText: 'once per page' }).click()
  await page.getByRole('textbox', { name: 'Note' }).fill('Once is enough')
  await page.reload()
  await page.getByText('3 attempts').waitFor()
  expect(await kept()).toEqual([])

  await page.getByRole('button', { name: 'View' }).click()
  await page.getByLabel('Keep over reloads').click()
  await page.getByRole('option').filter({ hasText: 'once per page' }).click()
  await page.getByRole('textbox', { name: 'Note' }).fill('Once is enough')
  await page.reload()
  await page.getByText('6 attempts, 3 from before the reload').waitFor()
  await page.getByRole('option').filter({ hasText: 'Once is enough' }).waitFor()
  await page.getByRole('button', { name: 'View' }).click()
  await page.getByLabel('Keep over reloads').click()
  expect(await kept()).toEqual([])
  await context.close()
})

test('a recording of the Performance panel has a track of the decisions', async () => {
  const page = await browser.newPage()
  await page.goto(origin)
  await page.getByRole('button', { name: 'Open microconversions' }).click()
  await page.getByRole('button', { name: 'View' }).click()
  await page.getByLabel('Mark decisions in the Performance panel').click()
  await browser.startTracing(page, { categories: ['devtools.timeline'] })
  await page.evaluate(() => {
    const { tracker } = globalThis as unknown as { tracker: { track: (event: string) => unknown } }
    tracker.track('page_read')
  })
  await page.getByText('4 attempts').waitFor()
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: { name: string; args: { data?: Record<string, unknown> } }[]
  }
  const stamps = traceEvents.filter(({ name }) => name === 'TimeStamp').map(({ args }) => args.data)
  expect(stamps).toContainEqual(
    expect.objectContaining({
      message: 'page_read: dropped, once per page',
      track: 'Decisions',
      trackGroup: 'Microconversions',
      color: 'tertiary-light',
    }),
  )
  await page.close()
})
const kinds = ['plain', 'picture-in-picture'] as const

test.each(kinds)('a %s window has the panel, under the same policy, and gives it back', async (kind) => {
  const context = await browser.newContext()
  // In each window, and not subject to its policy.
  await context.addInitScript((without) => {
    if (without) Reflect.deleteProperty(window, 'documentPictureInPicture')
    const own = globalThis as unknown as { violations: string[] }
    own.violations = []
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
      own.violations.push(effectiveDirective)
    })
  }, kind === 'plain')
  const page = await context.newPage()
  const errors: string[] = []
  context.on('weberror', (error) => errors.push(error.error().message))
  context.on('console', (message) => {
    // The server has no icon, and the browser asks for it at a time of its own.
    const icon = message.location().url.endsWith('/favicon.ico')
    if (message.type() === 'error' && !icon) errors.push(message.text())
  })
  await page.goto(origin)
  await page.getByRole('button', { name: 'Open microconversions' }).click()
  const opened = context.waitForEvent('page')
  await page.getByRole('button', { name: 'Open in a window' }).click()
  const popout = await opened
  await popout.getByRole('option').filter({ hasText: 'once per page' }).click()
  await popout.getByRole('article').getByText('opens again on the next page').first().waitFor()
  await popout.getByRole('button', { name: 'Settings' }).click()
  await popout.getByRole('radio', { name: 'Dark' }).click({ force: true })
  const background = () =>
    popout.evaluate(() => {
      const section = document.querySelector('rmc-devtools')?.shadowRoot?.querySelector('section')
      return section && getComputedStyle(section).backgroundColor
    })
  await expect.poll(background).toBe('rgb(26, 26, 29)')
  await popout.getByRole('tab', { name: 'Costs' }).click()
  const cost = popout.getByText('Twelve cents')
  expect(await cost.evaluate((element) => getComputedStyle(element).color)).toBe('rgb(1, 2, 3)')
  await popout.getByRole('tab', { name: 'Timeline' }).click()
  const rows = popout.getByRole('listbox', { name: /^Attempts/ }).getByRole('option')
  await expect.poll(() => rows.count()).toBe(3)
  // It is the same record, seen live.
  await page.evaluate(() =>
    (globalThis as unknown as { tracker: { track: (name: string) => void } }).tracker.track('link_followed'),
  )
  await popout.getByText('×2').waitFor()
  await page.getByRole('button', { name: 'Open microconversions' }).waitFor()
  const found = () => (globalThis as unknown as { violations: string[] }).violations
  expect([...(await page.evaluate(found)), ...(await popout.evaluate(found))]).toEqual([])
  expect(errors).toEqual([])

  await popout.close()
  await page.getByRole('option').first().waitFor()
  // Once more, and closed from the page.
  const again = context.waitForEvent('page')
  await page.getByRole('button', { name: 'Open in a window' }).click()
  const second = await again
  await second.getByRole('option').first().waitFor()
  const closed = second.waitForEvent('close')
  await page.goto('about:blank')
  await closed
  await context.close()
})
