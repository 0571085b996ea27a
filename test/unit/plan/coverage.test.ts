import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { unwantedFacts } from '../../../src/devtools/plan/available.ts'
import { emitterOf } from '../../../src/engine/pipeline/emitter.ts'
import { coverageOf, driftInWords } from '../../../src/plan/coverage/coverage.ts'
import { shapeInWords } from '../../../src/plan/coverage/shapes.ts'
import { declaredBy } from '../../../src/plan/declared.ts'
import { type AnyPlan, definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { hintsFor } from '../../../src/plan/review.ts'
import { typed } from '../../../src/plan/standard-schema.ts'
import { listenToAdvice, openTracker } from '../../support/tracking.ts'

const plan = definePlan({
  name: 'acme',
  version: '1',
  events: {
    plan_chosen: event({
      stage: 'consideration',
      properties: z.object({ tier: z.string(), seats: z.number().optional(), coupon: z.string().optional() }),
    }),
    link_followed: event({ stage: 'awareness', properties: typed<Record<string, unknown>>() }),
    demo_booked: event({ stage: 'intent' }),
    tour_tried: event({ status: 'shadow' }),
    chat_opened: event({ status: 'draft' }),
  },
})
type Track = (event: string, properties?: object) => unknown

function attempted(act: (track: Track) => void) {
  listenToAdvice()
  const { tracker } = openTracker(plan)
  act(tracker.track as Track)
  return tracker.record.get()
}
const coverage = (act: (track: Track) => void) => coverageOf({ plan, record: attempted(act) })
const of = (found: ReturnType<typeof coverage>, name: string) => {
  const event = found.events.find((each) => each.name === name)
  if (!event) throw new Error(`no ${name}`)
  return event
}
const words = (found: ReturnType<typeof coverage>, name: string) =>
  of(found, name).properties.map((shape) => `${shape.name}: ${shapeInWords(shape)}`)
const drift = (found: ReturnType<typeof coverage>, name: string) => of(found, name).drift.map(driftInWords)

describe('coverage', () => {
  it('tells seen, missing, invalid, unplanned and dormant apart', () => {
    const found = coverage((track) => {
      track('demo_booked')
      track('plan_chosen', { tier: 7 })
      track('demo_bookd')
      track('tour_tried')
    })
    expect(Object.fromEntries(found.events.map(({ name, state }) => [name, state]))).toEqual({
      plan_chosen: 'invalid',
      link_followed: 'missing',
      demo_booked: 'seen',
      tour_tried: 'seen',
      chat_opened: 'dormant',
      demo_bookd: 'unplanned',
    })
    // The draft can never fire; the shadow has done what it can.
    expect(found).toMatchObject({ seen: 3, expected: 4 })
  })

  it('names what has reported an event', () => {
    const found = coverage((track) => track('demo_booked'))
    expect(of(found, 'demo_booked').from).toEqual(['track'])
    expect(of(found, 'plan_chosen').from).toEqual([])
  })

  it('tells the shapes of values, never a value', () => {
    const found = coverage((track) => {
      for (const seats of [1, 40, 7])
        track('plan_chosen', { tier: seats > 5 ? 'secret-a' : 'secret-b', seats })
    })
    expect(words(found, 'plan_chosen')).toEqual(['tier: text (2 values)', 'seats: number 1–40'])
    expect(JSON.stringify(found.events.map((each) => ({ ...each, event: undefined })))).not.toContain(
      'secret',
    )
  })

  it('names other kinds, and stops counting different values', () => {
    const found = coverage((track) => {
      for (let index = 0; index < 80; index++)
        track('link_followed', {
          id: `id-${index}`,
          on: true,
          list: [1],
          deep: { a: 1 },
          empty: null,
          same: 3,
        })
    })
    expect(words(found, 'link_followed')).toEqual([
      'id: text (50 values or more)',
      'on: yes/no',
      'list: list',
      'deep: object',
      'empty: nothing',
      'same: number 3',
    ])
  })

  it('sees where schema and attempts part', () => {
    const found = coverage((track) => {
      track('plan_chosen', { tier: 'a' })
      track('plan_chosen', { tier: 7, seats: 'many', extra: 1 })
      track('link_followed', { index: 1 })
      track('link_followed', { index: null })
      track('link_followed', { index: 'one' })
      track('link_followed', { index: 2 })
    })
    expect(drift(found, 'plan_chosen')).toEqual([
      'coupon: declared as optional, never given',
      'extra: given once, not declared',
      'tier: failed the schema once, last in attempt 2',
      'seats: failed the schema once, last in attempt 2',
      'tier: text, then number, since attempt 2',
    ])
    // A type alone says nothing at run time.
    expect(drift(found, 'link_followed')).toEqual(['index: number, then text, since attempt 5'])
    expect(drift(found, 'demo_booked')).toEqual([])
  })

  it('has no opinion on what was never attempted', () => {
    expect(
      drift(
        coverage(() => {}),
        'plan_chosen',
      ),
    ).toEqual([])
  })

  it('counts the attempts of a page or a session only, when asked', () => {
    listenToAdvice()
    const { tracker } = openTracker(plan)
    const track = tracker.track as Track
    tracker.page({ path: '/first' })
    track('demo_booked')
    tracker.page({ path: '/next' })
    track('link_followed', { index: 1 })
    const record = tracker.record.get()
    const { number } = record.decisions.at(-1)?.page ?? { number: 0 }
    const found = coverageOf({ plan, record, within: ({ page }) => page.number === number })
    expect(of(found, 'demo_booked').state).toBe('missing')
    expect(of(found, 'link_followed').state).toBe('seen')
    expect(of(coverageOf({ plan, record }), 'demo_booked').state).toBe('seen')
  })

  it('counts ten thousand attempts from the counts, and reads no more than the record keeps', () => {
    let reads = 0
    const { decisions, ...rest } = attempted((track) => track('link_followed', { index: 1 }))
    const [decision] = decisions
    if (!decision) throw new Error('it was attempted')
    const kept = Array.from({ length: 1_000 }, (_, index) => ({
      ...decision,
      number: 9_001 + index,
      get properties() {
        reads++
        return { index }
      },
    }))
    const none = { fired: 0, held: 0, dropped: 0, shadowed: 0 }
    const counts = { demo_booked: { ...none, fired: 1 }, link_followed: { ...none, fired: 10_000 } }
    const found = coverageOf({ plan, record: { ...rest, decisions: kept, counts } })
    expect(of(found, 'link_followed').outcomes.fired).toBe(10_000)
    // Forgotten long ago, and seen all the same.
    expect(of(found, 'demo_booked').state).toBe('seen')
    expect(reads).toBeLessThanOrEqual(2 * kept.length)
  })

  it('shares what fired between the stages', () => {
    const { stages } = coverage((track) => {
      for (let index = 0; index < 3; index++) track('link_followed', { index })
      track('demo_booked')
    })
    expect(stages).toEqual([
      { stage: 'consideration', planned: 1, seen: 0, fired: 0, share: 0 },
      { stage: 'awareness', planned: 1, seen: 1, fired: 3, share: 0.75 },
      { stage: 'intent', planned: 1, seen: 1, fired: 1, share: 0.25 },
      { stage: '', planned: 2, seen: 0, fired: 0, share: 0 },
    ])
  })

  it('leaves out what a tester only tried', () => {
    listenToAdvice()
    const { tracker } = openTracker(plan)
    const track = emitterOf(tracker)
    track('link_followed', { index: 1 }, { component: 'track', fact: 'call', synthetic: 'kept' })
    const found = coverageOf({ plan, record: tracker.record.get() })
    expect(of(found, 'link_followed')).toMatchObject({ state: 'missing', properties: [] })
  })
})

describe('what a schema declares', () => {
  const expected = [
    { name: 'tier', optional: false },
    { name: 'seats', optional: true },
  ]
  it('is read from zod, from valibot, and from whoever describes itself as JSON Schema', () => {
    expect(declaredBy(z.object({ tier: z.string(), seats: z.number().optional() }))).toEqual(expected)
    expect(declaredBy(v.object({ tier: v.string(), seats: v.optional(v.number()) }))).toEqual(expected)
    const own = z.object({ tier: z.string(), seats: z.number().optional() })['~standard']
    expect(declaredBy({ '~standard': own })).toEqual(expected)
  })

  it('is unknown where the schema does not say, or throws', () => {
    expect(declaredBy(typed<{ tier: string }>())).toBeUndefined()
    const shape = { tier: 1 }
    const validate = () => {
      throw new Error('no')
    }
    const throwing = { shape, '~standard': { version: 1, vendor: 'x', validate } } as const
    expect(declaredBy(throwing)).toBeUndefined()
    expect(declaredBy(undefined)).toEqual([])
  })
})

describe('facts on the page that no event wants', () => {
  it('are told by component', () => {
    const link = { component: 'PricingLink', events: { click: 'pricing_clicked', impression: undefined } }
    expect(unwantedFacts([link, link, { component: 'TrackedButton', events: { click: 'x_y' } }])).toEqual([
      { component: 'PricingLink', facts: ['impression'], elements: 2 },
    ])
  })
})

describe('hints', () => {
  const step = (goal: string | undefined, stage?: string) =>
    event({ ...(goal && { goal: 'demo_booked' }), stage })
  const hinted = (plan: AnyPlan) => hintsFor(plan).map(({ message }) => message)
  it('are none for a plan of the recommended size', () => {
    const names = ['a_a', 'b_b', 'c_c', 'd_d', 'e_e']
    const events = Object.fromEntries(names.map((name) => [name, step('demo_booked', 'intent')]))
    const good = definePlan({
      name: 'good',
      version: '1',
      events: { ...events, demo_booked: event({ macro: true }), page_view: event({ kind: 'navigation' }) },
    })
    expect(hinted(good)).toEqual([])
  })

  it('name what is too few, too many and without a goal', () => {
    const many = Array.from({ length: 16 }, (_, index) => `step_n${index}`)
    const events = Object.fromEntries(many.map((name) => [name, step(undefined, 'awareness')]))
    const plan = definePlan({ name: 'big', version: '1', events })
    expect(hinted(plan)).toEqual([
      'The plan has 16 microconversions; 5 to 15 are a good start.',
      'No goal yet: step_n0, step_n1, step_n2, step_n3, step_n4 and 11 more. Each microconversion should lead to one.',
      'The stage awareness has 16 events; 3 to 7 are easy to read.',
    ])
    const two = definePlan({
      name: 'two',
      version: '1',
      events: { a_a: step('demo_booked'), b_b: step('demo_booked'), demo_booked: event({ macro: true }) },
    })
    expect(hinted(two)).toEqual([
      'The plan has 2 microconversions; 5 to 15 are a good start.',
      '2 events lead to demo_booked; 3 to 5 tell the most.',
    ])
    expect(hinted(definePlan({ name: 'none', version: '1', events: {} }))).toEqual([])
  })

  it('count the facts of one component as one behaviour', () => {
    const facts = ['form_start', 'form_step', 'form_abandon', 'a_a', 'b_b', 'c_c', 'd_d']
    const events = Object.fromEntries(facts.map((name) => [name, step('demo_booked')]))
    const plan = definePlan({
      name: 'forms',
      version: '1',
      events: { ...events, demo_booked: event({ macro: true }) },
    })
    expect(hinted(plan)).toEqual([])
  })

  it('name the events that they are about', () => {
    const plan = definePlan({ name: 'one', version: '1', events: { a_a: event(), b_b: event() } })
    expect(hintsFor(plan).find(({ rule }) => rule === 'goal')?.events).toEqual(['a_a', 'b_b'])
  })
})
