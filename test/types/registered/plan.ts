import { definePlan, event, standardEvents, typed } from 'react-microconversions/core'
import * as v from 'valibot'
import * as z from 'zod'

export const plan = definePlan({
  name: 'acme',
  version: '3',
  events: {
    ...standardEvents.form,
    ...standardEvents.video,
    pricing_clicked: event({
      goal: 'demo_booked',
      properties: z.object({ tier: z.enum(['starter', 'pro']) }),
    }),
    faq_opened: event({ properties: typed<{ question?: string }>() }),
    product_viewed: event({
      properties: v.object({
        sku: v.string(),
        tags: v.array(v.string()),
        price: v.pipe(v.string(), v.transform(Number)),
        currency: v.optional(v.string(), 'EUR'),
      }),
    }),
    chat_opened: event({
      properties: z.discriminatedUnion('by', [
        z.object({ by: z.literal('visitor'), field: z.string() }),
        z.object({ by: z.literal('timer'), seconds: z.number() }),
      ]),
    }),
    // More than a fact carries, and more than it carries by these names.
    quote_asked: event({ properties: typed<{ form_name: string; seats: number }>() }),
    tour_watched: event({ properties: typed<{ video_title: string; watched_percent: number }>() }),
    demo_booked: event({ macro: true }),
  },
})
