import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Expectation } from '../../../../src/engine/expectation/judge.ts'
import { judge } from '../../../../src/engine/expectation/judge.ts'
import { judgeOrder } from '../../../../src/engine/expectation/judge-order.ts'
import { judgePlan } from '../../../../src/engine/expectation/judge-plan.ts'
import type { Decision, Outcome, Reason } from '../../../../src/engine/record/decision.ts'
import { definePlan } from '../../../../src/plan/define-plan.ts'
import { event } from '../../../../src/plan/event.ts'
import { type StandardSchema, typed } from '../../../../src/plan/standard-schema.ts'
import { unknownWords } from '../../../../src/support/unknown-outcome.ts'
import { MINUTE_MS, openTracker } from '../../../support/tracking.ts'

const plan = definePlan({
  name: 'acme',
  version: '1',
  events: {
    pricing_clicked: event({
      frequency: 'once-per-session',
      properties: typed<{ tier: string; seats?: number; tags?: readonly string[] }>(),
    }),
    guide_opened: event({ frequency: { max: 1, per: { window: '30min' } } }),
    demo_booked: event({ macro: true }),
    demo_shown: event({ status: 'shadow' }),
  },
})

/** The decisions as JSON has them. */
const asJson = (decisions: readonly Decision[]): readonly Decision[] => JSON.parse(JSON.stringify(decisions))

const failing = (decisions: readonly Decision[], expectation: Expectation) => {
  const { pass, message } = judge(decisions, expectation)
  expect(pass).toBe(false)
  return message
}

function clicked() {
  const tracking = openTracker(plan)
  tracking.tracker.track('pricing_clicked', { tier: 'starter' })
  tracking.tracker.track('pricing_clicked', { tier: 'pro' })
  tracking.tracker.track('demo_booked')
  return tracking
}

describe('what passes', () => {
  test('an event that fired, also as JSON has it', () => {
    const { decisions } = clicked()
    for (const each of [decisions(), asJson(decisions())]) {
      expect(judge(each, { event: 'demo_booked' })).toMatchObject({ pass: true, matches: [{ number: 3 }] })
      expect(judge(each, { event: 'pricing_clicked', properties: { tier: 'starter' } }).pass).toBe(true)
      expect(judge(each, { event: 'pricing_clicked', reason: 'frequency' }).matches).toHaveLength(1)
      expect(judge(each, { event: 'pricing_clicked', times: 1 }).pass).toBe(true)
      expect(judge(each, { event: 'guide_opened', times: 0 }).pass).toBe(true)
    }
  })

  test('properties are compared as the record keeps them, whatever their order', () => {
    const { tracker, decisions } = openTracker(
      definePlan({ name: 'kept', version: '1', events: { item_seen: event({ properties: typed<any>() }) } }),
    )
    tracker.track('item_seen', { at: new Date(0), big: 7n, list: [{ a: 1, b: 2 }], zero: -0 })
    const passes = (properties: object) =>
      judge(decisions(), { event: 'item_seen', properties: { ...properties } }).pass
    expect(passes({ at: new Date(0), big: 7n, list: [{ b: 2, a: 1 }], zero: 0 })).toBe(true)
    expect(passes({ list: [expect.objectContaining({ a: expect.any(Number) })], none: undefined })).toBe(true)
    expect(passes({ list: [{ a: 1 }] })).toBe(false)
    expect(passes({ list: { 0: { a: 1, b: 2 } } })).toBe(false)
    expect(passes({ big: 8n })).toBe(false)
    expect(passes({ at: expect.any(Number) })).toBe(false)
  })

  test('what was held until an answer came was held', async () => {
    const { tracker, decisions, platform } = openTracker(plan, { consent: 'pending' })
    tracker.track('demo_booked')
    expect(judge(decisions(), { event: 'demo_booked', outcome: 'held' }).pass).toBe(true)
    tracker.consent.update('granted')
    await platform.settle()
    expect(judge(decisions(), { event: 'demo_booked', outcome: 'held' }).pass).toBe(true)
    expect(judge(decisions(), { event: 'demo_booked' }).pass).toBe(true)
  })

  test('what a tester kept to the overlay does not count', () => {
    const { decisions } = clicked()
    const kept = decisions().map((each) => ({
      ...each,
      trigger: { ...each.trigger, synthetic: 'kept' as const },
    }))
    expect(failing(kept, { event: 'demo_booked' })).toContain('Nothing was attempted')
    expect(judgePlan([...kept]).matches).toEqual([])
  })
})

