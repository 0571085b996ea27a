import { definePlan, event, typed } from 'react-microconversions/core'
import { type MicroconversionsParameters, trackingParameters } from 'react-microconversions/storybook'

const plan = definePlan({
  name: 'shop',
  version: '1',
  events: {
    pricing_clicked: event({ properties: typed<{ tier: 'starter' | 'pro' }>() }),
    demo_booked: event(),
  },
})

export const good: MicroconversionsParameters<typeof plan> = {
  expect: ['demo_booked', { event: 'pricing_clicked', properties: { tier: 'pro' }, times: 1 }],
  test: 'todo',
}
export const one: MicroconversionsParameters<typeof plan> = { expect: 'demo_booked' }
export const anyPlan: MicroconversionsParameters = {
  expect: ['whatever', { event: 'else', reason: 'frequency' }],
}

// @expect TS2322|TS2820 "pricing_click"
export const name: MicroconversionsParameters<typeof plan> = { expect: 'pricing_click' }
// @expect TS2322 "gold"
trackingParameters(plan, { expect: [{ event: 'pricing_clicked', properties: { tier: 'gold' } }] })
// @expect TS2322
trackingParameters(plan, { expect: { event: 'demo_booked', reason: 'because' } })
