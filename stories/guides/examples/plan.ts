import { definePlan, event } from 'react-microconversions/core'

export const plan = definePlan({
  name: 'shop',
  version: '1',
  events: {
    offer_taken: event({}),
  },
})
