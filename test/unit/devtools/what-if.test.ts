import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memory } from '../../../src/destinations/memory.ts'
import { needsOf } from '../../../src/devtools/parts/needs.ts'
import { presetsFor, type WhatIfRow, whatIf } from '../../../src/devtools/user/what-if.ts'
import type { ConsentNeed, ConsentSnapshot } from '../../../src/engine/permission/consent-types.ts'
import { emitterOf } from '../../../src/engine/pipeline/emitter.ts'
import { inspectionOf } from '../../../src/engine/record/inspection.ts'
import type { AnyTracker } from '../../../src/engine/tracker-api.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { typed } from '../../../src/plan/standard-schema.ts'
import { createManualPlatform } from '../../../src/testing/manual-platform.ts'
import { createTestTracker } from '../../../src/testing/test-tracker.ts'
import { drain, listenToAdvice, openTracker } from '../../support/tracking.ts'

function matrixOf(tracker: AnyTracker, presets: Parameters<typeof whatIf>[0]['presets'], holds = true) {
  const inspection = inspectionOf(tracker)
  if (!inspection) throw new Error('the tracker is live')
  const { decisions } = tracker.record.get()
  return whatIf({
    plan: tracker.plan,
    decisions,
    needs: needsOf(inspection.destinations),
    who: inspection.who(),
    holds,
    presets,
  })
}

const presetsOf = (tracker: AnyTracker) =>
  presetsFor(tracker.consent.get(), inspectionOf(tracker)?.signals ?? {})
const row = (rows: readonly WhatIfRow[], name: string) => rows.find(({ event }) => event === name)
const both = { analytics: 'granted', marketing: 'granted' } as const

describe('presets', () => {
  it('are now, everything, nothing, each alone, and everything under GPC', () => {
    const { tracker } = openTracker(definePlan({ name: 'p', version: '1', events: {} }), {
      consent: { analytics: 'pending', marketing: 'pending' },
    })
    expect(presetsOf(tracker).map(({ title, consent }) => [title, ...Object.values(consent)])).toEqual([
      ['Now', 'pending', 'pending'],
      ['All granted', 'granted', 'granted'],
      ['All denied', 'denied', 'denied'],
      ['Only analytics', 'granted', 'denied'],
      ['Only marketing', 'denied', 'granted'],
      ['Granted, GPC on', 'granted', 'denied'],
    ])
  })

  it('know which categories the signal denies here', () => {
    const { tracker } = openTracker(definePlan({ name: 'p', version: '1', events: {} }), {
      consent: both,
      signals: { gpc: ['analytics'] },
    })
    expect(presetsOf(tracker).at(-1)?.consent).toEqual({ analytics: 'denied', marketing: 'granted' })
  })
})

describe('what if', () => {
  const plan = definePlan({
    name: 'acme',
    version: '1',
    events: {
      link_followed: event({}),
      pricing_viewed: event({ frequency: 'once-per-session' }),
      kept_private: event({ destinations: { ads: false } }),
      chat_opened: event({ status: 'draft' }),
    },
  })

  it('says where each event of the session would go', () => {
    const { tracker } = openTracker(plan, {
      consent: { analytics: 'denied', marketing: 'pending' },
      destinations: [memory({ name: 'ads', consent: 'marketing' })],
    })
    for (const name of [
      'link_followed',
      'link_followed',
      'pricing_viewed',
      'pricing_viewed',
      'kept_private',
    ] as const)
      tracker.track(name)
    tracker.track('chat_opened')
    const rows = matrixOf(tracker, presetsOf(tracker))
    const once = { sent: 1, held: 0 }
    const waits = { sent: 0, held: 2 }
    expect(row(rows, 'link_followed')?.cells).toEqual([
      { ads: waits },
      { memory: { sent: 2, held: 0 }, ads: { sent: 2, held: 0 } },
      {},
      { memory: { sent: 2, held: 0 } },
      { ads: { sent: 2, held: 0 } },
      { memory: { sent: 2, held: 0 } },
    ])
    // The second of a session counts under no answer.
    expect(row(rows, 'pricing_viewed')).toMatchObject({ attempts: 2 })
    expect(row(rows, 'pricing_viewed')?.cells[1]).toEqual({ memory: once, ads: once })
    expect(row(rows, 'kept_private')?.cells[4]).toEqual({})
    expect(row(rows, 'chat_opened')?.cells).toEqual([{}, {}, {}, {}, {}, {}])
  })

  it('remembers what was counted before its first attempt', async () => {
    const events = { demo_booked: event({ frequency: 'once-per-user' }) }
    const lasting = definePlan({ name: 'lasting', version: '1', events })
    const { tracker, platform } = openTracker(lasting)
    await drain()
    tracker.track('demo_booked')
    await drain()
    tracker.dispose()
    const { tracker: next } = openTracker(lasting, { platform: platform.reload() })
    await drain()
    next.track('demo_booked')
    await drain()
    expect(next.record.get().decisions[0]).toMatchObject({ reason: 'frequency' })
    expect(row(matrixOf(next, presetsOf(next)), 'demo_booked')?.cells[1]).toEqual({})
  })

  it('drops what waits where nothing is held', () => {
    const { tracker } = openTracker(plan, { consent: 'pending', hold: 'none' })
    tracker.track('link_followed')
    expect(row(matrixOf(tracker, presetsOf(tracker), false), 'link_followed')?.cells.slice(0, 2)).toEqual([
      {},
      { memory: { sent: 1, held: 0 } },
    ])
  })

  it('leaves out what a tester only tried', () => {
    const { tracker } = openTracker(plan)
    inspectionOf(tracker)?.simulate({ event: 'link_followed' })
    expect(matrixOf(tracker, presetsOf(tracker))).toEqual([])
  })
})

