import { describe, expect, test } from 'vitest'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { typed } from '../../../src/plan/standard-schema.ts'
import { createManualPlatform, type ManualPlatform } from '../../../src/testing/manual-platform.ts'
import { drain, listenToAdvice, MINUTE_MS, openTracker, SECOND_MS } from '../../support/tracking.ts'

const plan = definePlan({
  name: 'acme',
  version: '1',
  events: {
    step_taken: event({ properties: typed<{ number: number }>() }),
    page_opened: event({ frequency: 'once-per-page' }),
    pricing_clicked: event({ frequency: 'once-per-session' }),
    note_written: event({ properties: typed<{ text: string }>() }),
  },
})

const waiting = (platform: ManualPlatform, hold: 'memory' | 'tab' | 'none') =>
  openTracker(plan, { platform, hold, consent: 'pending' })

test('none: what has no answer yet is dropped, claims nothing, and says why', () => {
  const { tracker, platform } = waiting(createManualPlatform(), 'none')
  expect(tracker.track('pricing_clicked')).toMatchObject({ outcome: 'dropped', reason: 'consent-pending' })
  tracker.consent.update('granted')
  expect(tracker.track('pricing_clicked').outcome).toBe('fired')
  platform.advance(SECOND_MS)
})

test('memory: a page load loses what was held, and nothing was ever stored', async () => {
  const platform = createManualPlatform()
  waiting(platform, 'memory').tracker.track('pricing_clicked')
  await drain()
  expect(platform.stored()).toEqual({})
  const next = waiting(platform.reload(), 'memory')
  next.tracker.consent.update('granted')
  await drain()
  expect(next.destination.events).toEqual([])
})

describe('tab', () => {
  test('survives page loads: in order, with the first times and pages, once', async () => {
    const platform = createManualPlatform({ path: '/first' })
    const began = platform.now()
    const first = waiting(platform, 'tab')
    first.tracker.track('step_taken', { number: 1 })
    first.tracker.track('pricing_clicked')
    platform.advance(SECOND_MS)
    const reloaded = platform.reload()
    reloaded.navigate('/second')
    const second = waiting(reloaded, 'tab')
    expect(second.tracker.track('pricing_clicked').reason).toBe('frequency')
    second.tracker.track('step_taken', { number: 2 })
    platform.advance(SECOND_MS)
    const third = waiting(reloaded.reload(), 'tab')
    third.tracker.consent.update('granted')
    await drain()
    expect(third.destination.events.map(({ name, time, page }) => [name, time - began, page.path])).toEqual([
      ['step_taken', 0, '/first'],
      ['pricing_clicked', 0, '/first'],
      ['step_taken', SECOND_MS, '/second'],
    ])
    expect(JSON.stringify(reloaded.stored())).not.toContain('held')
    const fourth = openTracker(plan, { platform: reloaded.reload(), hold: 'tab' })
    await drain()
    expect(fourth.destination.events).toEqual([])
  })

  test('takes pages of earlier documents for other pages than its own', async () => {
    const platform = createManualPlatform()
    waiting(platform, 'tab').tracker.track('page_opened')
    const next = platform.reload()
    waiting(next, 'tab').tracker.track('page_opened')
    const last = waiting(next.reload(), 'tab')
    expect(last.tracker.track('page_opened').outcome).toBe('held')
    last.tracker.consent.update('granted')
    await drain()
    expect(last.destination.events).toHaveLength(3)
  })

  test('goes at a denial, and after half an hour', async () => {
    const platform = createManualPlatform()
    const first = waiting(platform, 'tab')
    first.tracker.track('pricing_clicked')
    first.tracker.consent.update('denied')
    await drain()
    expect(platform.stored()).toEqual({})
    const second = waiting(platform.reload(), 'tab')
    second.tracker.track('pricing_clicked')
    platform.advance(31 * MINUTE_MS)
    const third = waiting(second.platform.reload(), 'tab')
    third.tracker.consent.update('granted')
    await drain()
    expect(third.destination.events).toEqual([])
    expect(third.decisions().map(({ reason }) => reason)).toEqual(['hold-expired'])
  })

  test('stores no personal data', async () => {
    listenToAdvice()
    const platform = createManualPlatform()
    const { tracker } = openTracker(plan, {
      platform,
      hold: 'tab',
      consent: 'pending',
      personalData: 'redact',
    })
    tracker.track('note_written', { text: 'ask ada@example.test' })
    expect(JSON.stringify(platform.stored())).toContain('ask [email]')
    expect(JSON.stringify(platform.stored())).not.toContain('ada@')
  })

  test.each(['', '{', '{"event":"step_taken"}', 'null', '[]'])('shrugs off %j in storage', async (text) => {
    const platform = createManualPlatform()
    platform.tab.set('rmc1:acme:held:1', text)
    const { tracker, destination, decisions } = openTracker(plan, { platform, hold: 'tab' })
    tracker.track('step_taken', { number: 1 })
    await drain()
    expect(destination.events).toHaveLength(1)
    expect(decisions()).toHaveLength(1)
  })
})
