import { attempt } from '../support/attempt.ts'

/** Sends requests, for the library's own destinations. */
export interface Network {
  /**
   * Posts a request. Resolves when the body of the response has been read: until then its bytes count against the 64 kB
   * that a page has for `keepalive`. Rejects without a response, and on a redirect. Is aborted after `timeoutMs`. A
   * `fetch` that the page has replaced may ignore that: then the promise may never settle, but its bytes count no
   * longer.
   */
  readonly request: (request: NetworkRequest) => Promise<NetworkAnswer>
  /** Calls `navigator.sendBeacon`. Returns false if the browser has no room for it. */
  readonly beacon: (url: string, body: string, type: string) => boolean
  /** Returns the bytes of this library's pending `keepalive` requests in this document. */
  readonly keptAliveBytes: () => number
  readonly online: () => boolean
  /** Returns an unsubscribe function. */
  readonly onOnline: (listener: () => void) => () => void
  /** Returns the origin of the page; `'null'` in a sandboxed frame. */
  readonly origin: () => string
}

/** Request that is posted. */
export interface NetworkRequest {
  readonly url: string
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
  readonly credentials: RequestCredentials
  readonly keepalive: boolean
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
}

/** Response to a request. */
export interface NetworkAnswer {
  readonly status: number
  /** Value of the `Retry-After` header. */
  readonly retryAfter?: string | undefined
  /** First 500 characters of the body. */
  readonly body?: string | undefined
}

/** Returns the length in bytes of UTF-8; without `TextEncoder`, as in jsdom, an upper bound. */
export const byteLength = (text: string): number =>
  attempt(() => new TextEncoder().encode(text).length) ?? text.length * 3

/** Returns undefined if the browser has no `AbortController`: then a request cannot be aborted. */
export const newAbort = (): AbortController | undefined => attempt(() => new AbortController())

/** Shared by all callers, because the browser counts by document. */
let keptAliveBytes = 0

/**
 * Returns the beginning of the body. An empty text if the body breaks off or does not end, because the status is
 * enough.
 */
function textOf(answer: Partial<Response>, signal: AbortSignal | undefined): Promise<string> {
  const read = async () => {
    const bytes = await answer.arrayBuffer?.()
    return new TextDecoder().decode(bytes?.slice(0, 2_000)).slice(0, 500)
  }
  return new Promise((resolve) => {
    if (signal?.aborted) resolve('')
    signal?.addEventListener('abort', () => resolve(''))
    read().then(resolve, () => resolve(''))
  })
}

/**
 * Creates a network that posts with `fetch`. Does not access the browser until a request, so that a server may create
 * it.
 */
export function browserNetwork(): Network {
  return {
    async request({ url, timeoutMs, signal, ...rest }) {
      const controller = newAbort()
      let bytes = rest.keepalive ? byteLength(rest.body) : 0
      keptAliveBytes += bytes
      const end = () => {
        controller?.abort()
        clearTimeout(timer)
        signal?.removeEventListener('abort', end)
        keptAliveBytes -= bytes
        bytes = 0
      }
      const timer = attempt(() => setTimeout(end, timeoutMs))
      signal?.addEventListener('abort', end)
      try {
        if (signal?.aborted) end()
        // A redirect that is followed may turn the POST into a GET, and the page behind it would look like success.
        const init = {
          method: 'POST',
          redirect: 'error',
          ...(controller && { signal: controller.signal }),
          ...rest,
        } as const
        const answer: Partial<Response> = await fetch(url, init)
        if (typeof answer.status !== 'number') throw new TypeError('fetch has given no response')
        const body = await textOf(answer, controller?.signal)
        return { status: answer.status, retryAfter: answer.headers?.get?.('retry-after') ?? undefined, body }
      } finally {
        end()
      }
    },
    beacon(url, body, type) {
      try {
        return navigator.sendBeacon(url, new Blob([body], { type }))
      } catch {
        return false
      }
    },
    keptAliveBytes: () => keptAliveBytes,
    online: () => attempt(() => navigator.onLine) !== false,
    onOnline(listener) {
      attempt(() => globalThis.addEventListener('online', listener))
      return () => void attempt(() => globalThis.removeEventListener('online', listener))
    },
    // Not `location.origin`, which a sandboxed frame has, too, as if it were not in a sandbox.
    origin: () => attempt(() => globalThis.origin ?? globalThis.location.origin) ?? '',
  }
}
