import { createTracker, definePlan, event, typed } from 'react-microconversions/core'
import { createTestTracker } from 'react-microconversions/testing'
import { expectTracking, judge } from 'react-microconversions/testing/matchers'
import 'react-microconversions/testing/vitest-4'
import { expect } from 'vitest'

const plan = definePlan({
  name: 'acme',
  version: '1',
  events: {
    pricing_clicked: event({ properties: typed<{ tier: 'starter' | 'pro'; seats: number }>() }),
    demo_booked: event({}),
  },
})
const admin = definePlan({ name: 'admin', version: '1', events: { user_invited: event({}) } })
const tracking = createTestTracker(plan)

expect(tracking).toHaveFired('demo_booked')
expect(tracking).toHaveFired('pricing_clicked', { tier: 'pro', seats: expect.any(Number) })
expect(tracking).not.toHaveFiredTimes('pricing_clicked', 2, { tier: 'pro' })
expect(tracking).toHaveFiredInOrder(['pricing_clicked', 'demo_booked'])
expect(tracking.tracker).toHaveDropped('pricing_clicked', 'frequency')
expect(createTracker({ plan })).toHaveBeenHeld('demo_booked')
expect(tracking).toMatchPlan()
expect(createTestTracker(admin)).toHaveFired('user_invited')
expect(tracking.decisions()).toHaveFired('anything')
// @expect TS2345 "pricing_clickd"
expect(tracking).toHaveFired('pricing_clickd')
// @expect TS2345 "user_invited"
expect(tracking).not.toHaveFired('user_invited')
// @expect TS2345 "demo_booked"
expect(createTestTracker(admin)).toHaveFired('demo_booked')
// @expect TS2820|TS2322 "\"por\""
expect(tracking).toHaveFired('pricing_clicked', { tier: 'por' })
// @expect TS2820|TS2322 "demo_bookd"
expect(tracking).toHaveFiredInOrder(['pricing_clicked', 'demo_bookd'])
// @expect TS2345 "frequent"
expect(tracking).toHaveDropped('pricing_clicked', 'frequent')

expectTracking(tracking).toHaveFired('pricing_clicked', { tier: 'pro' })
expectTracking(tracking).not.toHaveFired('demo_booked')
// @expect TS2345 "pricing_clickd"
expectTracking(tracking).not.toHaveFired('pricing_clickd')

export const { pass, message } = judge(tracking.decisions(), { event: 'demo_booked', times: 1 })
