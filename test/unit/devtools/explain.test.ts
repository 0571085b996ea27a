import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { needsOf } from '../../../src/devtools/parts/needs.ts'
import { explain, obstacle } from '../../../src/devtools/why/explain.ts'
import type { Check, Scene } from '../../../src/devtools/why/scene.ts'
import { decide } from '../../../src/engine/decision/decide.ts'
import { emitterOf } from '../../../src/engine/pipeline/emitter.ts'
import type { Decision } from '../../../src/engine/record/decision.ts'
import { inspectionOf } from '../../../src/engine/record/inspection.ts'
import type { TrackerOptions } from '../../../src/engine/tracker-options.ts'
import { type AnyPlan, definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { typed } from '../../../src/plan/standard-schema.ts'
import { createManualPlatform } from '../../../src/testing/manual-platform.ts'
import { listenToAdvice, MINUTE_MS, openTracker } from '../../support/tracking.ts'

type Options = Partial<Omit<TrackerOptions<AnyPlan>, 'plan' | 'platform'>>

const tiered = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: (value: unknown) =>
      typeof (value as { tier?: unknown }).tier === 'string'
        ? { value: value as { tier: string } }
        : { issues: [{ message: 'expected text', path: ['tier'] }] },
  },
} as const

/** What the overlay would show of one event of a plan. */
function asked(
  definition: ReturnType<typeof event>,
  options: Options = {},
  platform = createManualPlatform(),
) {
  listenToAdvice()
  const plan: AnyPlan = definePlan({
    name: 'acme',
    version: '1',
    events: { plan_chosen: definition, menu_opened: event({}) } as never,
  })
  const { tracker, destination } = openTracker(plan, { platform, ...options })
  const track = tracker.track as (name: string, properties?: object) => Decision
  return {
    platform,
    tracker,
    destination,
    track: (properties?: object) => track('plan_chosen', properties),
    checks(change: Partial<Scene> = {}, name = 'plan_chosen'): readonly Check[] {
      const inspection = inspectionOf(tracker)
      const attempts = tracker.record.get().decisions.filter(({ event: of }) => of === name)
      const last = attempts.at(-1)
      if (!inspection) throw new Error('it is live')
      return explain({
        event: name,
        names: [...plan.events.keys()],
        look: inspection.look({ event: name, properties: last?.properties, trigger: last?.trigger }),
        needs: needsOf(inspection.destinations),
        shadows: inspection.destinations.flatMap(({ name, shadow }) => (shadow ? name : [])),
        consent: tracker.consent.get(),
        gpc: [],
        holds: inspection.holds,
        derives: tracker.journey !== undefined,
        sources: [{ component: 'PricingLink', facts: ['click'], inView: true }],
        last,
        attempts: attempts.length,
        now: platform.now(),
        ...change,
      })
    },
  }
}
const stateOf = (checks: readonly Check[], name: string) => checks.find((check) => check.name === name)

describe('before the event happens', () => {
  it('misses a component that could report it', () => {
    expect(obstacle(asked(event({})).checks({ sources: [] }))).toMatchObject({
      name: 'On the page',
      state: 'waits',
    })
  })
  it('tells that none of it is in view', () => {
    const sources = [{ component: 'Impression', facts: ['impression'], inView: false }]
    expect(obstacle(asked(event({})).checks({ sources }))).toMatchObject({ name: 'In view', state: 'waits' })
  })
  it('tells at which fact it is reported', () => {
    expect(obstacle(asked(event({})).checks())).toMatchObject({
      name: 'Reported',
      state: 'waits',
      fix: 'It fires on: click of PricingLink.',
    })
  })
  it('does not judge what nobody has given', () => {
    const keyed = event({
      properties: tiered,
      frequency: { per: 'user', key: ({ tier }) => tier },
      counts: () => true,
    })
    const checks = asked(keyed).checks()
    for (const name of ['Properties', 'Success criterion', 'Frequency'])
      expect(stateOf(checks, name), name).toMatchObject({ state: 'unknown' })
    expect(stateOf(checks, 'Properties')?.seen).toContain('tier: expected text')
  })
})

