import { describe, expect, it } from 'vitest'
import { decide } from '../../../src/engine/decision/decide.ts'
import { inertTracker } from '../../../src/engine/inert-tracker.ts'
import { inspectionOf } from '../../../src/engine/record/inspection.ts'
import type { AnyTracker } from '../../../src/engine/tracker-api.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { typed } from '../../../src/plan/standard-schema.ts'
import { createManualPlatform } from '../../../src/testing/manual-platform.ts'
import { drain, HOUR_MS, MINUTE_MS, openTabs, openTracker } from '../../support/tracking.ts'

const plan = definePlan({
  name: 'acme',
  version: '1',
  events: {
    pricing_viewed: event({ frequency: 'once-per-session', goal: 'demo_booked' }),
    pricing_viewed_long: event({ frequency: 'once-per-session' }),
    plan_chosen: event({
      properties: typed<{ tier: string }>(),
      frequency: { max: 1, per: 'user', key: ({ tier }) => tier },
    }),
    demo_booked: event({ frequency: 'once-per-user' }),
  },
})

function inspected(options: Parameters<typeof openTracker<typeof plan>>[1] = {}) {
  const tracking = openTracker(plan, options)
  const inspection = inspectionOf(tracking.tracker)
  if (!inspection) throw new Error('the tracker is live')
  return { ...tracking, inspection }
}

describe('looking', () => {
  it('tells what a decision would find now, and changes nothing', async () => {
    const { tracker, inspection, decisions, destination, platform } = inspected()
    const outcome = () => {
      const { occurrence, planned, world } = inspection.look({ event: 'pricing_viewed' })
      return decide(occurrence, planned, world)
    }
    expect(outcome()).toMatchObject({ outcome: 'fired' })
    expect(outcome()).toMatchObject({ outcome: 'fired' })
    const { sessionId } = { sessionId: inspection.who().session.id }
    tracker.track('pricing_viewed')
    expect(outcome()).toMatchObject({ outcome: 'dropped', reason: 'frequency', frequency: [{ count: 1 }] })
    platform.advance(HOUR_MS)
    // The session has expired; looking begins no other.
    expect(outcome()).toMatchObject({ reason: 'frequency' })
    expect(inspection.who().session.id).toBe(sessionId)
    await tracker.flush()
    expect(decisions()).toHaveLength(1)
    expect(destination.events).toHaveLength(1)
  })

  it('is refused by no tracker that tracks, and had from none that does not', () => {
    const inert = inertTracker(plan, 'not-in-browser') as AnyTracker
    expect(inspectionOf(inert)).toBeUndefined()
    expect(Object.keys(inspected().tracker)).not.toContain('inspection')
  })
})

describe('a simulated event', () => {
  it('is decided as if it were real, but counts nothing and goes nowhere', async () => {
    const { tracker, inspection, decisions, destination, platform } = inspected()
    const stored = () => platform.local.keys().filter((key) => key.includes('pricing_viewed'))
    expect(inspection.simulate({ event: 'pricing_viewed' })).toMatchObject({
      outcome: 'fired',
      deliveries: {},
      trigger: { component: 'track', synthetic: 'kept' },
    })
    inspection.simulate({ event: 'pricing_viewed' })
    await tracker.flush()
    expect(decisions().map(({ outcome }) => outcome)).toEqual(['fired', 'fired'])
    expect(tracker.record.get().counts).toEqual({})
    expect(destination.events).toEqual([])
    expect(stored()).toEqual([])
    // What is real comes first, still.
    expect(tracker.track('pricing_viewed')).toMatchObject({ outcome: 'fired' })
    expect(inspection.simulate({ event: 'pricing_viewed' })).toMatchObject({ reason: 'frequency' })
    await tracker.flush()
    expect(destination.events).toHaveLength(1)
  })

  it('goes out like any other where that is asked for, and says what it is', async () => {
    const { tracker, inspection, destination } = inspected()
    inspection.simulate({ event: 'plan_chosen', properties: { tier: 'pro' } }, true)
    await tracker.flush()
    expect(destination.events).toMatchObject([
      { name: 'plan_chosen', properties: { tier: 'pro' }, trigger: { synthetic: 'delivered' } },
    ])
    expect(tracker.track('plan_chosen', { tier: 'pro' })).toMatchObject({ reason: 'frequency' })
  })

  it('counts nothing before the page is looked at, nor when it is', async () => {
    const platform = createManualPlatform({ prerendering: true })
    const { tracker, inspection, decisions } = inspected({ platform })
    inspection.simulate({ event: 'demo_booked' })
    expect(decisions()).toMatchObject([{ reason: 'prerendering' }])
    platform.activate()
    await tracker.flush()
    expect(decisions()).toMatchObject([{ outcome: 'fired', first: { outcome: 'held' } }])
    expect(tracker.record.get().counts).toEqual({})
  })

  it('waits for no consent while it is kept', async () => {
    const { tracker, inspection, destination } = inspected({ consent: 'pending' })
    expect(inspection.simulate({ event: 'demo_booked' })).toMatchObject({ outcome: 'fired' })
    tracker.consent.update('granted')
    await tracker.flush()
    expect(destination.events).toEqual([])
  })
})

describe('moving what a tester wants moved', () => {
  it('ends the session: another one begins, for the other tabs too', async () => {
    const [one, other] = openTabs(plan, 2)
    if (!one || !other) throw new Error('two tabs')
    await drain()
    const before = inspectionOf(one.tracker)?.who().session.id
    one.tracker.track('pricing_viewed')
    await one.tracker.flush()
    inspectionOf(one.tracker)?.endSession()
    await drain()
    const after = inspectionOf(one.tracker)?.who().session.id
    expect(after).not.toBe(before)
    one.tracker.track('pricing_viewed')
    await one.tracker.flush()
    one.platform.advance(MINUTE_MS)
    other.platform.sync()
    expect(other.tracker.track('pricing_viewed')).toMatchObject({ reason: 'frequency' })
    await other.tracker.flush()
    expect(inspectionOf(other.tracker)?.who().session.id).toBe(after)
    expect(one.destination.events.map(({ sessionId }) => sessionId)).toEqual([before, after])
  })

  it.each(['granted', 'pending'] as const)(
    'forgets the counts of one event, under each key, in storage too (consent %s)',
    async (consent) => {
      const platform = createManualPlatform()
      const { tracker, inspection } = inspected({ consent, platform })
      const track = () => {
        tracker.track('plan_chosen', { tier: 'pro' })
        tracker.track('plan_chosen', { tier: 'team' })
        tracker.track('pricing_viewed')
        tracker.track('pricing_viewed_long')
      }
      track()
      await tracker.flush()
      if (consent === 'granted') {
        inspection.forgetCounts('plan_chosen')
        inspection.forgetCounts('pricing_viewed')
        await drain()
        const refused = ['pricing_viewed_long']
        track()
        await tracker.flush()
        const later = tracker.record.get().decisions.slice(4)
        expect(later.filter(({ outcome }) => outcome === 'dropped').map(({ event }) => event)).toEqual(
          refused,
        )
        tracker.dispose()
        // Also for who comes back.
        const again = openTracker(plan, { platform: platform.openTab() })
        await drain()
        expect(again.tracker.track('pricing_viewed')).toMatchObject({ reason: 'frequency' })
      } else {
        // What is held has reserved its place, which is not forgotten with what was counted.
        inspection.forgetCounts('pricing_viewed')
        expect(tracker.track('pricing_viewed')).toMatchObject({ reason: 'frequency' })
      }
    },
  )
})
