import { definePlan } from '../../plan/define-plan.ts'
import { event } from '../../plan/event.ts'
import { typed } from '../../plan/standard-schema.ts'

/** Plan of the simulated site: a product with a demo to book. */
export const demoPlan = definePlan({
  name: 'acme',
  version: '3',
  events: {
    page_view: event({ stage: 'awareness', owner: 'web', properties: typed<object>() }),
    pricing_clicked: event({ stage: 'interest', owner: 'web', properties: typed<object>() }),
    demo_form_started: event({ stage: 'intent', owner: 'sales', properties: typed<object>() }),
    faq_opened: event({ stage: 'interest', owner: 'content', properties: typed<object>() }),
    tour_watched: event({ stage: 'interest', owner: 'content', rollout: 0.25, properties: typed<object>() }),
    newsletter_joined: event({ stage: 'interest', owner: 'content', properties: typed<object>() }),
    share_clicked: event({ stage: 'interest', owner: 'web', properties: typed<object>() }),
    chat_opened: event({ stage: 'intent', owner: 'sales', status: 'shadow', properties: typed<object>() }),
    demo_booked: event({ stage: 'conversion', macro: true, owner: 'sales', properties: typed<object>() }),
  },
  funnels: {
    demo: { steps: ['page_view', 'pricing_clicked', 'demo_form_started', 'demo_booked'], within: '7d' },
  },
})

/** How simulated users do an event. */
export interface Behaviour {
  /** How often a present user does it. */
  readonly perSecond: number
  /** By how much it changes the rate of a booking from then on: what a report should find. */
  readonly lift: number
  /** By how much a booking changes its rate. */
  readonly afterBooking: number
}

export const behaviour: Readonly<Record<string, Behaviour>> = {
  pricing_clicked: { perSecond: 1 / 200, lift: 2, afterBooking: 1 },
  demo_form_started: { perSecond: 1 / 500, lift: 5, afterBooking: 0.2 },
  faq_opened: { perSecond: 1 / 120, lift: 1, afterBooking: 1 },
  tour_watched: { perSecond: 1 / 300, lift: 2.5, afterBooking: 1 },
  newsletter_joined: { perSecond: 1 / 2_000, lift: 1, afterBooking: 30 },
  share_clicked: { perSecond: 1 / 3_000, lift: 1, afterBooking: 1 },
  chat_opened: { perSecond: 1 / 900, lift: 1, afterBooking: 1 },
}

/** Bookings per second of a user who has done nothing yet. */
export const BASE_RATE = 1 / 5_000
