import { createTracker, definePlan, type EventName, event, typed } from 'react-microconversions/core'

/** The plan, its registration and its use may be one file, and none of it need import React. */
export const plan = definePlan({
  name: 'acme',
  version: '1',
  events: {
    pricing_clicked: event({
      goal: 'demo_booked',
      frequency: { key: (p) => p.tier },
      properties: typed<{ tier: string }>(),
    }),
    demo_booked: event({}),
  },
})

declare module 'react-microconversions/core' {
  interface Register {
    plan: typeof plan
  }
}

export const registered = ['pricing_clicked', 'demo_booked'] satisfies EventName[]
// @expect TS2322|TS2820 "'\"demo_bookd\"'" "\"demo_booked\""
export const misspelt = ['demo_bookd'] satisfies EventName[]

const tracker = createTracker({ plan })
tracker.track('pricing_clicked', { tier: 'pro' })
// @expect TS2345 "'\"demo_bookd\"'"
tracker.track('demo_bookd')
