import { afterEach, describe, expect, test, vi } from 'vitest'
import { memory } from '../../../src/destinations/memory.ts'
import { emitterOf } from '../../../src/engine/pipeline/emitter.ts'
import type { Outcome } from '../../../src/engine/record/decision.ts'
import type { RecordState } from '../../../src/engine/record/record-view.ts'
import { createTracker } from '../../../src/engine/tracker.ts'
import type { TrackerOptions } from '../../../src/engine/tracker-options.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { typed } from '../../../src/plan/standard-schema.ts'
import { createManualPlatform } from '../../../src/testing/manual-platform.ts'
import { drain, listenToAdvice, openTracker } from '../../support/tracking.ts'

const SECRET = 'the word that nobody may know'
const plan = definePlan({
  name: 'acme',
  version: '1',
  events: {
    step_taken: event({ properties: typed<{ number: number }>() }),
    mail_given: event({
      properties: typed<{ mail: string }>(),
      frequency: { per: 'session', key: ({ mail }) => mail },
    }),
    demo_booked: event({ frequency: 'once-per-user' }),
  },
})

afterEach(() => vi.unstubAllEnvs())

/** Not the test tracker: that one watches. */
function open(options: Partial<TrackerOptions<typeof plan>> = {}) {
  const platform = createManualPlatform()
  const destination = memory()
  const tracker = createTracker({
    plan,
    platform,
    destinations: [destination],
    consent: 'granted',
    ...options,
  })
  return { tracker, platform, destination }
}

const sum = ({ counts }: RecordState, outcome: Outcome) =>
  Object.values(counts).reduce((total, count) => total + count[outcome], 0)

describe('in development', () => {
  test('keeps a thousand decisions, oldest first, and counts what it forgot', () => {
    const { tracker } = open()
    for (let number = 1; number <= 1_005; number++) tracker.track('step_taken', { number })
    const { decisions, forgotten, counts } = tracker.record.get()
    expect(decisions).toHaveLength(1_000)
    expect(decisions[0]?.number).toBe(6)
    expect(decisions.at(-1)).toMatchObject({ number: 1_005, properties: { number: 1_005 } })
    expect(forgotten).toBe(5)
    expect(counts).toEqual({ step_taken: { fired: 1_005, held: 0, dropped: 0, shadowed: 0 } })
  })

  test('keeps ten thousand while it is watched', () => {
    const { tracker } = open()
    const stop = tracker.record.watch()
    for (let number = 1; number <= 10_005; number++) tracker.track('step_taken', { number })
    const { decisions, forgotten } = tracker.record.get()
    expect([decisions.length, decisions[0]?.number, forgotten]).toEqual([10_000, 6, 5])
    stop()
    expect(tracker.record.get()).toMatchObject({ decisions: { length: 1_000 }, forgotten: 9_005 })
    expect(tracker.record.get().decisions[0]).toMatchObject({ number: 9_006, properties: { number: 9_006 } })
    expect(decisions).toHaveLength(10_000)
  })

  test('clear() forgets the decisions, and keeps the counts', () => {
    const { tracker } = open()
    tracker.track('step_taken', { number: 1 })
    tracker.record.clear()
    tracker.track('step_taken', { number: 2 })
    const { decisions, forgotten, counts } = tracker.record.get()
    expect(decisions.map(({ number }) => number)).toEqual([2])
    expect(forgotten).toBe(1)
    expect(counts['step_taken']?.fired).toBe(2)
  })

  test('names made of data do not make the counts grow for ever', () => {
    listenToAdvice()
    const { tracker } = open()
    tracker.track('constructor' as never)
    for (let number = 1; number <= 1_500; number++) tracker.track(`card_${number}` as never)
    tracker.track('card_1' as never)
    const { counts } = tracker.record.get()
    expect(Object.keys(counts)).toHaveLength(1_001)
    expect(counts['constructor']?.dropped).toBe(1)
    expect(counts['card_1']?.dropped).toBe(2)
    expect(counts['(other)']?.dropped).toBe(501)
  })

  test('every attempt has one decision, and track returns it', () => {
    const { tracker } = open()
    const returned = [
      tracker.track('step_taken', { number: 1 }),
      tracker.track('demo_booked'),
      tracker.track('demo_booked'),
    ]
    expect(
      tracker.record.get().decisions.map(({ number, outcome, reason }) => ({ number, outcome, reason })),
    ).toEqual(returned.map(({ number, outcome, reason }) => ({ number, outcome, reason })))
  })

  test('carries no amendment where nothing was amended', async () => {
    const { tracker } = open()
    tracker.track('demo_booked')
    await drain()
    expect(tracker.record.get().decisions[0]?.first).toBeUndefined()
  })

  test('names the id of the event that was sent', async () => {
    const { tracker, destination } = open()
    tracker.track('demo_booked')
    tracker.track('step_taken', { number: 1 })
    await drain()
    expect(tracker.record.get().decisions.map(({ eventId }) => eventId)).toEqual(
      destination.events.map(({ id }) => id),
    )
  })

  test('is a new snapshot at each change, and the same between', () => {
    const { tracker } = open()
    const before = tracker.record.get()
    expect(tracker.record.get()).toBe(before)
    tracker.track('step_taken', { number: 1 })
    expect(tracker.record.get()).not.toBe(before)
    expect(before.decisions).toEqual([])
  })

  test('tells its subscribers, until they stop', () => {
    const { tracker } = open()
    const heard = vi.fn()
    const stop = tracker.record.subscribe(heard)
    tracker.track('step_taken', { number: 1 })
    const before = heard.mock.calls.length
    expect(before).toBeGreaterThan(0)
    stop()
    stop()
    tracker.track('step_taken', { number: 2 })
    expect(heard).toHaveBeenCalledTimes(before)
  })
})

