import { describe, expect, test } from 'vitest'
import { partsOf } from '../../../src/engine/record/tracker-parts.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { typed } from '../../../src/plan/standard-schema.ts'
import { expectFired } from '../../../src/testing/expect-fired.ts'
import { openTracker } from '../../support/tracking.ts'

const plan = definePlan({
  name: 'shop',
  version: '1',
  events: {
    plan_chosen: event({ frequency: 'once-per-page', properties: typed<{ tier: string; list?: object }>() }),
    demo_booked: event({}),
    demo_shown: event({ status: 'draft' }),
  },
})

const failing = (run: () => unknown) => {
  try {
    run()
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('It did not fail.')
}

describe('expectFired', () => {
  test('returns the decision', () => {
    const tracking = openTracker(plan)
    const decision = tracking.tracker.track('plan_chosen', { tier: 'pro', list: { a: 1, b: [2] } })
    expect(expectFired(tracking, 'plan_chosen').number).toBe(decision.number)
    expect(expectFired(tracking, 'plan_chosen', { list: { b: [2], a: 1 } }).number).toBe(decision.number)
  })

  test('says that nothing was attempted, and what was', () => {
    const tracking = openTracker(plan)
    expect(failing(() => expectFired(tracking, 'demo_booked'))).toBe(
      '"demo_booked" did not fire.\nIt was never attempted.\nNothing was attempted: is the component inside a MicroconversionProvider, and did the user act?',
    )
    tracking.tracker.track('demo_shown')
    expect(failing(() => expectFired(tracking, 'demo_booked'))).toBe(
      '"demo_booked" did not fire.\nIt was never attempted.\nAttempted were: demo_shown.',
    )
  })

  test('says why a form that was submitted has no success', () => {
    const tracking = openTracker(plan)
    for (const why of ['plain', 'at-once'] as const)
      partsOf(tracking.tracker)?.known.record.noteUnknown({
        form: 'demo',
        event: 'demo_booked',
        attemptId: 'a',
        why,
      })
    expect(failing(() => expectFired(tracking, 'demo_booked'))).toMatch(
      /never attempted.+The form "demo" was submitted, and its outcome is unknown: .+ at once.+Return a promise.+`outcome`.+succeed\(\)/s,
    )
    expect(failing(() => expectFired(tracking, 'demo_shown'))).not.toContain('unknown')
    for (let i = 0; i < 200; i++)
      partsOf(tracking.tracker)?.known.record.noteUnknown({
        form: `${i}`,
        event: undefined,
        attemptId: '',
        why: 'plain',
      })
    expect(tracking.tracker.record.get().unknownOutcomes).toHaveLength(100)
    tracking.tracker.record.clear()
    expect(tracking.tracker.record.get().unknownOutcomes).toBeUndefined()
  })

  test('names the near miss', () => {
    const tracking = openTracker(plan)
    const near = {
      ...tracking,
      decisions: () => [{ ...tracking.tracker.track('demo_booked'), event: 'demo_bookd' }],
    }
    expect(failing(() => expectFired(near, 'demo_booked'))).toContain('Did you mean "demo_bookd"?')
  })

  test('says why the closest attempt did not fire, and how it differs', () => {
    const tracking = openTracker(plan)
    tracking.tracker.track('plan_chosen', { tier: 'team' })
    tracking.tracker.track('plan_chosen', { tier: 'pro' })
    expect(failing(() => expectFired(tracking, 'plan_chosen', { tier: 'pro' }))).toContain(
      'The closest of its 2 attempts: no. 1, of track (call)\n  fired: admitted\n  tier: "team" — expected "pro"',
    )
    expect(failing(() => expectFired(tracking, 'plan_chosen', { tier: 'pro' }))).toContain(
      'no. 2 dropped: frequency (at most 1 per page, 1 before it) {"tier":"pro"}',
    )
  })

  test('says which consent was missing', () => {
    const tracking = openTracker(plan, { consent: { analytics: 'denied', marketing: 'granted' } })
    tracking.tracker.track('demo_booked')
    expect(failing(() => expectFired(tracking, 'demo_booked'))).toBe(
      '"demo_booked" did not fire.\nIts one attempt: no. 1, of track (call)\n  dropped: consent-denied (analytics denied; marketing granted)',
    )
  })
})
