import { describe, expect, test } from 'vitest'
import 'react-microconversions/testing/vitest-4'
import { createTestTracker } from 'react-microconversions/testing'
import { expectTracking, matchers } from 'react-microconversions/testing/matchers'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { typed } from '../../../src/plan/standard-schema.ts'

const plan = definePlan({
  name: 'acme',
  version: '1',
  events: {
    pricing_clicked: event({
      frequency: 'once-per-session',
      properties: typed<{ tier: 'starter' | 'pro'; seats?: number }>(),
    }),
    demo_booked: event({ macro: true }),
  },
})

function clicked() {
  const tracking = createTestTracker(plan)
  tracking.tracker.track('pricing_clicked', { tier: 'starter' })
  tracking.tracker.track('pricing_clicked', { tier: 'pro' })
  tracking.tracker.track('demo_booked')
  return tracking
}

const failing = (run: () => unknown) => {
  try {
    run()
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('It did not fail.')
}

describe('the matchers of expect()', () => {
  test('pass for what happened', () => {
    const tracking = clicked()
    expect(tracking).toHaveFired('pricing_clicked', { tier: 'starter' })
    expect(tracking).toHaveFiredTimes('pricing_clicked', 1)
    expect(tracking).toHaveFiredInOrder(['pricing_clicked', 'demo_booked'])
    expect(tracking).toHaveDropped('pricing_clicked', 'frequency', { tier: 'pro' })
    expect(tracking).toMatchPlan()
    expect(tracking).not.toHaveFired('pricing_clicked', { tier: 'pro' })
    expect(tracking).not.toHaveFiredTimes('demo_booked', 2)
    expect(tracking).not.toHaveFiredInOrder(['demo_booked', 'pricing_clicked'])
    expect(tracking).not.toHaveDropped('demo_booked')
    expect(tracking).not.toHaveBeenHeld('demo_booked')

    const waiting = createTestTracker(plan, { consent: 'pending' })
    waiting.tracker.track('demo_booked')
    expect(waiting).toHaveBeenHeld('demo_booked')
    expect(waiting).not.toHaveFired('demo_booked')
  })

  test('fail with the text of the judge', () => {
    const tracking = clicked()
    expect(failing(() => expect(tracking).toHaveFired('pricing_clicked', { tier: 'pro' }))).toContain(
      '"pricing_clicked" did not fire with {"tier":"pro"}.\nThe closest of its 2 attempts: no. 1',
    )
    expect(failing(() => expect(tracking).not.toHaveFired('demo_booked'))).toBe(
      'Expected the contrary, but:\n"demo_booked" fired once:\n  no. 3 fired: admitted',
    )
    expect(failing(() => expect(tracking).toHaveFiredTimes('demo_booked', 2))).toContain('expected twice')
    expect(failing(() => expect(tracking).toHaveBeenHeld('demo_booked'))).toContain('was not held')
    expect(failing(() => expect(tracking).toHaveDropped('demo_booked', 'frequency'))).toContain(
      'was not dropped (frequency)',
    )
    expect(failing(() => expect(tracking).toHaveFiredInOrder(['demo_booked', 'pricing_clicked']))).toContain(
      'wanted: demo_booked → pricing_clicked',
    )
    ;(tracking.tracker.track as (name: string) => unknown)('demo_boked')
    expect(failing(() => expect(tracking).toMatchPlan())).toContain('Did you mean "demo_booked"?')
  })

  test('say what the reviewed texts say where the contrary was expected, and where nothing can be judged', async () => {
    const tracking = clicked()
    const waiting = createTestTracker(plan, { consent: 'pending' })
    waiting.tracker.track('demo_booked')
    const anyName = expect(tracking) as unknown as { toHaveFired: (name: string) => void }
    const texts = [
      () => expect(tracking).not.toHaveFired('pricing_clicked', { tier: 'starter' }),
      () => expect(tracking).not.toHaveFiredTimes('demo_booked', 1),
      () => expect(tracking).not.toHaveFiredInOrder(['pricing_clicked', 'demo_booked']),
      () => expect(tracking).not.toHaveDropped('pricing_clicked', 'frequency'),
      () => expect(waiting).not.toHaveBeenHeld('demo_booked'),
      () => expect(tracking).not.toMatchPlan(),
      () => expect(() => {}).toMatchPlan(),
      () => expect(null).toMatchPlan(),
      () => expect([1]).toMatchPlan(),
      () => anyName.toHaveFired('demo_boked'),
    ].map(failing)
    await expect(texts.join('\n\n')).toMatchFileSnapshot('__snapshots__/matchers.md')
  })

  test('read trackers, decisions and session files alike', () => {
    const tracking = clicked()
    const file = { format: 'rmc-session', decisions: JSON.parse(JSON.stringify(tracking.decisions())) }
    for (const each of [tracking, tracking.tracker, tracking.decisions(), file]) {
      expect(each).toHaveFired('demo_booked')
      expect(each).not.toHaveFiredTimes('demo_booked', 2)
    }
  })

  test.each([[undefined], [null], [[1]], [() => {}], [{ decisions: 3 }], ['text']])(
    'refuse %s',
    (received) => {
      for (const matcher of Object.values(matchers))
        expect(failing(() => (matcher as (...given: unknown[]) => unknown)(received, []))).toContain('RMC402')
    },
  )

  test('refuse a name that is not in the plan, also negated, until it was attempted', () => {
    const tracking = clicked()
    const anyName = expect(tracking).not as unknown as { toHaveFired: (name: string) => void }
    expect(failing(() => anyName.toHaveFired('demo_boked'))).toMatch(/RMC403.+Did you mean "demo_booked"/)
    ;(tracking.tracker.track as (name: string) => unknown)('demo_boked')
    anyName.toHaveFired('demo_boked')
  })
})

test('expectTracking does the same without a runner', () => {
  const tracking = clicked()
  expectTracking(tracking).toHaveFired('pricing_clicked', { tier: 'starter' })
  expectTracking(tracking).not.toHaveFired('pricing_clicked', { tier: 'pro' })
  expectTracking(tracking).toMatchPlan()
  expect(failing(() => expectTracking(tracking).toHaveFiredTimes('demo_booked', 3))).toContain(
    'expected 3 times',
  )
  expect(failing(() => expectTracking(tracking).not.toHaveFired('demo_booked'))).toContain('the contrary')
})

describe('a test tracker', () => {
  const shared: { first?: ReturnType<typeof clicked> } = {}

  test('is alive in its test', () => {
    shared.first = clicked()
    expect(shared.first).toHaveFired('demo_booked')
  })

  test('has ended with it', () => {
    expect(shared.first?.tracker.track('demo_booked').reason).toBe('disabled')
  })
})
