import type { InvalidPolicy } from '../../engine/decision/issue.ts'
import type { Destination } from '../../engine/delivery/destination.ts'
import type { ConsentNeed } from '../../engine/permission/consent-types.ts'
import type { Network } from '../../platform/network.ts'
import { type Duration, durationMs } from '../../support/duration.ts'
import { derivedId } from '../../support/hash.ts'
import { PermanentError } from '../../support/permanent-error.ts'
import { type Encoding, nativeBatch } from './encode.ts'
import { createHttpLane } from './lane.ts'
import { faultOf, headersOf } from './options.ts'
import { createTransport, type HttpHeaders, verdictOf } from './transport.ts'

/** Options of `http`. */
export interface HttpOptions {
  /**
   * URL of your collector: an http(s) URL, or a path that begins with a slash. Anything else throws RMC021 in
   * development, and rejects the events in production. On another origin, the collector must answer with
   * `Access-Control-Allow-Origin`, and with `Access-Control-Expose-Headers: Retry-After` if it uses that header.
   */
  readonly url: string
  /** Name of the destination. Default `'http'`. */
  readonly name?: string | undefined
  /** Consent that the destination needs. Default `'analytics'`. */
  readonly consent?: ConsentNeed | undefined
  /**
   * Handling of events with invalid properties. Default: the tracker's `invalid`, else `'strip'` if the
   * destination needs `marketing` and `'flag'` if not.
   */
  readonly invalid?: InvalidPolicy | undefined
  /**
   * True also sends events with `status: 'shadow'`, marked `shadow: true`, so that you see what they would report. Their
   * frequency is counted by each page for itself. Reports must leave them out. Default false.
   */
  readonly shadow?: boolean | undefined
  /** Wire format. Default: this library's own JSON; `segmentBatch({ writeKey })` is an alternative. */
  readonly encode?: Encoding | undefined
  /** Limits of one batch. */
  readonly batch?: BatchOptions | undefined
  /**
   * Headers of each request, or a function that returns them. The function is called synchronously for each request;
   * while it returns something that is not usable as headers, requests wait (RMC340). Invalid names and values throw
   * RMC022 in development. On another origin, headers cause a preflight; without them the body is sent there as
   * `text/plain`. With headers, no beacons are sent. Default: none.
   */
  readonly headers?: HttpHeaders | (() => HttpHeaders) | undefined
  /** Credentials mode of the requests. Default `'same-origin'`. */
  readonly credentials?: RequestCredentials | undefined
  /**
   * Statuses after which events are `rejected`: for 400 and 422 only the events that are refused individually, else the
   * whole batch. Default 400, 401, 403, 405, 410, 414, 415, 422, 501.
   */
  readonly finalStatuses?: readonly number[] | undefined
  /** Network to use, for tests. Default: the browser's. */
  readonly network?: Network | undefined
}

/** Limits of a batch of `http`. A batch is sent as soon as it reaches one of them. */
export interface BatchOptions {
  /** Maximum events per batch. Default 50. */
  readonly maxEvents?: number | undefined
  /** Maximum size of the encoded events, in bytes. Default 40,000. */
  readonly maxBytes?: number | undefined
  /** Maximum time that an event waits for others. Default `'2s'`. */
  readonly maxAge?: Duration | undefined
}

const FINAL_STATUSES = [400, 401, 403, 405, 410, 414, 415, 422, 501]
/** In UTF-16 units. A single event must not push all others out of the outbox. */
const LONGEST_ITEM = 500_000

/**
 * Creates a destination that posts batches to your collector. Events stay in the browser until the server confirms
 * them; they are retried, and sent when the user leaves the page. Delivery is at least once: servers must de-duplicate
 * by event name and id, for 7 days.
 */
export function http({
  url,
  name = 'http',
  consent,
  invalid,
  shadow,
  encode = nativeBatch,
  batch,
  headers,
  credentials = 'same-origin',
  finalStatuses = FINAL_STATUSES,
  network,
}: HttpOptions): Destination<string> {
  const { maxEvents = 50, maxBytes = 40_000, maxAge = '2s' } = batch ?? {}
  const limits = { maxEvents, maxBytes, maxAgeMs: durationMs(maxAge) }
  const bounds = { maxEvents, maxBytes, maxAge }
  const fault = faultOf({ name, url, headers, batch: bounds, encode, credentials, finalStatuses })
  const transport = createTransport({
    url: fault ? '' : url,
    encode,
    headers: headersOf(name, headers),
    credentials,
    network,
  })
  return {
    name: typeof name === 'string' ? name : 'http',
    consent,
    invalid,
    shadow,
    readsOnly: encode === nativeBatch,
    map(event) {
      if (fault) throw new PermanentError(fault.message)
      const payload = encode.item(event)
      if (payload.length > LONGEST_ITEM) throw new PermanentError('the event is larger than 500 kB')
      return { payload }
    },
    /** Sends once, without the retries and the storage of `openLane`. */
    async send(payloads, { reason }) {
      if (fault) throw new PermanentError(fault.message)
      const info = { requestId: derivedId(payloads.join()), sentAt: Date.now() }
      const { status } = await transport.post(payloads, info, { keepalive: reason === 'hidden' })
      const verdict = verdictOf(status, finalStatuses)
      if (verdict === 'again') throw new Error(`HTTP ${status}`)
      if (verdict !== 'sent') throw new PermanentError(`HTTP ${status}`)
    },
    // Not opened with invalid options: events that an earlier page stored would go to a wrong URL.
    openLane: fault ? undefined : (port) => createHttpLane({ port, transport, ...limits, finalStatuses }),
  }
}
