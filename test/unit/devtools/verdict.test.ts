import { expect, test } from 'vitest'
import { isProblem, verdictOf } from '../../../src/devtools/parts/verdict.ts'
import { lossesOf, newsOf, tallyOf } from '../../../src/devtools/parts/words.ts'
import type { DeliveryState } from '../../../src/engine/delivery/delivery.ts'
import type { Decision } from '../../../src/engine/record/decision.ts'

const decision = (change: Partial<Decision>) =>
  ({
    outcome: 'fired',
    reason: 'admitted',
    trigger: { component: 'TrackedForm', fact: 'submit' },
    deliveries: {},
    frequency: [],
    ...change,
  }) as Decision

const delivered = (...states: DeliveryState[]) =>
  Object.fromEntries(states.map((state, index) => [`d${index}`, { state, attempts: 1 }]))

const failed = (code: string) =>
  decision({ trigger: { component: 'TrackedForm', fact: 'failure' }, properties: { error_code: code } })

test.each<[string, Decision, ReturnType<typeof verdictOf>, boolean]>([
  ['all arrived', decision({ deliveries: delivered('sent', 'unknown') }), 'fired', false],
  ['still on its way', decision({ deliveries: delivered('queued', 'held') }), 'fired', false],
  ['one was rejected', decision({ deliveries: delivered('sent', 'rejected') }), 'undelivered', true],
  ['one expired', decision({ deliveries: delivered('expired') }), 'undelivered', true],
  ['one is tried again', decision({ deliveries: delivered('retrying') }), 'undelivered', true],
  ['held', decision({ outcome: 'held', reason: 'consent-pending' }), 'held', false],
  ['a rule', decision({ outcome: 'dropped', reason: 'frequency' }), 'dropped', false],
  ['an answer of the user', decision({ outcome: 'dropped', reason: 'consent-denied' }), 'dropped', false],
  ['a mistake', decision({ outcome: 'dropped', reason: 'unknown-event' }), 'mistake', true],
  ['shadow', decision({ outcome: 'shadowed', reason: 'shadow' }), 'shadowed', false],
  ['invalid, sent all the same', decision({ issues: [{ message: 'wrong' }] }), 'fired', true],
  ['a form that failed', failed('http_503'), 'fired', true],
  ['a form that validation stopped', failed('validation'), 'fired', false],
])('%s', (_, attempt, verdict, problem) => {
  expect(verdictOf(attempt)).toBe(verdict)
  expect(isProblem(attempt)).toBe(problem)
})

test('the row of a form says why it failed', () => {
  expect(newsOf(failed('http_503'))).toEqual({ text: 'the form failed: http_503', trouble: true })
  expect(newsOf(failed('validation'))).toEqual({ text: 'the form was stopped by validation', trouble: false })
})

test('a count of lost events says that they are lost', () => {
  const counts = { sent: 1, expired: 353, rejected: 2 }
  expect(lossesOf(counts)).toBe(355)
  expect(tallyOf(counts).map(({ text, lost }) => [text, lost])).toEqual([
    ['1 delivered', false],
    ['2 lost (rejected)', true],
    ['353 lost (expired)', true],
  ])
})
