import { definePlan } from '../../src/plan/define-plan.ts'
import { event } from '../../src/plan/event.ts'
import { typed } from '../../src/plan/standard-schema.ts'

export const plan = definePlan({
  name: 'acme',
  version: '3',
  events: {
    page_view: event({ properties: typed<{ seen?: boolean }>() }),
    tier_chosen: event({ wireName: 'tier_picked', goal: 'demo_booked', properties: typed<object>() }),
    demo_booked: event({ macro: true }),
  },
  funnels: { demo: { steps: ['tier_chosen', 'demo_booked'], within: '7d' } },
})

export const uuidAt = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`

export const USER = uuidAt(901)
export const SESSION = uuidAt(902)

const device = {
  class: 'mobile',
  viewport: { width: 390, height: 844 },
  language: 'de',
  timeZone: 'Europe/Berlin',
}
const landing = {
  url: 'https://a.test/start',
  path: '/start',
  referrer: 'https://www.google.com/',
  referrerClass: 'search',
  campaign: {
    source: 'mail',
    medium: 'email',
    name: 'spring',
    term: 't',
    content: 'c',
    click: 'gclid',
    clickId: 'secret',
  },
}
const consent = { analytics: 'granted', marketing: 'denied' }

/** An event of version 2 that has each field. */
export const fullEvent = (time: number) => ({
  id: uuidAt(1),
  name: 'tier_picked',
  version: '2',
  properties: { tier: 'pro' },
  time,
  context: 0,
  page: 0,
  scope: { variant: 'b' },
  stage: 'intent',
  intent: 'high',
  goal: 'demo_booked',
  value: { value: 12.5, currency: 'EUR' },
  sampleRate: 0.5,
  rollout: 0.9,
  shadow: true,
  trigger: {
    component: 'TrackedForm',
    fact: 'submit',
    factKey: 'email',
    attemptId: 'attempt-1',
    fromEffect: false,
    synthetic: 'delivered',
  },
  issues: ['items.0.price', ''],
  causes: [uuidAt(2), 'order-7'],
  dueAt: time - 10,
  replay: 'https://replay.test/s1?t=2',
})

export const fullContext = {
  plan: 'acme',
  planVersion: '3',
  library: '0.2.0',
  release: '1.2.3',
  anonymousId: USER,
  userId: 'u1',
  sessionId: SESSION,
  consent,
  storage: 'memory',
  landing,
  device,
  user: { visit: 4, returning: true, daysSinceLast: 2 },
  bot: true,
  traits: { plan: 'team' },
  experiments: { hero: 'b' },
}

export const fullPage = {
  number: 2,
  url: 'https://a.test/pricing',
  path: '/pricing',
  title: 'Pricing',
  referrer: 'https://a.test/',
  type: 'offer',
}

/** A batch of version 2 with one event that has each field. */
export const fullBatch = (sentAt: number, time = sentAt) => ({
  schema: 'react-microconversions/batch/2',
  requestId: uuidAt(900),
  sentAt,
  contexts: [fullContext],
  pages: [fullPage],
  events: [fullEvent(time)],
})

/** The least that version 2 sends: what is usual is left out. */
export const smallBatch = (sentAt: number, ids: readonly string[] = [uuidAt(1)], more: object = {}) => ({
  schema: 'react-microconversions/batch/2',
  requestId: uuidAt(900),
  sentAt,
  contexts: [
    {
      plan: 'acme',
      planVersion: '3',
      library: '0.2.0',
      anonymousId: USER,
      sessionId: SESSION,
      consent,
      device,
    },
  ],
  pages: [{ number: 1, url: 'https://a.test/', path: '/', title: 'Start' }],
  events: ids.map((id) => ({ id, name: 'page_view', properties: {}, time: sentAt, ...more })),
})

/** The event of `fullBatch` as version 1 sent it. */
export function fullBatchOfVersion1(sentAt: number, time = sentAt) {
  const { context, page, scope, rollout, shadow, trigger, replay, ...own } = fullEvent(time)
  const { synthetic, ...triggered } = trigger
  const { plan, planVersion, storage, user, bot, traits } = fullContext
  return {
    schema: 'react-microconversions/batch/1',
    requestId: uuidAt(900),
    sentAt,
    events: [
      {
        ...own,
        trigger: triggered,
        page: fullPage,
        sessionId: SESSION,
        anonymousId: USER,
        userId: 'u1',
        consent,
        context: { plan, planVersion, storage, scope, landing, device, visitor: user, bot, traits },
      },
    ],
  }
}
