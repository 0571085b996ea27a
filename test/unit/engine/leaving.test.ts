import { describe, expect, test } from 'vitest'
import { memory } from '../../../src/destinations/memory.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { byHand } from '../../support/flaky-destination.ts'
import { drain, MINUTE_MS, openTracker } from '../../support/tracking.ts'

const plan = definePlan({
  name: 'acme',
  version: '1',
  events: {
    step_taken: event({}),
    demo_booked: event({ frequency: 'once-per-user' }),
    pricing_clicked: event({ frequency: 'once-per-session' }),
    twice_seen: event({ frequency: { max: 2, per: 'user' } }),
    hero_seen: event({ frequency: 'once-per-page' }),
  },
})
const turnsSoFar = [0, 1, 2, 3, 4, 5, 6, 8, 10, 15, 20]

describe('a page that is left', () => {
  test.each(turnsSoFar)('%i turns after it began takes everything with it, in order', async (turns) => {
    const { tracker, destination, platform, decisions } = openTracker(plan)
    tracker.track('step_taken')
    tracker.track('demo_booked')
    tracker.track('pricing_clicked')
    tracker.track('step_taken')
    await drain(turns)
    platform.leave()
    expect(destination.events.map(({ name }) => name)).toEqual([
      'step_taken',
      'demo_booked',
      'pricing_clicked',
      'step_taken',
    ])
    await drain()
    expect(decisions().map(({ outcome, first }) => [outcome, first])).toEqual(
      new Array(4).fill(['fired', undefined]),
    )
    expect(destination.events).toHaveLength(4)
  })

  test.each(turnsSoFar)('%i turns after a claim has spent it for the next page', async (turns) => {
    const { tracker, platform } = openTracker(plan)
    await drain()
    tracker.track('demo_booked')
    await drain(turns)
    platform.leave()
    const next = openTracker(plan, { platform: platform.reload() })
    expect(next.tracker.track('demo_booked').reason).toBe('frequency')
  })

  test.each(turnsSoFar)('%i turns after a claim has spent it in the database, too', async (turns) => {
    const { tracker, platform } = openTracker(plan)
    await drain()
    tracker.track('demo_booked')
    await drain(turns)
    platform.leave()
    for (const key of platform.local.keys()) platform.local.remove(key)
    await drain()
    const next = openTracker(plan, { platform: platform.reload() })
    await drain()
    expect(next.tracker.track('demo_booked').reason).toBe('frequency')
  })

  test('while storage is still opening has spent its claims, too', async () => {
    const { tracker, platform, destination } = openTracker(plan)
    tracker.track('demo_booked')
    platform.leave()
    expect(destination.events).toHaveLength(1)
    tracker.dispose()
    const next = openTracker(plan, { platform: platform.reload() })
    await drain()
    expect(next.tracker.track('demo_booked').reason).toBe('frequency')
  })

  test('does not wait for a batch in flight, nor for a retry', async () => {
    const slow = byHand()
    const { tracker, platform } = openTracker(plan, { destinations: [slow.destination] })
    await drain()
    tracker.track('step_taken')
    await drain()
    slow.answer(new Error('offline'))
    await drain()
    platform.leave()
    expect(slow.batches.map(({ reason }) => reason)).toEqual(['batch', 'hidden'])
  })

  test('takes what occurs even later, in a listener after ours', async () => {
    const { tracker, destination, platform } = openTracker(plan)
    await drain()
    platform.leave()
    tracker.track('demo_booked')
    tracker.track('step_taken')
    expect(destination.events.map(({ name }) => name)).toEqual(['demo_booked', 'step_taken'])
    const next = openTracker(plan, { platform: platform.reload() })
    expect(next.tracker.track('demo_booked').reason).toBe('frequency')
  })

  test('keeps nothing that a listener after ours withdraws', async () => {
    const { tracker, platform } = openTracker(plan)
    tracker.track('demo_booked')
    await drain()
    platform.leave()
    tracker.consent.update('denied')
    await drain()
    expect(platform.stored()).toEqual({})
  })

  test('takes nothing that has no consent', async () => {
    const ads = memory({ name: 'ads', consent: 'marketing' })
    const { tracker, platform, destination } = openTracker(plan, {
      consent: { analytics: 'pending', marketing: 'denied' },
      destinations: [ads],
    })
    tracker.track('step_taken')
    platform.leave()
    await drain()
    expect([...destination.events, ...ads.events]).toEqual([])
  })
})

describe('a page that comes back from the cache', () => {
  test.each(turnsSoFar)('left %i turns after its claims, does not refuse them to itself', async (turns) => {
    const { tracker, platform, destination, decisions } = openTracker(plan)
    await drain()
    tracker.track('demo_booked')
    tracker.track('twice_seen')
    await drain(turns)
    platform.leave()
    await drain()
    platform.restore()
    expect(decisions().map(({ reason }) => reason)).toEqual(['admitted', 'admitted'])
    expect(tracker.track('twice_seen').outcome).toBe('fired')
    expect(tracker.track('twice_seen').reason).toBe('frequency')
    await drain()
    expect(destination.events.map(({ name }) => name)).toEqual(['demo_booked', 'twice_seen', 'twice_seen'])
  })

  test('waits for the ledger again', async () => {
    const { tracker, destination, platform } = openTracker(plan)
    await drain()
    platform.leave()
    platform.restore()
    tracker.track('demo_booked')
    expect(destination.events).toEqual([])
    await drain()
    expect(destination.events).toHaveLength(1)
  })

  test('begins a new page scope, whether or not pages are named (S3)', async () => {
    const { tracker, platform } = openTracker(plan)
    tracker.track('hero_seen')
    platform.leave()
    platform.restore()
    expect(tracker.track('hero_seen')).toMatchObject({ outcome: 'fired', page: { number: 2 } })
  })

  test('rotates a session that has gone idle meanwhile', async () => {
    const { tracker, platform, destination } = openTracker(plan)
    tracker.track('step_taken')
    await drain()
    platform.leave()
    platform.advance(31 * MINUTE_MS)
    platform.restore()
    tracker.track('step_taken')
    await drain()
    expect(destination.events[1]?.sessionId).not.toBe(destination.events[0]?.sessionId)
  })
})
