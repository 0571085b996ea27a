import { describe, expect, test } from 'vitest'
import { evidenceOf, type Witness } from '../../../src/devtools/why/evidence.ts'
import { headlineOf } from '../../../src/devtools/why/headline.ts'
import type { Decision } from '../../../src/engine/record/decision.ts'
import { progressOf } from '../../../src/react/wiring/progress.ts'

const now = 100_000
const witness: Witness = {
  title: 'TrackedForm “demo”',
  name: 'demo',
  can: ['start', 'submit', 'success', 'failure'],
  wanted: ['success'],
  seen: [],
  measured: { share: 0.3, scrolled: { now: 20, reached: undefined }, focused: true },
}
const seen = (fact: string, payload: object = {}, attempt?: number) => ({
  fact,
  payload,
  time: now - 2000,
  attempt,
})

describe('a form', () => {
  const told = (...facts: ReturnType<typeof seen>[]) => evidenceOf({ ...witness, seen: facts }, now)

  test('tells untouched, started, stopped by validation, refused and without an outcome apart', () => {
    const texts = [
      told(),
      told(seen('start')),
      told(seen('start'), seen('failure', { error_code: 'validation', invalid_field_names: 'email,phone' })),
      told(seen('submit'), seen('failure', { error_code: 'http_503' })),
      told(seen('submit')),
    ].map(({ text }) => text)
    expect(texts).toEqual([
      'The form “demo” was not touched yet.',
      'The form “demo” was started 2 s ago, and not submitted.',
      'The form “demo” was submitted 2 s ago and stopped by validation: email, phone.',
      'The form “demo” was submitted 2 s ago and failed: http_503.',
      'The form “demo” was submitted 2 s ago, without an outcome yet.',
    ])
  })

  test('leads to the attempt, and says why an outcome is unknown', () => {
    expect(told(seen('failure', { error_code: 'x' }, 7)).attempt).toBe(7)
    const unknown = { ...witness, seen: [seen('submit')], unknownOutcome: 'it returned undefined' }
    expect(evidenceOf(unknown, now).text).toMatch(/its outcome is unknown: it returned undefined\.$/)
  })
})

describe('what is measured', () => {
  const told = (fact: string, observed: { options: object; memory: object }, change: Partial<Witness> = {}) =>
    evidenceOf(
      {
        ...witness,
        title: 'Impression “hero”',
        can: [fact],
        wanted: [fact],
        progress: progressOf([fact], observed),
        ...change,
      },
      now,
    ).text

  test('how far a video was watched, and the next mark', () => {
    const showing = { told: new Set(['start', 25]), spans: [[0, 12]], durationS: 30 }
    expect(told('progress', { options: { marks: [25, 50] }, memory: { showing } })).toBe(
      'The video “demo” was watched for 12 s of 30 s (40%); the next mark is 50%.',
    )
    expect(told('progress', { options: {}, memory: {} })).toBe('The video “demo” has not been played yet.')
  })

  test('how much of an element is in view, and for how long', () => {
    const memory = { dwell: { longestMs: 400 } }
    expect(told('impression', { options: { name: 'hero', visibleRatio: 0.8 }, memory })).toBe(
      '30% of Impression “hero” is in view; it counts when 80% is, for 1 s; it was for 400 ms at most.',
    )
  })

  test('where the user has scrolled to', () => {
    const observed = { options: { marks: [50] }, memory: { toPx: 40, told: new Set() } }
    const scrolled = { ...witness.measured, scrolled: { now: 40, reached: 40 } }
    expect(told('depth', observed, { name: 'page', measured: scrolled })).toBe(
      'The user has scrolled to 40% of the page; the next mark is 50%.',
    )
    expect(told('depth', observed, { name: 'page' })).toMatch(/^The user has not scrolled: the upper 20%/)
  })

  test('how much attention was paid', () => {
    const observed = { options: { marks: ['30s'] }, memory: { activeMs: 12_000 } }
    expect(told('mark', observed)).toBe('The user has paid attention for 12 s; the next mark is 30s.')
  })
})

describe('the headline', () => {
  const last = {
    number: 3,
    time: now - 9000,
    outcome: 'fired',
    reason: 'admitted',
    deliveries: {},
  } as Decision
  const evidence = {
    text: 'The form “demo” was submitted 2 s ago and failed: x.',
    time: now - 2000,
    attempt: 7,
  }

  test('has the evidence first, before anything was attempted', () => {
    const first = { name: 'Status', state: 'fails', seen: 'draft' } as const
    expect(headlineOf({ last: undefined, first, evidence, now })).toEqual({
      text: 'Not fired yet. The form “demo” was submitted 2 s ago and failed: x. It does not fire: Status – draft.',
      attempt: 7,
    })
  })

  test('has what is newer first', () => {
    const told = (time: number, attempt?: number) =>
      headlineOf({ last, first: undefined, evidence: { ...evidence, time, attempt }, now })
    expect(told(now - 2000).text).toMatch(/failed: x\. Before that: fired 9 s ago\./)
    expect(told(now - 20_000, 7)).toMatchObject({ attempt: 7 })
    const fired = 'Fired 9 s ago. Nothing prevents it: it fires when it is reported again.'
    expect(told(now - 20_000)).toEqual({ text: fired, attempt: 3 })
    expect(told(now - 2000, 3)).toEqual({ text: fired, attempt: 3 })
  })

  test('says so where no component reports it', () => {
    const found = headlineOf({ last: undefined, first: undefined, evidence: undefined, now })
    expect(found.text).toBe('Not fired yet. No component on this page reports it.')
  })
})
