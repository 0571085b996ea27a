import { expect, test } from 'vitest'
import { equalityOf } from '../../../src/devtools/timeline/equality.ts'
import type { Decision } from '../../../src/engine/record/decision.ts'

const page: Decision['page'] = { number: 1, url: 'https://a.example/', path: '/', title: '', referrer: '' }
const trigger = { component: 'page', fact: 'view', factKey: 'a' }
const first = {
  number: 1,
  time: 1,
  event: 'page_view',
  outcome: 'fired',
  reason: 'admitted',
  page,
  trigger,
  properties: { tier: 'pro' },
  deliveries: { http: { state: 'sent', attempts: 1 } },
} as unknown as Decision

const isEqual = (change: Partial<Decision>, note = {}) =>
  equalityOf(first, {}) === equalityOf({ ...first, ...change }, note)

test('two attempts that differ in number, time, and what a retry took are equal', () => {
  expect(isEqual({ number: 2, time: 9 })).toBe(true)
  expect(isEqual({ deliveries: { http: { state: 'sent', attempts: 2, queuedAt: 5 } } })).toBe(true)
})

test.each<[string, Partial<Decision>]>([
  ['page', { page: { ...page, number: 2 } }],
  ['path', { page: { ...page, path: '/demo' } }],
  ['fact key', { trigger: { ...trigger, factKey: 'b' } }],
  ['fact', { trigger: { ...trigger, fact: 'leave' } }],
  ['properties', { properties: { tier: 'free' } }],
  ['properties that JSON cannot say', { properties: { tier: 1n } }],
  ['state of a delivery', { deliveries: { http: { state: 'rejected', attempts: 1 } } }],
  ['error of a delivery', { deliveries: { http: { state: 'sent', attempts: 1, error: 'HTTP 400' } } }],
  ['issues', { issues: [{ message: 'wrong' }] }],
  ['earlier answer', { first: { outcome: 'held', reason: 'consent-pending' } }],
  ['reload', { number: 0 }],
])('another %s makes a difference', (_, change) => {
  expect(isEqual({ number: 2, ...change })).toBe(false)
})

test('a note of the tester makes a difference', () => {
  expect(isEqual({ number: 2 }, { marked: true })).toBe(false)
})
