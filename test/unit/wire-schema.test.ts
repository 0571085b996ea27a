import { describe, expect, test } from 'vitest'
import { journey } from '../../src/engine/journey/journey.ts'
import { definePlan } from '../../src/plan/define-plan.ts'
import { event } from '../../src/plan/event.ts'
import { standardEvents } from '../../src/plan/standard-events.ts'
import { typed } from '../../src/plan/standard-schema.ts'
import { createManualPlatform } from '../../src/testing/manual-platform.ts'
import { keptBodies } from '../support/kept-bodies.ts'
import { eventsIn } from '../support/read-batch.ts'
import { drain, openTracker } from '../support/tracking.ts'
import { wireSchema } from '../support/wire-schema.ts'

const plan = definePlan({
  name: 'acme',
  version: '3',
  events: {
    ...standardEvents.navigation,
    page_scrolled: event({}),
    tier_chosen: event({
      wireName: 'tier_picked',
      version: '2',
      stage: 'intent',
      intent: 'high',
      goal: 'demo_booked',
      sampleRate: 1,
      rollout: 0.9,
      frequency: 'once-per-session',
      value: { value: 12.5, currency: 'EUR' },
      properties: typed<{ tier: string; list: readonly number[] }>(),
    }),
    demo_booked: event({ macro: true, frequency: 'once-per-user' }),
    scrolled_after_all: event({ after: { event: 'page_scrolled' } }),
    scrolled_in_vain: event({ after: { event: 'page_scrolled', without: 'trial_started', within: '30s' } }),
    trial_started: event({}),
  },
})

type Batch = Record<string, readonly any[]>

/** What `http()` posts for a visit that uses all of it. */
async function posted() {
  const { bodies, destination } = keptBodies(204)
  const platform = createManualPlatform({
    path: '/pricing?utm_source=mail&utm_medium=mail&utm_campaign=spring&utm_term=t&utm_content=c&utm_id=7&gclid=x',
    referrer: 'https://www.google.com/search',
  })
  const { tracker } = openTracker(plan, {
    platform,
    plugins: [journey()],
    consent: { analytics: 'granted', marketing: 'pending' },
    destinations: [destination],
    release: '1.2.3',
  })
  tracker.page({ path: '/pricing', title: 'Pricing', type: 'offer' })
  tracker.track('page_scrolled')
  tracker.identify('u1')
  tracker.track('tier_chosen', { tier: 'pro', list: [1, 2] })
  tracker.track('demo_booked')
  await tracker.flush()
  platform.advance(40_000)
  tracker.page()
  await drain()
  await tracker.flush()
  return bodies.map((body): Batch => JSON.parse(body))
}

describe('the published schema of a batch', () => {
  test('describes every field that is sent, and no batch breaks it', async () => {
    const violations = wireSchema()
    const batches = await posted()
    expect(batches.flatMap(violations)).toEqual([])
    const events = batches.flatMap(eventsIn)
    expect(events.map(({ name }) => name).sort()).toEqual([
      'demo_booked',
      'page_scrolled',
      'page_view',
      'page_view',
      'scrolled_after_all',
      'scrolled_in_vain',
      'tier_picked',
    ])
    const named = (wanted: string) => events.find(({ name }) => name === wanted)
    const scrolled = named('page_scrolled')
    expect(named('scrolled_after_all')?.causes).toEqual([scrolled?.id])
    expect(named('scrolled_in_vain')).toMatchObject({
      causes: [scrolled?.id],
      dueAt: (scrolled?.time ?? 0) + 30_000,
    })
    expect(named('tier_picked')).toMatchObject({
      page: { type: 'offer' },
      userId: 'u1',
      goal: 'demo_booked',
      value: { value: 12.5, currency: 'EUR' },
      sampleRate: 1,
      rollout: 0.9,
      context: {
        release: '1.2.3',
        landing: { campaign: { source: 'mail', click: 'gclid' } },
        user: { visit: 1 },
      },
    })
  })

  test('refuses what is no batch of version 2', async () => {
    const violations = wireSchema()
    const [batch] = await posted()
    const [first] = batch?.['events'] ?? []
    const [context] = batch?.['contexts'] ?? []
    const [page] = batch?.['pages'] ?? []
    const changed: readonly object[] = [
      { schema: 'react-microconversions/batch/1' },
      { requestId: undefined },
      { sentAt: '2026-01-01' },
      { events: [] },
      { unsaid: true },
      { events: [{ ...first, id: '' }] },
      { events: [{ ...first, id: 'a\nb' }] },
      { events: [{ ...first, id: 'x'.repeat(101) }] },
      { events: [{ ...first, issues: 'value' }] },
      { contexts: [{ ...context, consent: { analytics: 'yes' } }] },
      { contexts: [] },
      { events: [{ ...first, page: -1 }] },
      { events: [{ ...first, context }] },
      { events: [{ ...first, properties: undefined }] },
      { contexts: [{ ...context, landing: 'direct' }] },
      { events: [{ ...first, causes: [7] }] },
      { pages: [{ ...page, scroll: 5 }] },
    ]
    expect(violations(batch)).toEqual([])
    for (const change of changed)
      expect(violations(JSON.parse(JSON.stringify({ ...batch, ...change })))).not.toEqual([])
  })
})