describe('what stands in the way', () => {
  it('a name that the plan does not have, and its neighbour', () => {
    const { tracker, checks } = asked(event({}))
    ;(tracker.track as (name: string) => void)('plan_chosn')
    expect(obstacle(checks({}, 'plan_chosn'))).toMatchObject({ name: 'Plan', state: 'fails' })
    expect(obstacle(checks({}, 'plan_chosn'))?.fix).toContain('plan_chosen')
  })

  it.each<[string, ReturnType<typeof event>, Options, object | undefined]>([
    ['Properties', event({ properties: tiered }) as never, { invalid: 'drop' }, { tier: 3 }],
    [
      'Personal data',
      event({ properties: tiered }) as never,
      { personalData: 'block' },
      { tier: 'a@b.example' },
    ],
    [
      'Success criterion',
      event({ properties: tiered, counts: ({ tier }) => tier === 'pro' }) as never,
      {},
      { tier: 'free' },
    ],
    ['Status', event({ status: 'draft' }), {}, undefined],
    ['Status', event({ status: 'retired' }), {}, undefined],
    ['Status', event({ status: 'shadow' }), {}, undefined],
    ['Rollout', event({ rollout: 0 }), {}, undefined],
    ['Sample', event({ sampleRate: 0 }), {}, undefined],
    ['Destinations', event({ destinations: { memory: false } }), {}, undefined],
    ['memory', event({}), { consent: 'denied' }, undefined],
    ['beforeSend', event({}), { beforeSend: () => null }, undefined],
  ])('%s', (name, definition, options, given) => {
    const { track, checks } = asked(definition, options)
    expect(track(given).outcome).not.toBe('fired')
    expect(obstacle(checks())).toMatchObject({ name, state: 'fails' })
    expect(obstacle(checks())?.fix).toBeTruthy()
  })

  it('the status of a shadow event, with the destinations that get it all the same', () => {
    const seen = (definition: ReturnType<typeof event>, options: Options = {}) =>
      stateOf(asked(definition, options).checks(), 'Status')?.seen
    const http = { name: 'http', consent: 'analytics', shadow: true, send: () => {} } as const
    const shadowed = event({ status: 'shadow' })
    expect(seen(shadowed)).toBe('shadow: tried, and not sent: no destination here asks for shadow events')
    expect(seen(shadowed, { destinations: [http, { ...http, name: 'crm', shadow: false }] })).toBe(
      'shadow: tried, and sent only to http, marked as shadow',
    )
    expect(
      seen(event({ status: 'shadow', destinations: { http: false } }), { destinations: [http] }),
    ).toMatch(/not sent/)
  })

  it('a robot, where robots are not wanted', () => {
    const platform = createManualPlatform({ surroundings: { automated: true } })
    const { track, checks } = asked(event({}), { bots: 'drop' }, platform)
    expect(track()).toMatchObject({ reason: 'suspected-bot' })
    expect(obstacle(checks())).toMatchObject({ name: 'A person', state: 'fails' })
  })

  it('a frequency rule, with its key, the time of the last, and the time until it opens', () => {
    const { track, checks, platform } = asked(
      event({
        properties: typed<{ tier: string }>(),
        frequency: { max: 1, per: { window: '10min' }, key: ({ tier }) => tier },
      }) as never,
    )
    track({ tier: 'pro' })
    platform.advance(MINUTE_MS)
    expect(obstacle(checks())).toMatchObject({
      name: 'Frequency',
      state: 'fails',
      seen: 'once in 10 min for each key for pro, last 1 min ago; opens again in 9 min',
    })
    platform.advance(9 * MINUTE_MS)
    expect(obstacle(checks())).toBeUndefined()
  })

  it('a component that mounted again and reports the same', () => {
    const { tracker, checks } = asked(event({}))
    const emit = emitterOf(tracker)
    const trigger = { component: 'Impression', fact: 'impression', fromEffect: true }
    emit('plan_chosen', {}, trigger)
    expect(emit('plan_chosen', {}, trigger)).toMatchObject({ reason: 'repeated' })
    expect(obstacle(checks())).toMatchObject({ name: 'Frequency', fix: 'It counts again on the next page.' })
  })

  it('an essential property that is invalid, for the destination that does not take it', () => {
    const ads = { name: 'ads', consent: 'marketing', send: () => {} }
    const priced = event({
      properties: {
        '~standard': {
          version: 1,
          vendor: 'test',
          validate: () => ({ issues: [{ message: 'no', path: ['value'] }] }),
        },
      },
    })
    const { track, checks } = asked(priced as never, {
      destinations: [ads],
      consent: { analytics: 'granted', marketing: 'granted' },
    })
    track({ value: 'x' })
    expect(obstacle(checks())).toMatchObject({
      name: 'Delivery',
      seen: 'ads: lost (rejected), not sent: invalid value',
    })
    expect(stateOf(checks(), 'ads')).toMatchObject({ state: 'unknown', seen: 'not sent: invalid value' })
  })

  it('consent that nobody has given yet, and a browser that has refused it', () => {
    const ads = { name: 'ads', consent: 'marketing', send: () => {} }
    const only = event({ destinations: { memory: false } })
    const pending = asked(only, { destinations: [ads], consent: 'pending' })
    pending.track()
    expect(obstacle(pending.checks())).toMatchObject({
      name: 'ads',
      state: 'waits',
      seen: 'needs marketing: marketing pending',
    })
    const platform = createManualPlatform({ globalPrivacyControl: true })
    const refused = asked(only, { destinations: [ads], consent: 'granted' }, platform)
    refused.track()
    expect(obstacle(refused.checks({ gpc: ['marketing'] }))).toMatchObject({
      name: 'ads',
      state: 'fails',
      seen: 'needs marketing: marketing denied (Global Privacy Control is on)',
    })
    // The browser says so, but not about this category.
    expect(obstacle(refused.checks({ gpc: ['team'] }))?.seen).toBe('needs marketing: marketing denied')
  })

  it('an answer for which nothing waits', () => {
    const { track, checks } = asked(event({}), { consent: 'pending', hold: 'none' })
    expect(track()).toMatchObject({ outcome: 'dropped', reason: 'consent-pending' })
    expect(obstacle(checks())).toMatchObject({
      name: 'memory',
      state: 'fails',
      fix: expect.stringContaining('holds no events'),
    })
  })

  it('an event that follows from others, where nothing is derived', () => {
    const follows = event({ after: { event: 'menu_opened', times: 2 } as never })
    expect(obstacle(asked(follows as never).checks({ sources: [] }))).toMatchObject({
      name: 'Derived',
      state: 'fails',
      fix: expect.stringContaining('createTracker({ plan, plugins: [journey()] })'),
    })
    const checks = asked(follows as never).checks({ sources: [], derives: true })
    expect(obstacle(checks)).toMatchObject({
      name: 'Reported',
      state: 'waits',
      fix: 'It fires by itself once per session, when menu_opened has happened twice.',
    })
    expect(stateOf(checks, 'Frequency')?.seen).toBe('not checked yet (once per session)')
  })

  it('a destination that has refused the last one', async () => {
    const { tracker, track, checks } = asked(event({}), {
      destinations: [
        {
          name: 'crm',
          map: () => {
            throw new Error('no such field')
          },
          send: () => {},
        },
      ],
    })
    track()
    await tracker.flush()
    expect(obstacle(checks())).toMatchObject({
      name: 'Delivery',
      state: 'fails',
      seen: 'crm: lost (rejected), no such field',
      undelivered: 'crm',
    })
  })

  it('nothing: what a rule has counted so far is told with its key and time', () => {
    const { track, checks, platform } = asked(
      event({
        properties: typed<{ tier: string }>(),
        frequency: [{ max: 3, key: ({ tier }: { tier: string }) => tier }, { minGap: '1min' }],
      }) as never,
    )
    track({ tier: 'pro' })
    platform.advance(2 * MINUTE_MS)
    expect(obstacle(checks())).toBeUndefined()
    expect(stateOf(checks(), 'Frequency')?.seen).toBe(
      'at most 3 times per session for each key; at least 1 min apart; 1 of 3 used for pro, last 2 min ago; 1 time so far, last 2 min ago',
    )
  })

  it('nothing that could be told before: a draw for each event', () => {
    const { track, checks } = asked(event({ sampleRate: 0.5, sampleBy: 'event' }))
    track()
    expect(stateOf(checks(), 'Sample')).toMatchObject({ state: 'unknown' })
  })

  it('nothing: one destination that gets it is enough', () => {
    const ads = { name: 'ads', consent: 'marketing', send: () => {} }
    const { track, checks } = asked(event({}), {
      destinations: [ads],
      consent: { analytics: 'granted', marketing: 'pending' },
    })
    track()
    expect(obstacle(checks())).toBeUndefined()
    expect(stateOf(checks(), 'ads')).toMatchObject({ state: 'unknown' })
  })
})

