import { definePlan, event, typed } from 'react-microconversions/core'
import * as v from 'valibot'
import * as z from 'zod'

declare module 'react-microconversions/core' {
  interface DestinationOverrides<Out extends object> {
    warehouse: { topic: string; row?: (properties: Out) => { id: string } }
  }
}

const renaming = v.pipe(
  v.object({ asked: v.string() }),
  v.transform(({ asked }) => ({ length: asked.length })),
)

export const accepted = definePlan({
  name: 'acme',
  version: '1',
  events: {
    tier_chosen: event({
      // The output, also where it stands before the schema.
      destinations: {
        ga4: { name: 'select_content', parameters: (p) => ({ content_id: p.tier.toUpperCase() }) },
        gtm: { parameters: ({ tier }) => ({ tier: tier.length }) },
        meta: false,
        segment: { as: 'page', parameters: (p) => ({ ...p }) },
        posthog: { name: 'tier chosen' },
        snowplow: { schema: 'iglu:com.acme/tier/jsonschema/1-0-0', data: (p) => ({ tier: p.tier }) },
        warehouse: { topic: 'tiers', row: (p) => ({ id: p.tier }) },
        console: false,
      },
      properties: z.object({ tier: z.string() }),
    }),
    term_asked: event({
      properties: renaming,
      destinations: {
        ga4: { parameters: (p) => ({ search_length: p.length.toFixed() }) },
        meta: { name: 'Search', parameters: ({ length }) => ({ length }) },
        snowplow: { category: 'search', label: (p) => p.length.toFixed() },
      },
    }),
    lead_sent: event({ destinations: { meta: { name: 'Lead' }, ga4: { name: 'generate_lead' } } }),
    own_sent: event({ destinations: { meta: { name: 'OurOwn' }, ga4_eu: { anything: true } } }),
  },
})

export const refused = definePlan({
  name: 'acme',
  version: '1',
  events: {
    tier_chosen: event({
      destinations: {
        // @expect TS2339 "'teir' does not exist on type '{ tier: string; }'"
        ga4: { parameters: (p) => ({ tier: p.teir }) },
        // @expect TS2339 "'teir' does not exist on type '{ tier: string; }'"
        snowplow: { data: (p) => ({ tier: p.teir }) },
        // @expect TS2339 "'teir' does not exist on type '{ tier: string; }'"
        warehouse: { topic: 'tiers', row: (p) => ({ id: p.teir }) },
      },
      properties: z.object({ tier: z.string() }),
    }),
    // The output, not the input.
    term_asked: event({
      properties: renaming,
      // @expect TS2339 "'asked' does not exist on type '{ length: number; }'"
      destinations: { posthog: { parameters: (p) => ({ asked: p.asked }) } },
    }),
    // @expect TS2561|TS2353 "'nam' does not exist in type"
    page_read: event({ destinations: { ga4: { nam: 'page' } } }),
    // @expect TS2322 "'number' is not assignable to type 'string'"
    page_left: event({ destinations: { posthog: { name: 1 } } }),
    // @expect TS2322 "'true' is not assignable"
    page_kept: event({ destinations: { meta: true } }),
    // @expect TS2322|TS2820 "'\"screen\"' is not assignable"
    page_seen: event({ destinations: { segment: { as: 'screen' } } }),
    // @expect TS2322 "topic: string"
    page_lost: event({ destinations: { warehouse: {} } }),
    // @expect TS2322 "'string' is not assignable"
    page_sold: event({ destinations: { anything: 'else' } }),
    page_sent: event({
      properties: typed<{ page: string }>(),
      // @expect TS2322 "'number' is not assignable to type 'string'"
      destinations: { snowplow: { label: (p) => p.page.length } },
    }),
  },
})
