import type { EventsOf, InputOf, OutputOf, Plan, Transformed } from 'react-microconversions/core'
import { definePlan, event, typed } from 'react-microconversions/core'
import * as v from 'valibot'
import * as z from 'zod'
import type { Equal } from './equal.ts'

export const plan = definePlan({
  name: 'acme',
  version: '3',
  events: {
    pricing_clicked: event({
      description: 'Opens pricing from any call to action',
      stage: 'consideration',
      intent: 'high',
      goal: 'demo_booked',
      owner: 'growth',
      frequency: 'once-per-session',
      properties: z.object({ tier: z.enum(['starter', 'pro']) }),
    }),
    feature_viewed: event({
      properties: v.object({ feature: v.picklist(['a', 'b']), rank: v.optional(v.number()) }),
    }),
    cart_opened: event({ goal: 'demo_booked', properties: typed<{ items: number; coupon?: string }>() }),
    quote_asked: event<{ seats: number }>({ frequency: 'once-per-page' }),
    demo_form_started: event({ stage: 'intent', goal: 'demo_booked' }),
    demo_booked: event({ macro: true, frequency: 'once-per-user' }),
    note_added: event({}),
  },
  funnels: { demo: ['pricing_clicked', 'demo_form_started', 'demo_booked'] },
})

export const inferred: Equal<
  typeof plan,
  Plan<
    {
      pricing_clicked: { tier: 'starter' | 'pro' }
      feature_viewed: { feature: 'a' | 'b'; rank?: number | undefined }
      cart_opened: { items: number; coupon?: string }
      quote_asked: { seats: number }
      demo_form_started: {}
      demo_booked: {}
      note_added: {}
    },
    'demo'
  >
> = true

/** A transforming schema: callers give the input, keys, criteria and values get the output. */
export const transforming = definePlan({
  name: 'shop',
  version: '1',
  events: {
    // The functions come before the schema that types their parameter.
    product_viewed: event({
      frequency: {
        key: (p) => {
          const output: Equal<typeof p, { sku: string; price: number; currency: string }> = true
          return output ? p.sku : ''
        },
        per: 'session',
      },
      counts: (p) => p.price > 0 && p.currency.length === 3,
      value: (p) => ({ value: p.price, currency: p.currency }),
      properties: z.object({
        sku: z.string(),
        price: z.string().transform(Number),
        currency: z.string().default('EUR'),
      }),
    }),
    product_rated: event({
      frequency: [
        { per: 'user', key: (p) => p.sku },
        { per: 'page', minGap: '1s' },
      ],
      properties: v.object({ sku: v.string(), stars: v.optional(v.number(), 5) }),
    }),
    product_shared: event({
      properties: typed<{ sku: string }>(),
      frequency: { per: { window: '1min' }, max: 3, key: ({ sku }) => sku },
    }),
    product_hidden: event<{ sku: string }>({ frequency: { key: (p) => p.sku } }),
  },
})

type Shop = EventsOf<typeof transforming>
type Viewed = Shop['product_viewed']

export const carried: [
  Equal<
    Viewed,
    Transformed<
      { sku: string; price: string; currency?: string | undefined },
      { sku: string; price: number; currency: string }
    >
  >,
  Equal<InputOf<Viewed>, { sku: string; price: string; currency?: string | undefined }>,
  Equal<OutputOf<Viewed>, { sku: string; price: number; currency: string }>,
  Equal<OutputOf<Shop['product_rated']>, { sku: string; stars: number }>,
  Equal<Shop['product_shared'], { sku: string }>,
] = [true, true, true, true, true]
