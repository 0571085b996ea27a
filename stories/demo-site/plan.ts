import { definePlan, event, type SchedulerFacts, standardEvents, typed } from 'react-microconversions'
import * as z from 'zod'

export const tiers = ['starter', 'team', 'network'] as const
export type Tier = (typeof tiers)[number]

const { form_start, form_step, form_failure, form_abandon, form_success, form_calendar, form_slot } =
  standardEvents.form
const { video_start, video_progress, video_complete, video_summary } = standardEvents.video
const step = { goal: 'demo_booked' } as const

/** The small steps of Rostrel's site that lead to a booked demo. */
export const plan = definePlan({
  name: 'rostrel',
  version: '7',
  owner: 'growth',
  events: {
    ...standardEvents.navigation,
    video_start: { ...video_start, ...step },
    video_progress: { ...video_progress, ...step },
    video_complete: { ...video_complete, ...step },
    video_summary: { ...video_summary, ...step },
    faq_opened: event({
      description: 'Opens an answer; each question counts once',
      stage: 'consideration',
      intent: 'medium',
      kind: 'engagement',
      goal: 'demo_booked',
      owner: 'content',
      frequency: { per: 'session', key: ({ question }) => question },
      properties: z.object({ question: z.string().max(40) }),
    }),
    second_answer: event({
      description: 'Reads on: something keeps this user from deciding',
      stage: 'consideration',
      intent: 'medium',
      kind: 'milestone',
      goal: 'demo_booked',
      owner: 'content',
      after: { event: 'faq_opened', times: 2, within: 'session' },
    }),
    pricing_clicked: event({
      description: 'Opens pricing, from wherever it is linked',
      stage: 'consideration',
      intent: 'high',
      kind: 'milestone',
      goal: 'demo_booked',
      frequency: 'once-per-session',
    }),
    pricing_left: event({
      description: 'Looked at the prices, and began no demo in three days',
      stage: 'consideration',
      kind: 'engagement',
      goal: 'demo_booked',
      after: { event: 'pricing_clicked', without: 'form_start', within: '3d' },
    }),
    tier_chosen: event({
      description: 'Picks a tier; each tier counts once',
      stage: 'intent',
      intent: 'high',
      kind: 'milestone',
      goal: 'demo_booked',
      frequency: { per: 'session', key: ({ tier }) => tier },
      properties: z.object({ tier: z.enum(tiers) }),
    }),
    form_start: { ...form_start, ...step },
    form_step: { ...form_step, ...step },
    form_failure: { ...form_failure, ...step },
    form_abandon: { ...form_abandon, ...step },
    form_success: { ...form_success, ...step },
    form_calendar: { ...form_calendar, ...step },
    form_slot: { ...form_slot, ...step },
    demo_booked: event({
      description: 'Has a demo in the calendar',
      stage: 'purchase',
      intent: 'high',
      kind: 'lead',
      macro: true,
      owner: 'sales',
      frequency: 'once-per-user',
      value: { value: 120, currency: 'EUR' },
      properties: typed<SchedulerFacts['booked'] & { tier: string }>(),
    }),
  },
  funnels: {
    // Only what nobody can pass by: a step that may be left out would be told as an anomaly.
    demo: { steps: ['page_view', 'form_start', 'form_slot', 'demo_booked'], within: '14d' },
  },
})
