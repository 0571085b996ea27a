import { definePlan, event, typed } from 'react-microconversions/core'

/** Plan of the application that the Playwright fixture is tested on. */
export const plan = definePlan({
  name: 'shop',
  version: '1',
  events: {
    pricing_clicked: event({ frequency: 'once-per-page', properties: typed<{ tier: string }>() }),
    page_left: event({ properties: typed<{ path: string }>() }),
  },
})