const categories = ['analytics', 'marketing', 'support'] as const
const names = ['step_a', 'step_b', 'step_c'] as const
const state = fc.constantFrom('granted', 'denied', 'pending' as const)
const answers = fc.record({ analytics: state, marketing: state, support: state })
const need: fc.Arbitrary<ConsentNeed> = fc.oneof(
  fc.constantFrom(...categories),
  fc.uniqueArray(fc.constantFrom(...categories), { minLength: 1 }),
  fc.uniqueArray(fc.constantFrom(...categories), { minLength: 1 }).map((anyOf) => ({ anyOf })),
)
const share = fc.constantFrom(undefined, 0, 0.5, 1)
const planned = fc.record({
  frequency: fc.constantFrom(
    'always',
    'once-per-page',
    'once-per-session',
    'once-per-user',
    { max: 2, per: 'session' },
    { max: 1, per: { windowMs: 5_000 } },
    { minGapMs: 2_000 },
    { max: 1, per: 'session', key: ({ index }: { index: number }) => String(index) },
  ),
  status: fc.constantFrom('live', 'live', 'deprecated', 'shadow', 'draft', 'retired'),
  rollout: share,
  sampleRate: share,
  sampleBy: fc.constantFrom(undefined, 'user', 'session'),
  ads: fc.constantFrom(undefined, false),
  memory: fc.constantFrom(undefined, false),
})
const act = fc.record({
  name: fc.constantFrom(...names),
  index: fc.integer({ min: 0, max: 1 }),
  waitMs: fc.constantFrom(0, 500, 3_000),
  newPage: fc.boolean(),
  fromEffect: fc.boolean(),
})

describe('the matrix and the engine', () => {
  it('agree on every plan, need, answer and preset', async () => {
    listenToAdvice()
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(planned, planned, planned),
        need,
        need,
        answers,
        answers,
        fc.array(act, { maxLength: 12 }),
        async (settings, adsNeed, teamNeed, now, preset, acts) => {
          const events = Object.fromEntries(
            settings.map(({ ads, memory: own, ...rest }, index) => [
              names[index],
              event<{ index: number }>({
                ...rest,
                properties: typed<{ index: number }>(),
                destinations: { ...(ads === false && { ads }), ...(own === false && { memory: own }) },
              } as Parameters<typeof event<{ index: number }>>[0]),
            ]),
          )
          const plan = definePlan({ name: 'random', version: '1', events: events as {} })
          const run = async (consent: ConsentSnapshot) => {
            const ads = memory({ name: 'ads', consent: adsNeed })
            const team = memory({ name: 'team', consent: teamNeed })
            const { tracker, platform, destination } = createTestTracker(plan, {
              consent,
              platform: createManualPlatform({ storage: 'blocked' }),
              destinations: [ads, team],
            })
            for (const { name, index, waitMs, newPage, fromEffect } of acts) {
              platform.advance(waitMs)
              if (newPage) tracker.page()
              emitterOf(tracker)(
                name,
                { index },
                {
                  component: 'Thing',
                  fact: 'seen',
                  fromEffect,
                },
              )
            }
            await tracker.flush()
            return { tracker, arrived: { memory: destination, ads, team } }
          }
          const base = await run(now)
          const other = await run(preset)
          const cells = matrixOf(base.tracker, [{ title: 'Preset', clause: '', consent: preset }])
          const said = (end: 'sent' | 'held') =>
            cells
              .flatMap(({ event: name, cells: [cell = {}] }) =>
                Object.entries(cell).flatMap(([where, would]) =>
                  Array.from({ length: would[end] }, () => `${name} ${where}`),
                ),
              )
              .sort()
          const arrived = Object.entries(other.arrived).flatMap(([where, { events: sent }]) =>
            sent.map(({ name }) => `${name} ${where}`),
          )
          const waiting = other.tracker.record
            .get()
            .decisions.flatMap(({ event: name, deliveries }) =>
              Object.entries(deliveries).flatMap(([where, { state }]) =>
                state === 'held' ? [`${name} ${where}`] : [],
              ),
            )
          expect(said('sent')).toEqual(arrived.sort())
          expect(said('held')).toEqual(waiting.sort())
          base.tracker.dispose()
          other.tracker.dispose()
        },
      ),
      { numRuns: 300 },
    )
  })
})
