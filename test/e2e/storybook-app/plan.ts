import { definePlan, event } from 'react-microconversions'

export const plan = definePlan({
  name: 'shop',
  version: '1',
  events: {
    pricing_clicked: event({ description: 'Opens pricing', frequency: 'once-per-session' }),
    demo_booked: event({ macro: true }),
  },
})
