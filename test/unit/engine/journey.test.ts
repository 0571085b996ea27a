import { describe, expect, test } from 'vitest'
import { stepsOf } from '../../../src/engine/journey/history.ts'
import { intentOf } from '../../../src/engine/journey/intent.ts'
import { journey } from '../../../src/engine/journey/journey.ts'
import type { Decision } from '../../../src/engine/record/decision.ts'
import { type AnyPlan, definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { typed } from '../../../src/plan/standard-schema.ts'
import { createManualPlatform } from '../../../src/testing/manual-platform.ts'
import type { TestTrackerOptions } from '../../../src/testing/test-tracker.ts'
import { drain, HOUR_MS, listenToAdvice, MINUTE_MS, openTracker, SECOND_MS } from '../../support/tracking.ts'

const DAY_MS = 24 * HOUR_MS
const open = <P extends AnyPlan>(plan: P, options: TestTrackerOptions<P> = {}) =>
  openTracker(plan, { plugins: [journey()], ...options })

const shop = definePlan({
  name: 'shop',
  version: '1',
  events: {
    add_to_cart: event({ intent: 'medium' }),
    begin_checkout: event({ intent: 'high' }),
    purchase: event({
      macro: true,
      properties: typed<{ order: string }>(),
      frequency: { per: 'user', key: ({ order }) => order },
    }),
    tab_seen: event({ intent: 'low' }),
  },
  funnels: { checkout: { steps: ['add_to_cart', 'begin_checkout', 'purchase'], within: '1d' } },
})
const anomalies = (decisions: readonly Decision[]) =>
  decisions.flatMap(({ event: name, anomalies: found = [] }) => found.map((each) => [name, each]))

describe('what is wrong with the order of events', () => {
  test('a skipped step, a missing start and a second macro conversion are told, recorded and counted', async () => {
    const said = listenToAdvice()
    const { tracker, decisions, platform } = open(shop)
    await drain()
    tracker.track('purchase', { order: '1' })
    await drain()
    tracker.track('add_to_cart')
    platform.advance(SECOND_MS)
    tracker.track('purchase', { order: '2' })
    tracker.track('purchase', { order: '2' })
    await drain()
    expect(anomalies(decisions())).toEqual([
      ['purchase', { kind: 'missing-start', funnel: 'checkout', missing: 'add_to_cart' }],
      ['purchase', { kind: 'double-macro' }],
      ['purchase', { kind: 'skipped-step', funnel: 'checkout', missing: 'begin_checkout' }],
    ])
    expect(tracker.record.get().anomalies).toEqual({
      'missing-start': 1,
      'double-macro': 1,
      'skipped-step': 1,
    })
    expect(said().map((message) => message.slice(0, 8))).toEqual(['[RMC122]', '[RMC123]', '[RMC121]'])
  })

  test('nothing is wrong in order, over page loads, or with another conversion in another session', async () => {
    const said = listenToAdvice()
    const platform = createManualPlatform()
    const first = open(shop, { platform })
    await drain()
    first.tracker.track('add_to_cart')
    first.tracker.track('begin_checkout')
    await first.tracker.flush()
    first.tracker.dispose()
    platform.advance(MINUTE_MS)
    const next = open(shop, { platform: platform.reload() })
    await drain()
    next.tracker.track('purchase', { order: '1' })
    await drain()
    platform.advance(HOUR_MS)
    for (const name of ['add_to_cart', 'begin_checkout'] as const) next.tracker.track(name)
    next.tracker.track('purchase', { order: '2' })
    await drain()
    expect(next.tracker.record.get().counts['purchase']?.fired).toBe(2)
    expect(next.tracker.record.get().anomalies).toEqual({})
    expect(said()).toEqual([])
  })

  test('what came too late is as if it had not begun', async () => {
    listenToAdvice()
    const { tracker, platform } = open(shop)
    await drain()
    tracker.track('add_to_cart')
    tracker.track('begin_checkout')
    platform.advance(2 * DAY_MS)
    tracker.track('purchase', { order: '1' })
    await drain()
    expect(tracker.record.get().anomalies).toEqual({ 'missing-start': 1 })
  })

  test('a page that may not remember does not judge the pages before it', async () => {
    const said = listenToAdvice()
    const { tracker } = open(shop, { consent: 'denied' })
    tracker.track('purchase', { order: '1' })
    await drain()
    // Nor does one whose earlier pages were lost before the grant.
    const platform = createManualPlatform({ referrer: 'https://example.test/cart' })
    const later = open(shop, { platform, consent: 'pending' })
    later.tracker.consent.update('granted')
    await drain()
    later.tracker.track('purchase', { order: '2' })
    await drain()
    expect(later.tracker.record.get().counts['purchase']?.fired).toBe(1)
    for (const each of [tracker, later.tracker]) expect(each.record.get().anomalies).toEqual({})
    expect(said()).toEqual([])
  })

  test('a held conversion is judged when it is released', async () => {
    listenToAdvice()
    const { tracker, decisions } = open(shop, { consent: 'pending' })
    tracker.track('begin_checkout')
    tracker.track('add_to_cart')
    expect(anomalies(decisions())).toEqual([])
    tracker.consent.update('granted')
    await drain()
    expect(anomalies(decisions())).toEqual([
      ['begin_checkout', { kind: 'skipped-step', funnel: 'checkout', missing: 'add_to_cart' }],
    ])
  })
})

describe('the history', () => {
  test('holds names, times and sessions, and stores nothing else of an event', async () => {
    listenToAdvice()
    const { tracker, platform } = open(shop)
    await drain()
    tracker.track('purchase', { order: 'secret-order' })
    await drain()
    const history = tracker.journey?.get()
    expect(history?.steps).toEqual([{ event: 'purchase', time: platform.now(), session: history?.session }])
    const rows = Object.entries(platform.stored()).filter(([key]) => key.includes('journey:'))
    expect(rows.map(([key]) => key.split(' ')[0])).toEqual(['local', 'database'])
    for (const row of rows) expect(row.join()).not.toContain('secret')
  })

  test('keeps the newest 50 of an event, for 180 days', async () => {
    const { tracker, platform } = open(shop)
    await drain()
    for (let index = 0; index < 60; index++) {
      platform.advance(SECOND_MS)
      tracker.track('tab_seen')
    }
    await drain()
    const seen = () => tracker.journey?.get().steps.filter(({ event: name }) => name === 'tab_seen') ?? []
    expect(seen()).toHaveLength(50)
    expect(seen().at(-1)?.time).toBe(platform.now())
    platform.advance(180 * DAY_MS)
    tracker.track('add_to_cart')
    await drain()
    expect(seen()).toEqual([])
  })

  test('what storage holds is not trusted', async () => {
    const platform = createManualPlatform()
    const first = open(shop, { platform })
    await drain()
    first.tracker.track('tab_seen')
    await drain()
    first.tracker.dispose()
    const key = platform.local.keys().find((name) => name.endsWith(':tab_seen')) ?? ''
    for (const text of [
      '{',
      '7',
      '[null, 1, {"id": 1}, {"id": "x", "time": "soon", "number": 1, "session": "s"}]',
    ]) {
      platform.local.set(key, text)
      const { tracker } = open(shop, { platform: platform.reload() })
      tracker.track('add_to_cart')
      await drain()
      expect(tracker.journey?.get().steps.map(({ event: name }) => name)).toContain('add_to_cart')
      tracker.dispose()
    }
  })

  test('is told to listeners when it changes, and while somebody listens, when time has passed', async () => {
    const { tracker, platform } = open(shop)
    await drain()
    let heard = 0
    const stop = tracker.journey?.subscribe(() => heard++)
    const before = tracker.journey?.get()
    expect(tracker.journey?.get()).toBe(before)
    tracker.track('tab_seen')
    expect(heard).toBeGreaterThan(0)
    await drain()
    const counted = heard
    platform.advance(10 * SECOND_MS)
    expect(heard).toBe(counted + 1)
    expect(tracker.journey?.get().now).toBe(platform.now())
    stop?.()
    platform.advance(MINUTE_MS)
    tracker.track('tab_seen')
    expect(heard).toBe(counted + 1)
  })

  test('a listener that throws disturbs nobody', async () => {
    const said = listenToAdvice()
    const { tracker } = open(shop)
    tracker.journey?.subscribe(() => {
      throw new Error('mine')
    })
    expect(tracker.track('tab_seen').outcome).toBe('fired')
    await drain()
    expect(said().join()).toContain('mine')
  })
})

describe('steps of one event', () => {
  const history = {
    steps: [
      { event: 'a', time: 1_000, session: 'one' },
      { event: 'b', time: 2_000, session: 'two' },
      { event: 'a', time: 9_000, session: 'two' },
    ],
    session: 'two',
    now: 11_000,
  }
  test('ever, in a time, in the session', () => {
    expect(stepsOf(history, 'a').map(({ time }) => time)).toEqual([1_000, 9_000])
    expect(stepsOf(history, 'a', '10s').map(({ time }) => time)).toEqual([9_000])
    expect(stepsOf(history, 'a', '11s')).toHaveLength(2)
    expect(stepsOf(history, 'a', 'session').map(({ time }) => time)).toEqual([9_000])
    expect(stepsOf(history, 'c')).toEqual([])
  })
})

describe('intent', () => {
  const { events } = shop
  const of = (now: number, ...names: readonly string[]) =>
    intentOf(events, {
      steps: names.map((name) => ({ event: name, time: 0, session: 's' })),
      session: 's',
      now,
    })

  test('one event reaches the level that it has in the plan; none is none', () => {
    expect(of(0)).toEqual({ score: 0, level: 'none' })
    expect(of(0, 'purchase')).toEqual({ score: 0, level: 'none' })
    expect(of(0, 'tab_seen')).toEqual({ score: 10, level: 'low' })
    expect(of(0, 'add_to_cart')).toEqual({ score: 26, level: 'medium' })
    expect(of(0, 'begin_checkout')).toEqual({ score: 59, level: 'high' })
  })

  test('adds up towards 100, and halves with each day', () => {
    expect(of(0, 'begin_checkout', 'add_to_cart', 'tab_seen')).toEqual({ score: 73, level: 'high' })
    expect(of(0, ...Array.from({ length: 100 }, () => 'begin_checkout')).score).toBe(100)
    expect(of(DAY_MS, 'begin_checkout')).toEqual({ score: 36, level: 'medium' })
    expect(of(30 * DAY_MS, 'begin_checkout')).toEqual({ score: 0, level: 'none' })
    // A clock that was set back.
    expect(of(-DAY_MS, 'begin_checkout').score).toBe(59)
  })
})
