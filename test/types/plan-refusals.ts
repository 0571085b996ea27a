import { definePlan, event, standardEvents, typed } from 'react-microconversions/core'
import * as v from 'valibot'
import * as z from 'zod'

const rest = { name: 'acme', version: '1' }

export const goals = definePlan({
  ...rest,
  events: {
    // @expect TS2322 "Did you mean '\"demo_booked\"'"
    page_read: event({ goal: 'demo_bookd' }),
    // @expect TS2322 "Did you mean '\"demo_booked\"'"
    page_left: event({ properties: z.object({ place: z.string() }), goal: 'demo_bookd' }),
    page_kept: event({ goal: 'demo_booked' }),
    demo_booked: event({}),
  },
})

/** A reused event carries its goal. */
const reused = event({ goal: 'account_created' })
// @expect TS2322 "'\"account_created\"' is not assignable" "\"form_start\"" "\"button_clicked\""
export const carried = definePlan({ ...rest, events: { ...standardEvents.form, button_clicked: reused } })

export const funnels = definePlan({
  ...rest,
  events: { page_read: event({}), demo_booked: event({}) },
  // @expect TS2820 "Did you mean '\"demo_booked\"'"
  funnels: { demo: ['page_read', 'demo_bookd'] },
})

export const lateFunnel = definePlan({
  ...rest,
  events: { page_read: event({}), demo_booked: event({}) },
  // @expect TS2820 "Did you mean '\"demo_booked\"'"
  funnels: { demo: { steps: ['page_read', 'demo_bookd'], within: '7d' } },
})

export const derived = definePlan({
  ...rest,
  events: {
    page_read: event({}),
    demo_booked: event({}),
    // @expect TS2322 "Did you mean '\"page_read\"'"
    page_reread: event({ after: { event: 'page_raed', times: 2 } }),
    // @expect TS2322 "Did you mean '\"demo_booked\"'"
    demo_missed: event({ after: { event: 'page_read', without: 'demo_bookd', within: '3d' } }),
    // @expect TS2322
    demo_late: event({ after: { event: 'page_read', within: '3 days' } }),
    // @expect TS2322
    demo_untimed: event({ after: { event: 'page_read', without: 'demo_booked' } }),
    // @expect TS2322
    pages_counted: event({ properties: typed<{ count: number }>(), after: { event: 'page_read' } }),
    pages_told: event({
      properties: typed<{ count: number }>(),
      // @expect TS2322 "'string' is not assignable to type 'number'"
      after: { event: 'page_read', properties: (causes) => ({ count: `${causes.length}` }) },
    }),
  },
})

// @expect TS2741 "required in type 'EventDefinition<"
export const withoutEvent = definePlan({ ...rest, events: { page_read: { stage: 'intent' } } })

export const options = definePlan({
  ...rest,
  events: {
    // @expect TS2820 "Did you mean '\"once-per-session\"'"
    page_read: event({ frequency: 'once-per-sesion' }),
    // @expect TS2322 "Did you mean '\"session\"'"
    page_kept: event({ frequency: { per: 'sesion' } }),
    // @expect TS2561 "Did you mean to write 'owner'"
    page_left: event({ ownr: 'growth' }),
    // @expect TS2820 "Did you mean '\"shadow\"'"
    page_lost: event({ status: 'shadw' }),
    // @expect TS2322 "'\"highest\"' is not assignable"
    page_seen: event({ intent: 'highest' }),
  },
})

const renaming = v.pipe(
  v.object({ asked: v.string() }),
  v.transform(({ asked }) => ({ length: asked.length })),
)
export const keys = definePlan({
  ...rest,
  events: {
    tier_chosen: event({
      // @expect TS2339 "'teir' does not exist on type '{ tier: string; }'"
      frequency: { key: (p) => p.teir },
      // @expect TS2339 "'teir' does not exist on type '{ tier: string; }'"
      counts: (p) => p.teir === 'pro',
      // @expect TS2339 "'teir' does not exist on type '{ tier: string; }'"
      value: (p) => ({ value: p.teir, currency: 'EUR' }),
      properties: z.object({ tier: z.string() }),
    }),
    // @expect TS2322 "'number' is not assignable to type 'string'"
    plan_chosen: event({ frequency: { key: (p) => p.tier }, properties: v.object({ tier: v.number() }) }),
    // @expect TS2551 "Did you mean 'seat'"
    seat_chosen: event({ frequency: [{ key: (p) => p.seatt }], properties: typed<{ seat: string }>() }),
    // @expect TS2339 "'tier' does not exist on type '{}'"
    page_read: event({ frequency: { key: (p) => p.tier } }),
    // The output, not the input.
    // @expect TS2339 "'asked' does not exist on type '{ length: number; }'"
    term_asked: event({ frequency: { key: (p) => p.asked }, properties: renaming }),
  },
})

/** The properties of an event are an object. */
// @expect TS2322 "'string' is not assignable to type 'object'"
export const textSchema = event({ properties: z.string() })
// @expect TS2353 "'tier' does not exist in type 'StandardSchema<"
export const noSchema = event({ properties: { tier: 'string' } })
// @expect TS2344 "'string' does not satisfy the constraint 'object'"
export const textType = event<string>({})
