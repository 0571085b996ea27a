import { describe, expect, test } from 'vitest'
import { check, checkOrder } from '../../../../src/devtools/checklist/checklist.ts'
import { checklistReport } from '../../../../src/devtools/checklist/checklist-report.ts'
import { createWatch } from '../../../../src/devtools/checklist/watched-fires.ts'
import { sessionOf } from '../../../../src/devtools/session/session-file.ts'
import type { Decision } from '../../../../src/engine/record/decision.ts'
import type { RecordState } from '../../../../src/engine/record/record-view.ts'

const attempt = (number: number, event: string, change: Partial<Decision> = {}) =>
  ({
    number,
    event,
    outcome: 'fired',
    reason: 'admitted',
    time: number * 1_000,
    trigger: { component: 'Link', fact: 'click' },
    page: { number: 1, path: '/', url: 'https://a.test/', title: '', referrer: '' },
    scope: {},
    properties: { tier: 'pro' },
    frequency: [],
    consent: {},
    sampleRate: 1,
    deliveries: {},
    ...change,
  }) as Decision
const dropped = { outcome: 'dropped', reason: 'frequency' } as const
const states = (items: Parameters<typeof check>[0], decisions: readonly Decision[], since = 0) =>
  check(items, decisions, since).map(({ state, decision }) => [state, decision?.number])

describe('a checklist', () => {
  test('an event is met by the first attempt that fired', () => {
    const decisions = [attempt(1, 'a', dropped), attempt(2, 'a'), attempt(3, 'a')]
    expect(states([{ event: 'a' }, { event: 'b' }], decisions)).toEqual([
      ['met', 2],
      ['open', undefined],
    ])
  })

  test('attempts before its start do not count, nor does what a tester fired without delivery', () => {
    const synthetic = { trigger: { component: 'Link', fact: 'click', synthetic: 'kept' } } as const
    expect(states([{ event: 'a' }], [attempt(1, 'a')], 1_001)).toEqual([['open', undefined]])
    expect(states([{ event: 'a' }], [attempt(1, 'a', synthetic)])).toEqual([['open', 1]])
  })

  test('properties are compared, and the message says what differs', () => {
    const [first] = check([{ event: 'a', properties: { tier: 'team' } }], [attempt(1, 'a')], 0)
    expect(first).toMatchObject({ state: 'open', decision: { number: 1 } })
    expect(first?.message).toContain('tier: "pro" — expected "team"')
  })

  test('more often than expected is a failure, which never turns green', () => {
    const twice = [attempt(1, 'a'), attempt(2, 'a')]
    expect(states([{ event: 'a', times: 1 }], twice)).toEqual([['failed', 1]])
    expect(states([{ event: 'a', times: 2 }], twice)).toEqual([['met', 1]])
    expect(states([{ event: 'a', times: 3 }], twice)).toEqual([['open', 1]])
  })

  test('the order is judged once all have fired', () => {
    const decisions = [attempt(1, 'b'), attempt(2, 'a')]
    const order = (events: string[]) => {
      const checked = check(
        events.map((event) => ({ event })),
        decisions,
        0,
      )
      return checkOrder(checked, decisions, 0)?.pass
    }
    expect(order(['b', 'a'])).toBe(true)
    expect(order(['a', 'b'])).toBe(false)
    expect(order(['a', 'c'])).toBeUndefined()
  })
})

test('the report has no value that was not allowed', () => {
  const decisions = [
    attempt(1, 'a', { properties: { tier: 'secret-1' } }),
    attempt(2, 'b', { properties: { tier: 'secret-2' } }),
  ]
  const record = {
    decisions,
    consent: { analytics: 'granted' },
    storage: 'memory',
    forgotten: 0,
  } as unknown as RecordState
  const items = [{ event: 'a' }, { event: 'b', properties: { tier: 'team' } }, { event: 'c' }]
  const reportWith = (allowed: ReadonlySet<string>) => {
    const session = sessionOf(record, { name: 'acme', version: '3' }, { made: 5_000, allowed })
    const checked = check(items, decisions, 0)
    return checklistReport(
      { name: 'Release 7', checked, masked: check(items, session.decisions, 0), order: undefined },
      session,
    )
  }
  const report = reportWith(new Set())
  expect(report).toContain('# Release 7: 1 of 3')
  expect(report).toMatch(/\| 1 \| a \| {2}\| fired \| 1970-01-01T00:00:01\.000Z \| .*string/)
  expect(report).toContain('| 3 | c |  | missing |')
  expect(report).not.toContain('secret')
  expect(reportWith(new Set(['tier']))).toContain('secret-1')
})

test('a watch tells what fires from now on, once; and a held attempt when it is sent', () => {
  const held = { outcome: 'held', reason: 'consent-pending' } as const
  const before = [attempt(1, 'a'), attempt(2, 'a', held)]
  const read = createWatch(['a'], before)
  const news = (decisions: readonly Decision[]) => read(decisions).map(({ number }) => number)
  expect(news(before)).toEqual([])
  const after = [attempt(1, 'a'), attempt(2, 'a'), attempt(3, 'b'), attempt(4, 'a'), attempt(5, 'a', dropped)]
  expect(news(after)).toEqual([2, 4])
  expect(news(after)).toEqual([])
})
