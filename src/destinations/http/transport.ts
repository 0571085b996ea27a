import { browserNetwork, type Network, type NetworkAnswer } from '../../platform/network.ts'
import { messageOf } from '../../support/message-of.ts'
import { PermanentError } from '../../support/permanent-error.ts'
import type { BatchInfo, Encoding } from './encode.ts'

/** Headers of a request, by name. */
export type HttpHeaders = Readonly<Record<string, string>>

export interface TransportOptions {
  readonly url: string
  readonly encode: Encoding
  readonly headers?: HttpHeaders | (() => HttpHeaders) | undefined
  readonly credentials: RequestCredentials
  readonly network?: Network | undefined
}

/** Timeout of a request, in ms. Shorter than any lease, so that no other tab sends entries that are still in flight. */
export const TIMEOUT_MS = 10_000

/** Creates the transport, which sends the body of one batch. */
export function createTransport({
  url,
  encode,
  headers,
  credentials,
  network = browserNetwork(),
}: TransportOptions) {
  const sameOrigin = () => {
    const origin = network.origin()
    if (origin === 'null') return false // a sandboxed frame, or a file: every URL is on another origin
    try {
      return new URL(url, origin).origin === origin
    } catch {
      return true // a page without an origin, and a path
    }
  }
  // On another origin, any other type would cause a preflight.
  const type = () => (headers || sameOrigin() ? 'application/json' : 'text/plain;charset=UTF-8')

  /** Throws a `PermanentError`: with the same events, the encoding would throw again. */
  function bodyOf(items: readonly string[], info: BatchInfo): string {
    try {
      return encode.batch(items, info)
    } catch (error) {
      throw new PermanentError(`not encoded: ${messageOf(error)}`)
    }
  }

  return {
    network,
    /** URL without query and fragment. */
    address: url.replace(/[?#].*/s, ''),
    post(
      items: readonly string[],
      info: BatchInfo,
      { keepalive, signal }: { readonly keepalive: boolean; readonly signal?: AbortSignal | undefined },
    ): Promise<NetworkAnswer> {
      const more = typeof headers === 'function' ? headers() : headers
      return network.request({
        url,
        body: bodyOf(items, info),
        headers: { 'content-type': type(), ...more },
        credentials,
        keepalive,
        timeoutMs: TIMEOUT_MS,
        signal,
      })
    },
    /**
     * Sends a beacon. It has no headers, and always cookies, so it is used only where a request would be the same.
     * Returns false if the browser does not accept it.
     */
    beacon(items: readonly string[], info: BatchInfo): boolean {
      const alike = credentials === 'include' || (credentials === 'same-origin' && sameOrigin())
      try {
        return !headers && alike && network.beacon(url, encode.batch(items, info), type())
      } catch {
        return false // a custom `encode` may throw
      }
    },
  }
}

export type Transport = ReturnType<typeof createTransport>

/** Meaning of a response for its batch; `refused`: for at least one event in it. */
export type Verdict = 'sent' | 'rejected' | 'refused' | 'too-large' | 'again'

/** Statuses that a single event may cause, unlike those about keys, methods or URLs. */
const REFUSALS: readonly number[] = [400, 422]

export function verdictOf(status: number, finalStatuses: readonly number[]): Verdict {
  if (status >= 200 && status < 300) return 'sent'
  if (status === 413) return 'too-large'
  if (!finalStatuses.includes(status)) return 'again'
  return REFUSALS.includes(status) ? 'refused' : 'rejected'
}
