import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { typed } from '../../../src/plan/standard-schema.ts'
import { drain, listenToAdvice, openTracker } from '../../support/tracking.ts'

const plan = definePlan({
  name: 'acme',
  version: '1',
  events: {
    zod_clicked: event({
      properties: z.object({ tier: z.enum(['starter', 'pro']), seats: z.coerce.number().default(1) }),
      value: ({ seats }) => ({ value: seats * 10, currency: 'EUR' }),
    }),
    valibot_clicked: event({
      properties: v.object({ tier: v.picklist(['starter', 'pro']), seats: v.optional(v.number(), 1) }),
    }),
    typed_clicked: event({ properties: typed<{ tier: string }>() }),
    bare_clicked: event({}),
  },
})

/** As a caller without a compiler. */
function trackAnything(invalid: 'drop' | 'flag' | undefined, name: string, properties?: object) {
  const { tracker, destination } = openTracker(plan, { invalid })
  const track = tracker.track as unknown as (
    event: string,
    properties?: object,
  ) => ReturnType<typeof tracker.track>
  return { decision: track(name, properties), destination }
}

describe.each(['zod_clicked', 'valibot_clicked'] as const)('%s', (name) => {
  test('destinations get the validated output: defaults filled in, unknown properties left out', async () => {
    const { destination } = trackAnything('drop', name, { tier: 'pro', extra: true })
    await drain()
    expect(destination.events[0]?.properties).toEqual({ tier: 'pro', seats: 1 })
  })

  test('invalid properties go out flagged by default, as they were given', async () => {
    const said = listenToAdvice()
    const { decision, destination } = trackAnything(undefined, name, { tier: 'gold' })
    expect(decision).toMatchObject({ outcome: 'fired', properties: { tier: 'gold' } })
    expect(decision.issues).toHaveLength(1)
    await drain()
    expect(destination.events[0]?.properties).toEqual({ tier: 'gold' })
    expect(said()).toEqual([expect.stringMatching(/^\[RMC102\].*goes out flagged to memory.\n {2}tier: /s)])
  })

  test('invalid properties are dropped on request, with the issues in the record', async () => {
    listenToAdvice()
    const { decision, destination } = trackAnything('drop', name, { tier: 'gold' })
    expect(decision).toMatchObject({ outcome: 'dropped', reason: 'invalid-properties' })
    expect(decision.issues).toHaveLength(1)
    await drain()
    expect(destination.events).toEqual([])
  })
})

test('what the caller gave is transformed for the destinations, and the value is made of that', async () => {
  const { destination } = trackAnything('drop', 'zod_clicked', { tier: 'pro', seats: '3' })
  await drain()
  expect(destination.events[0]).toMatchObject({
    properties: { seats: 3 },
    value: { value: 30, currency: 'EUR' },
  })
})

test('typed() checks nothing at run time', () => {
  expect(trackAnything('drop', 'typed_clicked', { anything: 1 }).decision).toMatchObject({
    outcome: 'fired',
    properties: { anything: 1 },
  })
})

test('an event without properties refuses those given by hand', () => {
  const said = listenToAdvice()
  expect(trackAnything('drop', 'bare_clicked', { tier: 'pro' }).decision.reason).toBe('invalid-properties')
  expect(trackAnything(undefined, 'bare_clicked', { tier: 'pro' }).decision.properties).toEqual({})
  expect(trackAnything('drop', 'bare_clicked', {}).decision.outcome).toBe('fired')
  expect(said()[0]).toContain('tier: not declared')
})

test('a schema that turns out asynchronous is an issue, not a lost event', async () => {
  const properties = z.object({ tier: z.string().refine(async () => true) })
  const late = definePlan({ name: 'late', version: '1', events: { zod_clicked: event({ properties }) } })
  const said = listenToAdvice()
  const { tracker, destination } = openTracker(late)
  expect(tracker.track('zod_clicked', { tier: 'pro' }).issues).toEqual([
    { message: 'the schema is asynchronous' },
  ])
  await drain()
  expect(destination.events[0]?.properties).toEqual({ tier: 'pro' })
  expect(said()[0]).toContain('[RMC102]')
})
