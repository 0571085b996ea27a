import { sessionOf } from '../../src/devtools/session/session-file.ts'
import { definePlan } from '../../src/plan/define-plan.ts'
import { event } from '../../src/plan/event.ts'
import { standardEvents } from '../../src/plan/standard-events.ts'
import { typed } from '../../src/plan/standard-schema.ts'
import { createManualPlatform } from '../../src/testing/manual-platform.ts'
import { keptBodies } from './kept-bodies.ts'
import { listenToAdvice, openTracker } from './tracking.ts'

export const sessionPlan = definePlan({
  name: 'acme',
  version: '3',
  events: {
    page_view: standardEvents.navigation.page_view,
    pricing_clicked: event({
      frequency: 'once-per-session',
      properties: typed<{ tier: string; seats?: number; more?: object }>(),
    }),
    tour_watched: event({
      frequency: { max: 1, per: { window: '10min' }, key: ({ mark }) => mark },
      properties: typed<{ mark: string }>(),
    }),
    chat_opened: event({ status: 'draft' }),
    hint_seen: event({ frequency: { minGap: '5s' } }),
    demo_booked: event({ macro: true, frequency: 'once-per-user' }),
    ad_clicked: event({ destinations: { memory: false, http: false } }),
  },
})

/** In each place where a value can hide. None of these may be in a file unless it was allowed. */
export const secrets = {
  tier: 'SECRET-tier',
  nested: 'SECRET-nested',
  key: 'SECRET@key',
  title: 'SECRET title',
  query: 'SECRET-query',
  user: 'SECRET-user',
  mark: 'SECRET-mark',
} as const

/** A visit that uses most of what a record can hold, through a real tracker; `pending` until the last attempt but one. */
export async function recordedVisit() {
  listenToAdvice() // of the name that is not in the plan
  const { bodies, destination } = keptBodies(503)
  const platform = createManualPlatform({
    path: `/pricing?utm_content=${secrets.query}`,
    title: secrets.title,
  })
  const tracking = openTracker(sessionPlan, {
    platform,
    consent: 'pending',
    personalData: 'allow',
    urlParameters: ['utm_content'],
    destinations: [destination],
  })
  const { tracker } = tracking
  tracker.page({ path: '/pricing', title: secrets.title })
  const properties = { tier: secrets.tier, seats: 3, more: { [secrets.key]: [secrets.nested] } }
  tracker.track('pricing_clicked', properties)
  platform.advance(1_200)
  tracker.track('pricing_clicked', { tier: secrets.tier })
  tracker.consent.update('granted')
  tracker.identify(secrets.user)
  platform.advance(800)
  tracker.track('tour_watched', { mark: secrets.mark })
  tracker.track('chat_opened')
  tracker.track('hint_seen')
  platform.advance(1_000)
  tracker.track('hint_seen')
  platform.navigate('/demo')
  tracker.page({ path: '/demo' })
  platform.advance(2_000)
  tracker.track('demo_booked')
  tracker.track('demo_bookd' as 'demo_booked')
  platform.advance(5_000)
  await tracker.flush()
  await platform.settle()
  return { ...tracking, bodies }
}

/** Epoch ms. */
export const MADE = Date.UTC(2026, 0, 1, 0, 1)

export async function recordedSession(allowed: readonly string[] = []) {
  const { tracker } = await recordedVisit()
  return sessionOf(tracker.record.get(), tracker.plan, { made: MADE, allowed: new Set(allowed) })
}