describe('the texts', () => {
  const shown: string[] = []
  const show = (title: string, text: string) => shown.push(`## ${title}\n\n${text}\n`)

  test('are the reviewed ones', async () => {
    const { decisions, tracker, platform } = clicked()
    const miss = (title: string, expectation: Expectation) => show(title, failing(decisions(), expectation))
    miss('A property differs', { event: 'pricing_clicked', properties: { tier: 'pro' } })
    miss('Asymmetric', { event: 'pricing_clicked', properties: { tier: expect.stringContaining('x') } })
    miss('Absent', { event: 'pricing_clicked', properties: { tier: 'starter', seats: 2 } })
    miss('Too often', { event: 'demo_booked', times: 0 })
    miss('Too seldom', { event: 'pricing_clicked', properties: { tier: 'starter' }, times: 2 })
    miss('Near miss', { event: 'pricing_click' })
    miss('Held', { event: 'demo_booked', outcome: 'held' })
    miss('Dropped for a reason', { event: 'pricing_clicked', outcome: 'dropped', reason: 'consent-denied' })
    miss('Reason', { event: 'demo_booked', reason: 'frequency' })
    miss('Shadowed', { event: 'demo_booked', outcome: 'shadowed' })
    show('Nothing attempted', failing([], { event: 'demo_booked' }))
    show('Found', judge(decisions(), { event: 'demo_booked' }).message)
    show('Found with a reason', judge(decisions(), { event: 'pricing_clicked', reason: 'frequency' }).message)
    show('Found never', judge(decisions(), { event: 'guide_opened', times: 0 }).message)
    show('Order', judgeOrder(decisions(), ['demo_booked', 'pricing_clicked']).message)
    show('Order: again', judgeOrder(decisions(), ['demo_booked', 'demo_booked']).message)
    show('Order: never', judgeOrder(decisions(), ['demo_booked', 'guide_opened']).message)
    show('Order: found', judgeOrder(decisions(), ['pricing_clicked', 'demo_booked']).message)
    for (let i = 0; i < 12; i++) tracker.track('guide_opened')
    miss('Window, and many attempts', { event: 'guide_opened', times: 2 })
    platform.advance(60 * MINUTE_MS)
    const denied = openTracker(plan, { consent: { analytics: 'denied', marketing: 'granted' } })
    denied.tracker.track('demo_booked')
    show('Consent', failing(denied.decisions(), { event: 'demo_booked' }))
    const bare = decisions().map(({ properties: _, ...each }) => each)
    show('Not in the record', failing(bare, { event: 'pricing_clicked', properties: { tier: 'pro' } }))
    for (const why of Object.keys(unknownWords) as (keyof typeof unknownWords)[]) {
      const unknown = { event: 'demo_booked', form: 'demo', why, attemptId: 'a' }
      const { message } = judge(
        decisions().slice(0, 1),
        { event: 'demo_booked' },
        { unknownOutcomes: [unknown] },
      )
      show(`Unknown outcome: ${why}`, message)
    }
    await expect(shown.join('\n')).toMatchFileSnapshot('__snapshots__/judge.md')
  })

  test('of the plan', async () => {
    const proOnly: StandardSchema<{ tier: string }> = {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: (value) => {
          const { tier } = value as { tier: string }
          return tier === 'pro'
            ? { value: { tier } }
            : { issues: [{ message: 'expected "pro"', path: ['tier'] }] }
        },
      },
    }
    const strict = definePlan({
      name: 'strict',
      version: '1',
      events: { tier_chosen: event({ properties: proOnly }) },
    })
    const { tracker, decisions } = openTracker(strict)
    tracker.track('tier_chosen', { tier: 'pro' })
    const texts = [judgePlan(decisions()).message]
    tracker.track('tier_chosen', { tier: 'max' })
    ;(tracker.track as (name: string) => unknown)('tier_chose')
    texts.push(judgePlan(decisions()).message, judgePlan(asJson(decisions()), strict).message)
    expect(judgePlan(decisions())).toMatchObject({ pass: false, matches: [{ number: 1 }] })
    expect(judgePlan(decisions(), plan).message).toContain('3 of 3')
    await expect(texts.join('\n\n')).toMatchFileSnapshot('__snapshots__/judge-plan.md')
  })
})