describe('in production (R1)', () => {
  const openProduction = (options: Partial<TrackerOptions<typeof plan>> = {}) => {
    vi.stubEnv('NODE_ENV', 'production')
    return open(options)
  }

  test('keeps a hundred decisions, and all counts', () => {
    const { tracker } = openProduction()
    for (let number = 1; number <= 105; number++) tracker.track('step_taken', { number })
    const { decisions, forgotten, counts } = tracker.record.get()
    expect([decisions.length, forgotten]).toEqual([100, 5])
    expect(counts['step_taken']?.fired).toBe(105)
  })

  test('keeps no value of a property: not by itself, not as a key, not after an amendment', async () => {
    const { tracker, destination } = openProduction({ consent: 'pending' })
    tracker.track('mail_given', { mail: SECRET })
    tracker.track('mail_given', { mail: SECRET })
    emitterOf(tracker)('step_taken', { number: 1 }, { component: 'track', fact: 'call' }, { user: SECRET })
    expect(JSON.stringify(tracker.record.get())).not.toContain(SECRET)
    tracker.consent.update('granted')
    await drain()
    expect(destination.events[0]?.properties).toEqual({ mail: SECRET })
    expect(JSON.stringify(tracker.record.get())).not.toContain(SECRET)
  })

  test('keeps no message of a schema: it may quote what was given', () => {
    const validate = () => ({ issues: [{ message: `not a mail: ${SECRET}`, path: ['mail'] }] })
    const properties = { '~standard': { version: 1, vendor: 'test', validate } } as const
    const quoting = definePlan({ name: 'q', version: '1', events: { mail_given: event({ properties }) } })
    vi.stubEnv('NODE_ENV', 'production')
    const tracker = createTracker({ plan: quoting, platform: createManualPlatform(), consent: 'granted' })
    expect(tracker.track('mail_given').issues?.[0]?.message).toContain(SECRET)
    expect(tracker.record.get().decisions[0]?.issues).toEqual([{ message: '', path: ['mail'] }])
  })

  test('returns the whole decision to the caller all the same', () => {
    const { tracker } = openProduction()
    expect(tracker.track('mail_given', { mail: SECRET }).properties).toEqual({ mail: SECRET })
  })

  test('keeps everything while it is watched, and no longer', () => {
    const { tracker } = openProduction()
    tracker.track('mail_given', { mail: SECRET })
    const stops = [tracker.record.watch(), tracker.record.watch()]
    tracker.track('mail_given', { mail: SECRET })
    expect(tracker.record.get().decisions.map(({ properties }) => properties)).toEqual([
      undefined,
      { mail: SECRET },
    ])
    for (let number = 0; number < 200; number++) tracker.track('step_taken', { number })
    expect(tracker.record.get().decisions).toHaveLength(202)
    stops[0]?.()
    stops[0]?.()
    tracker.track('mail_given', { mail: SECRET })
    expect(JSON.stringify(tracker.record.get())).toContain(SECRET)
    stops[1]?.()
    expect(JSON.stringify(tracker.record.get())).not.toContain(SECRET)
    expect(tracker.record.get().decisions).toHaveLength(100)
    expect(tracker.record.get().forgotten).toBe(103)
  })

  test('counts what became of held occurrences that it has forgotten', async () => {
    const { tracker } = openProduction({ consent: 'pending' })
    for (let number = 0; number < 300; number++) tracker.track('step_taken', { number })
    expect(sum(tracker.record.get(), 'held')).toBe(300)
    tracker.consent.update('granted')
    await drain(2_000)
    expect(tracker.record.get().counts).toEqual({
      step_taken: { fired: 300, held: 0, dropped: 0, shadowed: 0 },
    })
  })

  test('says nothing on the console', () => {
    const said = vi.spyOn(console, 'error')
    const { tracker } = openProduction()
    ;(tracker.track as (name: string) => unknown)('demo_boked')
    tracker.identify('ada')
    tracker.identify('grace')
    expect(said).not.toHaveBeenCalled()
  })
})

