import type { Destination } from '../engine/destination.ts'
import type { ConsentNeed, InvalidPolicy } from '../engine/types.ts'
import type { Network } from '../platform/network.ts'
import { derivedId } from '../support/hash.ts'
import { PermanentError } from '../support/permanent-error.ts'
import { type Encoding, nativeBatch } from './encode.ts'
import { createHttpLane } from './http-lane.ts'
import { faultOf, headersOf } from './http-options.ts'
import { createTransport, type HttpHeaders, verdictOf } from './transport.ts'

export interface HttpOptions {
  /**
   * Address of your collector: an http(s) address, or a path that begins with a slash; anything else throws
   * RMC021 in development, and rejects the events in production. On another origin it must answer with
   * `Access-Control-Allow-Origin`, and with `Access-Control-Expose-Headers: Retry-After` if it uses that.
   */
  readonly url: string
  /** Default `'http'`. */
  readonly name?: string | undefined
  /** Default `'analytics'`. */
  readonly consent?: ConsentNeed | undefined
  /**
   * Handling of events with invalid properties. Default: the tracker's `invalid`, else `'strip'` if the
   * destination needs `marketing` and `'flag'` if not.
   */
  readonly invalid?: InvalidPolicy | undefined
  /** The wire format. Default: our own JSON; `segmentBatch({ writeKey })` is another. */
  readonly encode?: Encoding | undefined
  readonly batch?: BatchOptions | undefined
  /**
   * Sent with each request; a function is called for each, at once, and a request waits while it returns what no header
   * can be (RMC340). Names and values that no header can have throw RMC022 in development. Across origins they cost a preflight; without them the body
   * goes as `text/plain` there. With them there are no beacons.
   */
  readonly headers?: HttpHeaders | (() => HttpHeaders) | undefined
  /** Default `'same-origin'`. */
  readonly credentials?: RequestCredentials | undefined
  /**
   * Answers after which events are `rejected`: for 400 and 422 those that are refused alone, else the whole batch. Default
   * 400, 401, 403, 405, 410, 414, 415, 422, 501.
   */
  readonly finalStatuses?: readonly number[] | undefined
  /** For tests. Default: the browser's. */
  readonly network?: Network | undefined
}

export interface BatchOptions {
  /** Default 50. */
  readonly maxEvents?: number | undefined
  /** Of the encoded events. Default 40,000. */
  readonly maxBytes?: number | undefined
  /** How long an event waits for others. Default 2,000. */
  readonly maxAgeMs?: number | undefined
}

const FINAL_STATUSES = [400, 401, 403, 405, 410, 414, 415, 422, 501]
/** UTF-16 units: one event must not push all others out of the outbox. */
const LONGEST_ITEM = 500_000

/**
 * Posts batches to a collector of yours: kept in the browser until they are confirmed, retried, sent when the page is
 * left. At least once: servers de-duplicate by event id, for 7 days.
 */
export function http({
  url,
  name = 'http',
  consent,
  invalid,
  encode = nativeBatch,
  batch: { maxEvents = 50, maxBytes = 40_000, maxAgeMs = 2_000 } = {},
  headers,
  credentials = 'same-origin',
  finalStatuses = FINAL_STATUSES,
  network,
}: HttpOptions): Destination<string> {
  const fault = faultOf(name, url, headers, { maxEvents, maxBytes, maxAgeMs })
  const transport = createTransport({
    url: fault ? '' : url,
    encode,
    headers: headersOf(name, headers),
    credentials,
    network,
  })
  return {
    name,
    consent,
    invalid,
    map(event) {
      if (fault) throw new PermanentError(fault.message)
      const payload = encode.item(event)
      if (payload.length > LONGEST_ITEM) throw new PermanentError('the event is larger than 500 kB')
      return { payload }
    },
    /** Once; what `openLane` does is not done here. */
    async send(payloads, { reason }) {
      if (fault) throw new PermanentError(fault.message)
      const info = { requestId: derivedId(payloads.join()), sentAt: Date.now() }
      const { status } = await transport.post(payloads, info, { keepalive: reason === 'hidden' })
      const verdict = verdictOf(status, finalStatuses)
      if (verdict === 'again') throw new Error(`HTTP ${status}`)
      if (verdict !== 'sent') throw new PermanentError(`HTTP ${status}`)
    },
    // Not with a fault: events that an earlier page stored would go to a wrong address.
    openLane: fault
      ? undefined
      : (port) => createHttpLane({ port, transport, maxEvents, maxBytes, maxAgeMs, finalStatuses }),
  }
}
