import { definePlan, event, typed } from 'react-microconversions/core'

const DAY_MS = 86_400_000

export const plan = definePlan({
  name: 'frequency',
  version: '1',
  events: {
    pricing_clicked: event({ frequency: 'once-per-session' }),

    // Once for each product, in each session.
    product_viewed: event({
      frequency: { per: 'session', key: ({ sku }) => sku },
      properties: typed<{ sku: string }>(),
    }),

    // Three times a day, and never twice within five seconds.
    hint_opened: event({ frequency: { max: 3, per: { windowMs: DAY_MS }, minGapMs: 5_000 } }),

    // Both rules must admit, or neither counts it.
    banner_closed: event({ frequency: [{ per: 'page' }, { max: 2, per: 'user' }] }),

    // Each mark of each film once a page: the key is what the component calls its fact.
    film_watched: event({ frequency: { per: 'page', key: 'fact' } }),
  },
})
