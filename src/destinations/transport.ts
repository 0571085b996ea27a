import { browserNetwork, type Network, type NetworkAnswer } from '../platform/network.ts'
import type { BatchInfo, Encoding } from './encode.ts'

export type HttpHeaders = Readonly<Record<string, string>>

export interface TransportOptions {
  readonly url: string
  readonly encode: Encoding
  readonly headers?: HttpHeaders | (() => HttpHeaders) | undefined
  readonly credentials: RequestCredentials
  readonly network?: Network | undefined
}

/** Shorter than any lease, so that no other tab sends what is still on its way. */
export const TIMEOUT_MS = 10_000

/** How one body leaves the page. */
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
  // Across origins anything else would ask for a preflight.
  const type = () => (headers || sameOrigin() ? 'application/json' : 'text/plain;charset=UTF-8')

  return {
    network,
    /** Without query. */
    address: url.replace(/[?#].*/s, ''),
    post(
      items: readonly string[],
      info: BatchInfo,
      { keepalive, signal }: { readonly keepalive: boolean; readonly signal?: AbortSignal | undefined },
    ): Promise<NetworkAnswer> {
      const more = typeof headers === 'function' ? headers() : headers
      return network.request({
        url,
        body: encode.batch(items, info),
        headers: { 'content-type': type(), ...more },
        credentials,
        keepalive,
        timeoutMs: TIMEOUT_MS,
        signal,
      })
    },
    /** A beacon has no headers, and cookies always: it goes only where a request would be like that. */
    beacon(items: readonly string[], info: BatchInfo): boolean {
      const alike = credentials === 'include' || (credentials === 'same-origin' && sameOrigin())
      try {
        return !headers && alike && network.beacon(url, encode.batch(items, info), type())
      } catch {
        return false // `encode` may be anybody's
      }
    },
  }
}

export type Transport = ReturnType<typeof createTransport>

/** Verdict of an answer on its batch; `refused`: on at least one event in it. */
export type Verdict = 'sent' | 'rejected' | 'refused' | 'too-large' | 'again'

/** Answers that may be the fault of a single event: not those about keys, methods or addresses. */
const REFUSALS: readonly number[] = [400, 422]

export function verdictOf(status: number, finalStatuses: readonly number[]): Verdict {
  if (status >= 200 && status < 300) return 'sent'
  if (status === 413) return 'too-large'
  if (!finalStatuses.includes(status)) return 'again'
  return REFUSALS.includes(status) ? 'refused' : 'rejected'
}
