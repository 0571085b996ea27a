import { expect, test } from 'vitest'
import { queueOf, type Sending, type Standing } from '../../../src/devtools/network/requests.ts'
import { pauseInWords, queuedAt, queueInWords, queueState } from '../../../src/devtools/shell/queue-state.ts'
import type { Decision } from '../../../src/engine/record/decision.ts'

const nothing = { delivered: {}, queued: [], lanes: {}, now: 1_000 }

test('counts an attempt at each destination that it waits for; held is not queued', () => {
  const states = { http: 'queued', ads: 'retrying', crm: 'sent', gtm: 'held' } as const
  const deliveries = Object.fromEntries(
    Object.entries(states).map(([name, state]) => [name, { state, attempts: 0 }]),
  )
  expect(queuedAt({ deliveries } as unknown as Decision)).toEqual(['http', 'ads'])
})

test('a queue that reports itself replaces what the record knows of it', () => {
  const lanes = { http: { waiting: [1, 2, 3], until: 0 }, ads: undefined }
  const state = queueState({ ...nothing, lanes, queued: ['http', 'ads'] })
  expect(queueInWords(state)).toBe('4 queued')
  expect(queueInWords(queueState(nothing))).toBe('none queued')
})

test.each([
  ['breaker', 'paused after failures'],
  ['offline', 'offline'],
  ['retry-after', 'paused by the server'],
] as const)('a pause is named: %s', (waits, words) => {
  const paused = { http: { waiting: [1], waits, until: 2_000 } }
  expect(pauseInWords(queueState({ ...nothing, lanes: paused }))).toBe(words)
  expect(pauseInWords(queueState({ ...nothing, lanes: paused, now: 3_000 }))).toBe('')
})

test('what was rejected or expired is lost', () => {
  expect(queueState(nothing).lost).toBe(0)
  const delivered = { http: { rejected: 1, sent: 9 }, ads: { expired: 353 } }
  expect(queueState({ ...nothing, delivered }).lost).toBe(354)
})

test.each([
  ['that the destination keeps itself', { waiting: [], until: 0 }],
  ['of a destination that reports none', undefined],
])('an event that waits for consent is held, not queued: in a queue %s', (_, lane) => {
  const sending = (state: string) => ({ decision: { time: 5 }, delivery: { state } }) as unknown as Sending
  const standing = { lane, sendings: [sending('held'), sending('sent')] } as unknown as Standing
  expect(queueOf(standing)).toMatchObject({ length: 0, held: 1 })
})
