import type { EventsOf, Plan } from 'react-microconversions/core'
import { definePlan, type EventDefinition, event, standardEvents, typed } from 'react-microconversions/core'
import * as z from 'zod'
import type { Equal } from './equal.ts'

/** Events declared before their plan, with and without a goal. */
const signUp = event({ macro: true })
const nothing = event({})
const clicked = event({ goal: 'account_created', properties: z.object({ place: z.string() }) })
const shared = {
  help_opened: event({ owner: 'growth' }),
  help_rated: event({ properties: typed<{ stars: number }>() }),
}
const annotated: EventDefinition<{ tier: string }> = event({ properties: typed<{ tier: string }>() })
const annotatedWithGoal: EventDefinition<{}, 'account_created'> = event({ goal: 'account_created' })
const conditional = Math.random() > 0.5 ? event({}) : event({ intent: 'low' })
const listed = (owner: string) => event({ owner, frequency: 'always' })

export const plan = definePlan({
  name: 'reuse',
  version: '1',
  events: {
    ...standardEvents.form,
    ...standardEvents.video,
    ...standardEvents.navigation,
    ...shared,
    account_created: signUp,
    page_shared: nothing,
    page_saved: nothing,
    button_clicked: clicked,
    plan_chosen: annotated,
    trial_started: annotatedWithGoal,
    tour_ended: conditional,
    tour_started: listed('growth'),
    form_start: event({ goal: 'account_created', properties: typed<{ form_name: string }>() }),
    video_start: {
      ...standardEvents.video.video_start,
      frequency: 'once-per-session',
      destinations: { ga4: false },
      goal: 'account_created',
    },
  },
  funnels: { start: ['form_start', 'video_complete', 'page_view', 'account_created'], empty: [] },
})

type Events = EventsOf<typeof plan>
type Standard = typeof standardEvents

export const reused: [
  Equal<
    keyof Events,
    | keyof Standard['form']
    | keyof Standard['video']
    | keyof Standard['navigation']
    | 'help_opened'
    | 'help_rated'
    | 'account_created'
    | 'page_shared'
    | 'page_saved'
    | 'button_clicked'
    | 'plan_chosen'
    | 'trial_started'
    | 'tour_ended'
    | 'tour_started'
  >,
  Equal<Events['form_start'], { form_name: string }>,
  Equal<Events['video_start']['video_title'], string>,
  Equal<Events['page_view']['page_location'], string>,
  Equal<Events['account_created'], {}>,
  Equal<Events['button_clicked'], { place: string }>,
  Equal<Events['tour_ended'], {}>,
] = [true, true, true, true, true, true, true]

/** Only goal-less events, only spreads, nothing at all. */
export const goalless = definePlan({
  name: 'a',
  version: '1',
  events: { page_read: event({}), page_left: event({}) },
})
export const spread = definePlan({ name: 'a', version: '1', events: { ...standardEvents.form } })
export const whole = definePlan({ name: 'a', version: '1', events: standardEvents.video })
export const empty = definePlan({ name: 'a', version: '1', events: {}, funnels: undefined })
export const plans: [
  Equal<typeof goalless, Plan<{ page_read: {}; page_left: {} }, never>>,
  Equal<keyof EventsOf<typeof spread>, keyof Standard['form']>,
  Equal<keyof EventsOf<typeof whole>, keyof Standard['video']>,
] = [true, true, true]

/** A goal beside a type argument is accepted; the compiler does not check it, definePlan does. */
export const unchecked = definePlan({
  name: 'a',
  version: '1',
  events: {
    seat_added: event<{ seats: number }>({ goal: 'account_created' }),
    account_created: event({}),
  },
})

/** A plan assembled from the plans of two teams. */
const growth = { pricing_viewed: event({ goal: 'account_created' }), account_created: event({ macro: true }) }
const product = {
  project_created: event({ goal: 'account_created', properties: typed<{ template: string }>() }),
}
export const assembled = definePlan({ name: 'a', version: '1', events: { ...growth, ...product } })

/** Every optional takes undefined. */
declare const maybe: boolean
export const optional = event({
  wireName: maybe ? 'a' : undefined,
  description: undefined,
  stage: maybe ? 'intent' : undefined,
  intent: undefined,
  kind: undefined,
  goal: undefined,
  after: undefined,
  macro: undefined,
  owner: undefined,
  version: undefined,
  status: undefined,
  rollout: undefined,
  sampleRate: undefined,
  frequency: maybe ? { max: undefined, per: undefined, key: undefined, minGap: undefined } : undefined,
  properties: undefined,
  counts: undefined,
  value: undefined,
  destinations: undefined,
})
export const optionalAfter = event({
  after: { event: 'a_b', times: undefined, within: undefined, without: undefined, properties: undefined },
})
export const optionalPlan = definePlan({
  name: 'a',
  version: '1',
  events: { a_b: optional, b_c: optionalAfter },
  funnels: { all: { steps: ['a_b', 'b_c'], within: undefined } },
  naming: undefined,
})

/** A copy of a standard event may lead to an event of its plan, and to no other. */
export const copied = definePlan({
  name: 'copied',
  version: '1',
  events: {
    account_created: event({ macro: true }),
    video_start: {
      ...standardEvents.video.video_start,
      // @ts-expect-error the plan has no such event
      goal: 'account_creatd',
    },
  },
})
