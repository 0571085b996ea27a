import { createTracker, definePlan, event, typed } from 'react-microconversions/core'
import { posthog, segment, snowplow } from 'react-microconversions/destinations'

/** The page that the tests of the vendors open; their scripts are put in beside it, or not, or late. */
const plan = definePlan({
  name: 'vendors',
  version: '1',
  events: {
    tier_chosen: event({
      properties: typed<{ tier: string }>(),
      goal: 'demo_booked',
      value: { value: 5, currency: 'EUR' },
    }),
    page_left: event({ destinations: { snowplow: { category: 'navigation', label: 'last' } } }),
    page_view: event({
      properties: typed<{ topic: string }>(),
      destinations: { segment: { as: 'page', name: 'Docs' }, posthog: { name: '$pageview' } },
    }),
    demo_booked: event({ destinations: { posthog: { parameters: () => ({ own: true }) } } }),
  },
})

const { searchParams } = new URL(location.href)
const schemaOf = (name: string) => `iglu:com.acme/${name}/jsonschema/1-0-0`
const destinations = {
  posthog: posthog(),
  segment: segment(),
  snowplow: snowplow({
    schema: ({ name }) => (name === 'page_left' ? undefined : schemaOf(name)),
    entity: schemaOf('microconversion'),
  }),
}

const vendors = {
  tracker: createTracker({
    plan,
    destinations: [destinations[searchParams.get('vendor') as keyof typeof destinations]],
    consent: searchParams.has('pending') ? 'pending' : 'granted',
  }),
}
export type VendorPage = typeof vendors
Object.assign(globalThis, { vendors })
