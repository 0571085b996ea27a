import { expect, test } from 'vitest'
import { attemptDifferences } from '../../../src/devtools/timeline/attempt-difference.ts'
import type { Decision } from '../../../src/engine/record/decision.ts'

// `entriesOf` asks for it.
Object.assign(globalThis, { Node: globalThis.Node ?? class {} })

const first = {
  number: 1,
  time: 1,
  eventId: 'a',
  event: 'form_failure',
  outcome: 'fired',
  reason: 'admitted',
  page: { number: 1, path: '/demo', url: '' },
  trigger: { component: 'TrackedForm', fact: 'failure', factKey: 'demo' },
  scope: {},
  properties: { error_code: 'validation', steps: [1, 2] },
  consent: { analytics: 'granted' },
  deliveries: { http: { state: 'sent', attempts: 1 } },
} as unknown as Decision

test('lists what differs, and where only one has a value', () => {
  const other = {
    ...first,
    page: { ...first.page, path: '/' },
    properties: { error_code: 'http_503', steps: [1] },
    deliveries: { http: { state: 'rejected', attempts: 1, error: 'HTTP 400' } },
  } as unknown as Decision
  expect(attemptDifferences(first, other)).toEqual([
    { path: 'page', one: '"/demo"', other: '"/"' },
    { path: 'properties.error_code', one: '"validation"', other: '"http_503"' },
    { path: 'properties.steps.1', one: '2', other: undefined },
    { path: 'deliveries.http', one: '"sent"', other: '"rejected: HTTP 400"' },
  ])
})

test('number, time and id make no difference', () => {
  expect(attemptDifferences(first, { ...first, number: 2, time: 9, eventId: 'b' })).toEqual([])
})
