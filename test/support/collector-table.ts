import { expect } from 'vitest'
import { fullBatchOfVersion1, smallBatch, uuidAt } from './wire-batches.ts'

/** Sends a request to a server, or to a function. */
export type Asking = (init: RequestInit & { readonly body?: string }) => Promise<Response>

const SITE = 'https://shop.test'
const post = (body: unknown, headers: Record<string, string> = {}) => ({
  method: 'POST',
  headers: { 'content-type': 'text/plain;charset=UTF-8', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
})
const batch = smallBatch(1_700_000_000_000)
const many = (count: number) =>
  smallBatch(
    1_700_000_000_000,
    Array.from({ length: count }, (_, at) => uuidAt(at)),
  )

/** Requests, and the answers that a collector of `tableOptions` gives them on each runtime. */
const table: [
  what: string,
  init: RequestInit & { readonly body?: string },
  status: number,
  headers?: Record<string, string | null>,
][] = [
  ['a batch of version 2', post(batch), 204, { 'access-control-allow-origin': null }],
  ['a batch of version 1', post(fullBatchOfVersion1(1_700_000_000_000)), 204],
  ['a batch as JSON', post(batch, { 'content-type': 'application/json' }), 204],
  [
    'a batch of a site that may read the answer',
    post(batch, { origin: SITE }),
    204,
    {
      'access-control-allow-origin': SITE,
      'access-control-expose-headers': 'retry-after',
      vary: 'origin',
    },
  ],
  [
    'a batch of another site',
    post(batch, { origin: 'https://other.test' }),
    204,
    { 'access-control-allow-origin': null },
  ],
  ['a batch with one odd event', post({ ...batch, events: [7, batch.events[0]] }), 204],
  ['an empty batch', post({ ...batch, events: [] }), 204],
  ['too many events', post(many(11)), 413],
  ['too many bytes', post('x'.repeat(20_001)), 413],
  ['no JSON', post('{"schema":'), 400],
  ['no body', { method: 'POST' }, 400],
  ['another schema', post({ ...batch, schema: 'react-microconversions/batch/9' }), 400],
  ['no events', post({ ...batch, events: undefined }), 400],
  [
    'a preflight',
    {
      method: 'OPTIONS',
      headers: {
        origin: SITE,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      },
    },
    204,
    {
      'access-control-allow-origin': SITE,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'authorization',
    },
  ],
  ['another method', { method: 'GET' }, 405, { allow: 'POST, OPTIONS' }],
]

export const tableOptions = { origins: [SITE], limits: { bytes: 20_000, events: 10 } }

/** Asks each request of the table; the answers have no body. */
export async function expectTable(ask: Asking): Promise<void> {
  for (const [what, init, status, headers = {}] of table) {
    const answer = await ask(init)
    expect(answer.status, what).toBe(status)
    expect(await answer.text(), what).toBe('')
    for (const [name, value] of Object.entries(headers))
      expect(answer.headers.get(name), `${what}: ${name}`).toBe(value)
  }
}

/** Rows that the table leaves: one of the events twice is one row. */
export const TABLE_ROWS = { event: 2, refused: 1 }
