import { definePlan, event, standardEvents, typed } from 'react-microconversions/core'
import * as v from 'valibot'
import * as z from 'zod'

const rest = { name: 'acme', version: '1' }

export const goals = definePlan({
  ...rest,
  events: {
    page_read: event({ goal: 'demo_bookd' }),
    page_left: event({ properties: z.object({ a: z.string() }), goal: 'demo_bookd' }),
    page_kept: event({ goal: 'demo_booked' }),
    demo_booked: event({}),
  },
})

const reused = event({ goal: 'account_created' })
export const spread = definePlan({ ...rest, events: { ...standardEvents.form, button_clicked: reused } })

export const funnels = definePlan({
  ...rest,
  events: { page_read: event({}), demo_booked: event({}) },
  funnels: { demo: ['page_read', 'demo_bookd'] },
})

export const bare = definePlan({ ...rest, events: { page_read: { stage: 'intent' }, demo_booked: event({}) } })

export const options = definePlan({
  ...rest,
  events: {
    page_read: event({ frequency: 'once-per-sesion' }),
    page_left: event({ ownr: 'growth' }),
    page_kept: event({ frequency: { per: 'sesion' } }),
    page_seen: event({ intent: 'hihg' }),
    page_lost: event({ status: 'shadw' }),
  },
})

export const keys = definePlan({
  ...rest,
  events: {
    tier_chosen: event({
      frequency: { key: (p) => p.teir },
      counts: (p) => p.teir === 'pro',
      value: (p) => ({ value: p.teir, currency: 'EUR' }),
      properties: z.object({ tier: z.string() }),
    }),
    plan_chosen: event({ frequency: { key: (p) => p.tier }, properties: v.object({ tier: v.number() }) }),
    seat_chosen: event({ frequency: [{ key: (p) => p.seatt }], properties: typed<{ seat: string }>() }),
    page_read: event({ frequency: { key: (p) => p.tier } }),
  },
})

export const schemas = definePlan({
  ...rest,
  events: {
    page_read: event({ properties: z.string() }),
    page_left: event({ properties: { tier: 'string' } }),
    page_kept: event({ properties: typed<string>() }),
    page_seen: event<string>({}),
  },
})
