import { expect, test } from 'vitest'
import { troubleOf } from '../../../src/devtools/network/trouble.ts'
import type { DeliveryRequest } from '../../../src/engine/delivery/delivery.ts'

const told = (request: Partial<DeliveryRequest>, { online = true, error = request.error, lost = 0 } = {}) => {
  const whole = {
    requestId: 'a',
    transport: 'fetch',
    url: '/collect',
    eventIds: [],
    sentAt: 1_000,
    answeredAt: 1_080,
    ...request,
  } as const
  const trouble = troubleOf({ error, request: whole, page: 'https://shop.test/', online, lost })
  return trouble && `${trouble.what} ${trouble.fix}`
}

test.each([
  ['400', { status: 400, error: 'HTTP 400' }, /rejected it: HTTP 400.*`encode`/],
  ['401', { status: 401, error: 'HTTP 401' }, /HTTP 401.*`headers`/],
  ['404', { status: 404, error: 'HTTP 404' }, /Check the `url`/],
  ['429', { status: 429, error: 'HTTP 429' }, /asked for a pause/],
  ['503', { status: 503, error: 'HTTP 503' }, /server failed: HTTP 503/],
  ['at once', { error: 'Failed to fetch', answeredAt: 1_003 }, /content blocker.*connect-src/],
  ['later', { error: 'Failed to fetch' }, /server runs/],
  ['too late', { error: 'aborted', answeredAt: 11_000 }, /No answer in 10 seconds/],
])('%s', (_, request, words) => {
  expect(told(request)).toMatch(words)
})

test('what is lost already is said beside what to do', () => {
  const failed = { status: 503, error: 'HTTP 503' }
  expect(told(failed)).toMatch(/None is lost so far; those that are queued are tried again/)
  expect(told(failed, { lost: 353 })).toMatch(/353 events are lost already/)
  expect(told(failed, { lost: 1 })).toMatch(/1 event is lost already/)
})

test('CORS is named where the address is of another origin, and only there', () => {
  const failed = { error: 'Failed to fetch' }
  expect(told({ ...failed, url: 'https://collect.test/e' })).toContain('Access-Control-Allow-Origin')
  expect(told({ ...failed, url: '/collect' })).not.toContain('Access-Control')
})

test('offline goes before everything else; what went well is no trouble', () => {
  expect(told({ error: 'Failed to fetch' }, { online: false })).toMatch(/offline.*leave when/)
  expect(told({ error: 'Failed to fetch' }, { error: 'offline' })).toMatch(/offline/)
  expect(told({ status: 200 })).toBeUndefined()
})

test('a vendor whose snippet is missing', () => {
  expect(told({ transport: 'send', error: 'PostHog is not on the page yet' })).toMatch(/Load its snippet/)
  expect(told({ transport: 'send', error: 'boom' })).toMatch(/boom.*destination threw this error/)
})
