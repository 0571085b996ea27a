import { definePlan, event, standardEvents } from 'react-microconversions/core'

export const plan = definePlan({
  name: 'acme',
  version: '1',
  owner: 'growth',
  events: {
    ...standardEvents.navigation,
    pricing_clicked: event({
      description: 'A click on a link to the price list.',
      goal: 'demo_booked',
      stage: 'consideration',
      frequency: 'once-per-session',
    }),
    demo_booked: event({
      description: 'A demo was booked.',
      macro: true,
      stage: 'conversion',
      frequency: 'once-per-user',
    }),
  },
})

declare module 'react-microconversions' {
  interface Register {
    plan: typeof plan
  }
}
