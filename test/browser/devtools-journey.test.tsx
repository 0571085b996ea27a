import { journey } from 'react-microconversions'
import { definePlan, event } from 'react-microconversions/core'
import { createManualPlatform, createTestTracker } from 'react-microconversions/testing'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { forgetChoices, launcher, mountApp, option, shadow, tab } from '../support/overlay.tsx'

const plan = definePlan({
  name: 'journey',
  version: '1',
  events: {
    article_read: event({ intent: 'low' }),
    pricing_viewed: event({ intent: 'high' }),
    demo_booked: event({ macro: true }),
    second_article: event({ after: { event: 'article_read', times: 2, within: 'session' } }),
  },
  funnels: { demo: ['article_read', 'pricing_viewed', 'demo_booked'] },
})

let ends: (() => void)[] = []
beforeEach(async () => {
  forgetChoices()
  vi.spyOn(console, 'error').mockImplementation(() => {})
  await page.viewport(1280, 800)
})
afterEach(() => {
  for (const end of ends.reverse()) end()
  ends = []
  vi.restoreAllMocks()
})

async function open(remembers = true, options = {}) {
  const platform = createManualPlatform({ now: Date.now() })
  const tracking = createTestTracker(plan, { platform, plugins: remembers ? [journey()] : [], ...options })
  ends.push(tracking.tracker.dispose)
  await tracking.tracker.flush()
  ends.push(mountApp({ tracker: tracking.tracker }))
  await launcher().click()
  await tab('Journey').click()
  return { ...tracking, platform }
}
const funnel = () => page.getByRole('article', { name: 'Funnel demo' })
const steps = () => [...shadow().querySelectorAll('.steps li')].map(({ textContent }) => textContent ?? '')

describe('the journey', () => {
  test('shows where the user stands in a funnel, and the time between its steps', async () => {
    const { tracker, platform } = await open()
    await expect.element(funnel()).toHaveTextContent(/^demo not begun/)
    tracker.track('article_read')
    platform.advance(65_000)
    tracker.track('pricing_viewed')
    await expect.element(funnel()).toHaveTextContent(/^demo next: demo_booked/)
    await expect
      .poll(() => steps()[1])
      .toMatch(/^Reached: pricing_viewed.*1 min 5 s after the step before.*1 fired$/)
    expect(steps()[2]).toMatch(/^Next: demo_booked.*0 fired$/)
    expect(shadow().querySelector('[aria-current=step]')?.textContent).toContain('pricing_viewed')
    const colours = [...shadow().querySelectorAll('.steps .icon')].map((icon) => getComputedStyle(icon).color)
    expect(new Set(colours).size).toBe(2)
    tracker.track('demo_booked')
    await expect.element(funnel()).toHaveTextContent(/^demo completed/)
  })

  test('a step that waits for consent is held, and says so', async () => {
    const { tracker } = await open(true, { consent: 'pending' })
    tracker.track('article_read')
    await expect.poll(() => steps()[0]).toMatch(/^Reached: article_read.*0 fired, 1 held$/)
  })

  test('sums up the intent of what happened', async () => {
    const { tracker } = await open()
    await expect.element(page.getByText('The user’s intent is none: 0 of 100.')).toBeVisible()
    tracker.track('pricing_viewed')
    await expect.element(page.getByText('The user’s intent is high: 59 of 100.')).toBeVisible()
  })

  test('a derived event leads to its causes', async () => {
    const { tracker } = await open()
    await expect
      .element(page.getByText('fires once per session, when article_read has happened twice.'))
      .toBeVisible()
    tracker.track('article_read')
    tracker.track('article_read')
    await tracker.flush()
    await expect.element(page.getByText(/because of/)).toBeVisible()
    await page.getByRole('button', { name: 'attempt 1', exact: true }).click()
    await expect.element(option(/article_read/).first()).toBeVisible()
    await option(/second_article/).click()
    await expect.element(page.getByText(/^Follows from article_read/).first()).toBeVisible()
  })

  test('what came out of order is told with its attempt, in Health too', async () => {
    const { tracker } = await open()
    await expect.element(page.getByText('Nothing came where the plan does not expect it.')).toBeVisible()
    tracker.track('article_read')
    tracker.track('demo_booked')
    await tracker.flush()
    await expect.element(page.getByText('1 anomaly so far.')).toBeVisible()
    await expect
      .element(
        page.getByText(/demo_booked came before pricing_viewed, which the funnel demo expects first\./),
      )
      .toBeVisible()
    await tab('Health').click()
    await expect
      .element(page.getByText('1 event came in an order that the plan does not expect'))
      .toBeVisible()
  })

  test('without a memory it says so, and reads the record', async () => {
    const { tracker } = await open(false)
    tracker.track('article_read')
    await expect.element(page.getByText(/remembers nothing beyond this page/)).toBeVisible()
    await expect.element(funnel()).toHaveTextContent(/next: pricing_viewed/)
  })

  test.each([true, false])(
    'what consent keeps from leaving is a step all the same (memory: %s)',
    async (remembers) => {
      const { tracker } = await open(remembers)
      tracker.consent.update('denied')
      expect(tracker.track('article_read')).toMatchObject({ outcome: 'dropped', reason: 'consent-denied' })
      await expect.element(funnel()).toHaveTextContent(/next: pricing_viewed/)
    },
  )
})