describe('the checks and the decision', () => {
  const share = fc.constantFrom(undefined, 0, 0.5, 1)
  const state = fc.constantFrom('granted', 'pending', 'denied')
  const settings = fc.record({
    status: fc.constantFrom(undefined, 'draft', 'shadow', 'live', 'deprecated', 'retired'),
    rollout: share,
    sampleRate: share,
    max: fc.integer({ min: 1, max: 2 }),
    counts: fc.boolean(),
    tier: fc.constantFrom('pro', 'a@b.example', 3),
    excluded: fc.boolean(),
    consent: fc.record({ analytics: state, marketing: state }),
    invalid: fc.constantFrom('drop', 'flag'),
    personalData: fc.constantFrom('block', 'redact'),
    times: fc.integer({ min: 1, max: 3 }),
  })

  it('agree: something stands in the way exactly when the next attempt does not fire', () => {
    fc.assert(
      fc.property(settings, (given) => {
        const definition = event({
          ...(given.status && { status: given.status as never }),
          rollout: given.rollout,
          sampleRate: given.sampleRate,
          properties: tiered,
          frequency: { max: given.max, per: 'session' },
          counts: () => given.counts,
          ...(given.excluded && { destinations: { memory: false } as never }),
        })
        const { tracker, track, checks } = asked(definition as never, {
          consent: given.consent as never,
          invalid: given.invalid as never,
          personalData: given.personalData as never,
          destinations: [{ name: 'ads', consent: 'marketing', send: () => {} }],
        })
        for (let time = 0; time < given.times; time++) track({ tier: given.tier })
        const found = obstacle(checks().filter(({ name }) => name !== 'Delivery'))
        const look = inspectionOf(tracker)?.look({ event: 'plan_chosen', properties: { tier: given.tier } })
        if (!look) throw new Error('it is live')
        const next = decide(look.occurrence, look.planned, look.world)
        expect([found?.name, found === undefined]).toEqual([found?.name, next.outcome === 'fired'])
        tracker.dispose()
      }),
      { numRuns: 400 },
    )
  })
})
