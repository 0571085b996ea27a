import { attempt } from '../support/attempt.ts'

/** The way out, for destinations of our own. */
export interface Network {
  /**
   * Resolves when the body of the answer has been read: until then its bytes count against the 64 kB that a page has
   * for `keepalive`. Rejects when there is no answer, or a redirect. Aborted after `timeoutMs`, which not every `fetch`
   * on a page heeds: then it may never settle, and the bytes count no longer.
   */
  readonly request: (request: NetworkRequest) => Promise<NetworkAnswer>
  /** `navigator.sendBeacon`: false if the browser has no room for it. */
  readonly beacon: (url: string, body: string, type: string) => boolean
  /** Of `keepalive` requests of ours, in this document, that are still on their way. */
  readonly keptAliveBytes: () => number
  readonly online: () => boolean
  /** Returns a stop. */
  readonly onOnline: (listener: () => void) => () => void
  /** Origin of the page; `'null'` in a sandboxed frame. */
  readonly origin: () => string
}

export interface NetworkRequest {
  readonly url: string
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
  readonly credentials: RequestCredentials
  readonly keepalive: boolean
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
}

export interface NetworkAnswer {
  readonly status: number
  /** The `Retry-After` header. */
  readonly retryAfter?: string | undefined
  /** Its first 500 characters. */
  readonly body?: string | undefined
}

/** Returns the length in bytes of UTF-8. Without `TextEncoder`, as in jsdom, the upper bound. */
export const byteLength = (text: string): number =>
  attempt(() => new TextEncoder().encode(text).length) ?? text.length * 3

/** Undefined where the browser has none: a request is not aborted there. */
export const newAbort = (): AbortController | undefined => attempt(() => new AbortController())

/** The browser counts by document, hence not by caller. */
let keptAliveBytes = 0

/** The status says enough where the body breaks off, or has no end. */
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

/** Posts by `fetch`. Touches nothing until it is asked, so that a server may create it. */
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
        // Followed, a redirect may make a GET of the POST, and the page behind it would look like success.
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
    // Not that of `location`, which a sandboxed frame has too, as if it were not in a sandbox.
    origin: () => attempt(() => globalThis.origin ?? globalThis.location.origin) ?? '',
  }
}