describe('amendments', () => {
  test('keep what track returned, and move the counts', async () => {
    const { tracker } = open({ consent: 'pending' })
    expect(tracker.track('demo_booked').outcome).toBe('held')
    tracker.consent.update('denied')
    const { decisions, counts } = tracker.record.get()
    expect(decisions[0]).toMatchObject({ outcome: 'dropped', first: { outcome: 'held' } })
    expect(counts['demo_booked']).toEqual({ fired: 0, held: 0, dropped: 1, shadowed: 0 })
  })

  test('after clear() still move the counts', () => {
    const { tracker } = open({ consent: 'pending' })
    tracker.track('demo_booked')
    tracker.record.clear()
    tracker.consent.update('denied')
    expect(tracker.record.get().decisions).toEqual([])
    expect(tracker.record.get().counts['demo_booked']).toEqual({ fired: 0, held: 0, dropped: 1, shadowed: 0 })
  })
})

test('shadow events count apart, also after their ids were adopted (F15)', async () => {
  const shadows = definePlan({
    name: 'acme',
    version: '1',
    events: { demo_booked: event({ status: 'shadow', frequency: 'once-per-user' }) },
  })
  const { tracker, platform, destination } = openTracker(shadows, { consent: 'pending' })
  const other = openTracker(shadows, { platform: platform.openTab() })
  await drain()
  expect(tracker.track('demo_booked').would?.reason).toBe('consent-pending')
  tracker.consent.update('granted')
  await drain()
  expect(tracker.track('demo_booked')).toMatchObject({
    outcome: 'shadowed',
    would: { outcome: 'dropped', reason: 'frequency' },
  })
  expect([...destination.events, ...other.destination.events]).toEqual([])
  expect(Object.keys(platform.stored()).join()).not.toContain('demo_booked')
})
