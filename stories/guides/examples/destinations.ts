import { createTracker, definePlan, event, typed } from 'react-microconversions/core'
import { ga4, http, meta, segment } from 'react-microconversions/destinations'

const plan = definePlan({
  name: 'acme',
  version: '1',
  events: {
    demo_booked: event({
      frequency: 'once-per-user',
      priority: 'critical', // goes at once, and is the last to go when a queue is full
      properties: typed<{ team_size: number }>(),
      value: ({ team_size }) => ({ value: team_size * 20, currency: 'EUR' }),
      destinations: {
        ga4: { name: 'generate_lead', parameters: ({ team_size }) => ({ seats: team_size }) },
        meta: { name: 'Lead' },
        segment: false,
      },
    }),
  },
})

export const tracker = createTracker({
  plan,
  consent: 'pending',
  destinations: [http({ url: '/collect' }), ga4(), meta(), segment()],
})
