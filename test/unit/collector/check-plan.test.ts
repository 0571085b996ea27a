import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { CollectorIssue } from '../../../src/collector/create-collector.ts'
import { type AnyPlan, definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { type StandardSchema, typed } from '../../../src/plan/standard-schema.ts'
import { derivedId } from '../../../src/support/hash.ts'
import { createManualPlatform } from '../../../src/testing/manual-platform.ts'
import { collecting } from '../../support/collecting.ts'
import { drain, openTracker } from '../../support/tracking.ts'
import { fullBatchOfVersion1, smallBatch, uuidAt } from '../../support/wire-batches.ts'

/** The row of one event of a plan. */
async function rowOf(plan: AnyPlan | readonly AnyPlan[], more: object) {
  const issues: CollectorIssue[] = []
  const { sink, post } = collecting({ plan, onIssue: (issue) => issues.push(issue) })
  expect(await post(smallBatch(Date.now(), [uuidAt(1)], more))).toBe(204)
  return { ...sink.rows[0]!, reported: issues }
}

const planOf = (events: Parameters<typeof definePlan>[0]['events']) =>
  definePlan({ name: 'acme', version: '3', events })

describe('the plan check', () => {
  const chosen = (properties: object) => ({ name: 'tier_chosen', properties })
  const plan = planOf({
    tier_chosen: event({ properties: z.object({ tier: z.string(), seats: z.number().default(1) }) }),
    plain_done: event({}),
  })

  test('finds valid properties', async () => {
    expect(await rowOf(plan, chosen({ tier: 'pro', seats: 2 }))).toMatchObject({ valid: true, issues: '[]' })
    expect(await rowOf(plan, { name: 'plain_done' })).toMatchObject({ valid: true })
  })

  test('keeps an invalid event, with the paths', async () => {
    expect(await rowOf(plan, chosen({ tier: 5, seats: 1 }))).toMatchObject({
      kind: 'event',
      valid: false,
      issues: '["properties.tier"]',
      reported: [{ kind: 'invalid', name: 'tier_chosen', path: 'properties.tier' }],
    })
    expect(await rowOf(plan, { name: 'plain_done', properties: { a: 1 } })).toMatchObject({
      issues: '["properties.a"]',
    })
  })

  test('keeps an event that the plan does not have', async () => {
    expect(await rowOf(plan, { name: 'odd_thing' })).toMatchObject({
      name: 'odd_thing',
      valid: false,
      issues: '["name"]',
      reported: [{ kind: 'unknown', name: 'odd_thing' }],
    })
  })

  test.each([
    [
      'a schema that transforms, by its own description',
      z.object({ tier: z.string().transform(Number) }),
      {},
    ],
    ['a schema that only parses texts', z.object({ tier: z.stringbool() }), {}],
    [
      'a schema of another library that transforms',
      v.object({ tier: v.pipe(v.string(), v.transform(Number)) }),
      { transforms: true },
    ],
    ['types alone', typed<{ tier: string }>(), {}],
  ])('leaves %s unchecked', async (_, properties, more) => {
    const loose = planOf({
      tier_chosen: event({ properties: properties as StandardSchema<object>, ...more }),
    })
    expect(await rowOf(loose, chosen({ tier: 5 }))).toMatchObject({ valid: null, issues: '[]' })
  })

  test('asks a schema that does not describe itself', async () => {
    const strict = planOf({ tier_chosen: event({ properties: v.object({ tier: v.string() }) }) })
    expect(await rowOf(strict, chosen({ tier: 5 }))).toMatchObject({ valid: false })
    expect(await rowOf(strict, chosen({ tier: 'pro' }))).toMatchObject({ valid: true })
  })

  test('survives a schema that throws', async () => {
    const validate = () => {
      throw new Error('no')
    }
    const properties = { '~standard': { version: 1 as const, vendor: 'other', validate } }
    const throwing = planOf({ tier_chosen: event({ properties }) })
    expect(await rowOf(throwing, chosen({}))).toMatchObject({ kind: 'event', valid: null })
  })

  test('takes the version of the plan that the page had', async () => {
    const older = definePlan({ name: 'acme', version: '2', events: { other_done: event({}) } })
    expect(await rowOf([older, plan], { name: 'plain_done' })).toMatchObject({ valid: true })
    expect(await rowOf([older], { name: 'plain_done' })).toMatchObject({ valid: null, outside: null })
    expect(await rowOf([], { name: 'plain_done' })).toMatchObject({ valid: null, outside: null })
  })

  test('tells the rollout of an event of version 1 of the wire format, which does not say it', async () => {
    const rolled = planOf({ offer_seen: event({ rollout: 0.25 }), plain_done: event({}) })
    const rolloutOf = async (plan: AnyPlan | readonly AnyPlan[], name: string) => {
      const { sink, post } = collecting({ plan })
      const batch = fullBatchOfVersion1(Date.now())
      await post({ ...batch, events: batch.events.map((each) => ({ ...each, name })) })
      return sink.rows[0]?.rollout
    }
    expect(await rolloutOf(rolled, 'offer_seen')).toBe(0.25)
    expect(await rolloutOf(rolled, 'plain_done')).toBe(1)
    expect(await rolloutOf(rolled, 'other_done')).toBeNull()
    expect(await rolloutOf([], 'offer_seen')).toBeNull()
    // Version 2 says it: without it, the page had no rollout.
    expect(await rowOf(rolled, { name: 'offer_seen' })).toMatchObject({ rollout: 1 })
  })
})

describe('outside', () => {
  const plan = definePlan({
    name: 'acme',
    version: '3',
    events: {
      page_seen: event({}),
      quiz_started: event({ sampleRate: 0.25 }),
      offer_seen: event({ wireName: 'offer_view', rollout: 0.4, goal: 'demo_booked' }),
      demo_booked: event({}),
      page_left: event({ sampleRate: 0.5, sampleBy: 'event' }),
    },
  })

  test('names the events that the tracker does not send for this user, and no other', async () => {
    const sent = new Map<string, Set<string>>()
    const { sink, collector } = collecting({ plan })
    for (let user = 0; user < 200; user++) {
      let made = 0
      const newId = () => derivedId(`${user} ${made++}`)
      const { tracker, destination } = openTracker(plan, { platform: { ...createManualPlatform(), newId } })
      for (const name of ['page_seen', 'quiz_started', 'offer_seen'] as const) tracker.track(name)
      await tracker.flush()
      await drain()
      const received = destination.events
      const [first] = received
      sent.set(first!.anonymousId, new Set(received.map(({ name }) => name)))
      const batch = smallBatch(Date.now(), [uuidAt(user)])
      const context = { ...batch.contexts[0], anonymousId: first!.anonymousId }
      await collector.fetch(
        new Request('http://a.test/', {
          method: 'POST',
          body: JSON.stringify({ ...batch, contexts: [context] }),
        }),
      )
    }
    for (const { outside, anonymous_id } of sink.rows)
      for (const name of ['page_seen', 'quiz_started', 'offer_view'])
        expect(outside!.includes(`,${name},`), `${name} ${outside}`).toBe(!sent.get(anonymous_id)!.has(name))
    expect(sink.rows).toHaveLength(200)
    expect(new Set(sink.rows.map(({ outside }) => outside))).toEqual(
      new Set(['', ',quiz_started,', ',offer_view,', ',quiz_started,offer_view,']),
    )
  })
})