test('of a held and a dropped attempt the held one is named: it is the cause', () => {
  const { tracker, decisions } = openTracker(plan, { consent: 'pending' })
  tracker.track('pricing_clicked', { tier: 'pro' })
  tracker.track('pricing_clicked', { tier: 'pro' })
  const message = failing(decisions(), { event: 'pricing_clicked' })
  expect(message).toContain('no. 1, of track (call)\n  held: consent-pending')
})

const outcomes: readonly Outcome[] = ['fired', 'held', 'dropped', 'shadowed']
const reasons: readonly Reason[] = ['admitted', 'frequency', 'consent-pending', 'shadow', 'code-threw']
const names = ['a_b', 'a_c', 'd_e']
const properties = fc.dictionary(fc.constantFrom('x', 'y'), fc.jsonValue({ maxDepth: 2 }), {
  noNullPrototype: true,
})

const decisionsArbitrary = fc
  .array(
    fc.record({
      event: fc.constantFrom(...names),
      outcome: fc.constantFrom(...outcomes),
      reason: fc.constantFrom(...reasons),
      properties: fc.option(properties, { nil: undefined }),
    }),
    { maxLength: 15 },
  )
  .map((given) =>
    given.map(
      (each, index) =>
        ({
          ...each,
          number: index + 1,
          trigger: { component: 'track', fact: 'call' },
          frequency: [],
          consent: {},
        }) as unknown as Decision,
    ),
  )
const expectationArbitrary = fc.record(
  {
    event: fc.constantFrom(...names),
    outcome: fc.constantFrom(...outcomes),
    reason: fc.constantFrom(...reasons),
    properties,
    times: fc.nat(3),
  },
  { requiredKeys: ['event'] },
)

describe('for any decisions and any expectation', () => {
  test('JSON changes no verdict and no text', () => {
    fc.assert(
      fc.property(decisionsArbitrary, expectationArbitrary, (decisions, expectation) => {
        const { pass, message } = judge(decisions, expectation)
        expect(judge(asJson(decisions), expectation)).toMatchObject({ pass, message })
      }),
    )
  })

  test('it passes by the number of its matches, which are attempts of that event alone', () => {
    fc.assert(
      fc.property(decisionsArbitrary, expectationArbitrary, (decisions, expectation) => {
        const { pass, matches, message } = judge(decisions, expectation)
        const { times, event: name, reason, outcome } = expectation
        expect(pass).toBe(times === undefined ? matches.length > 0 : matches.length === times)
        for (const match of matches) {
          expect(match.event).toBe(name)
          if (reason) expect(match.reason).toBe(reason)
          if (outcome || !reason) expect(match.outcome).toBe(outcome ?? 'fired')
        }
        expect(message).toContain(`"${name}"`)
      }),
    )
  })

  test('a decision meets the expectation that is made of it', () => {
    fc.assert(
      fc.property(decisionsArbitrary, (decisions) => {
        for (const each of decisions) {
          const { event: name, outcome, reason } = each
          const found = judge(decisions, { event: name, outcome, reason, properties: each.properties })
          expect(found.matches).toContain(each)
        }
      }),
    )
  })

  test('an order passes exactly where it is a subsequence of what fired', () => {
    fc.assert(
      fc.property(
        decisionsArbitrary,
        fc.array(fc.constantFrom(...names), { maxLength: 4 }),
        (decisions, wanted) => {
          const { pass, matches } = judgeOrder(decisions, wanted)
          const fired = decisions.filter(({ outcome }) => outcome === 'fired').map((each) => each.event)
          const pattern = new RegExp(wanted.map((name) => `;${name};.*`).join(''))
          expect(pass).toBe(pattern.test(fired.map((name) => `;${name};`).join('')))
          expect(matches.map((each) => each.event)).toEqual(wanted.slice(0, matches.length))
        },
      ),
    )
  })
})
