import { createTestTracker } from 'react-microconversions/testing'
import { definePlan, event, typed } from 'react-microconversions/core'
import { expect, test } from 'vitest'

const plan = definePlan({
  name: 'acme',
  version: '1',
  events: {
    pricing_clicked: event({ frequency: 'once-per-session', properties: typed<{ tier: string }>() }),
    demo_booked: event({ macro: true, frequency: 'once-per-user' }),
    page_scrolled: event({}),
  },
})

test('once per session: the second is dropped for frequency, and one arrives', async () => {
  const { tracker, destination, platform } = createTestTracker(plan)
  await platform.settle()
  expect(tracker.record.get().storage).toBe('persistent')
  const first = tracker.track('pricing_clicked', { tier: 'pro' })
  expect(first).toMatchObject({ outcome: 'fired', reason: 'admitted' })
  expect(tracker.track('pricing_clicked', { tier: 'pro' })).toMatchObject({ outcome: 'dropped', reason: 'frequency' })
  await tracker.flush()
  expect(destination.events).toHaveLength(1)
  expect(destination.events[0]).toMatchObject({ name: 'pricing_clicked', properties: { tier: 'pro' }, context: { storage: 'persistent' } })
  expect(tracker.record.get().decisions[0]?.deliveries).toEqual({ memory: { state: 'sent', attempts: 1 } })
  platform.advance(31 * 60_000)
  expect(tracker.track('pricing_clicked', { tier: 'pro' }).outcome).toBe('fired')
  await tracker.flush()
  expect(destination.events).toHaveLength(2)
  expect(destination.events[0]?.sessionId).not.toBe(destination.events[1]?.sessionId)
})

test('held until consent, released in order with the first times', async () => {
  const { tracker, destination, platform } = createTestTracker(plan, { consent: 'pending' })
  expect(tracker.track('pricing_clicked', { tier: 'pro' }).outcome).toBe('held')
  expect(tracker.track('pricing_clicked', { tier: 'pro' })).toMatchObject({ outcome: 'dropped', reason: 'frequency' })
  platform.advance(5_000)
  tracker.track('page_scrolled')
  await platform.settle()
  expect(platform.stored()).toEqual({})
  tracker.consent.update('granted')
  tracker.track('demo_booked')
  await tracker.flush()
  expect(destination.events.map((sent) => sent.name)).toEqual(['pricing_clicked', 'page_scrolled', 'demo_booked'])
  expect(destination.events[1]!.time - destination.events[0]!.time).toBe(5_000)
})
