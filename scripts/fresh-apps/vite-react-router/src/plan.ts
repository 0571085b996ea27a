import { definePlan, event, standardEvents, typed } from 'react-microconversions/core'

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
      properties: typed<{ tier: 'starter' | 'pro' }>(),
    }),
    demo_form_started: event({
      description: 'The first entry in the demo form.',
      goal: 'demo_booked',
      stage: 'intent',
      properties: typed<{ form_name?: string }>(),
    }),
    form_failure: { ...standardEvents.form.form_failure, goal: 'demo_booked' },
    demo_booked: event({
      description: 'The server has accepted the demo form.',
      macro: true,
      stage: 'conversion',
      frequency: 'once-per-user',
      properties: typed<{ form_name?: string }>(),
    }),
  },
})

declare module 'react-microconversions' {
  interface Register {
    plan: typeof plan
  }
}
