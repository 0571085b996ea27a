import type { KeyValue } from '../platform/platform.ts'
import type { Landing, PageContext } from './types.ts'

interface SessionLandingOptions {
  /** As this document was entered. */
  readonly entered: Landing
  /** Storage was permitted when this document began. */
  readonly permitted: boolean
  /** Of this tab, for a landing that outlives a page load without an answer. */
  readonly kept?: KeyValue | undefined
  readonly now: () => number
  /** A session lasts so long without activity. */
  readonly idleMs: number
  readonly page: () => PageContext
}

const KEY = 'landing'

/** How a session began that begins now: with this document, or with the page in view. */
export function createSessionLanding(options: SessionLandingOptions) {
  const { entered, permitted, kept, now, idleMs, page } = options
  let first = true
  const before = stored(kept?.get(KEY))
  /** Without a referrer (`Referrer-Policy: no-referrer`) a page load inside the site looks like a direct visit. */
  const goesOn = entered.referrerClass === 'direct' && before !== undefined && now() - before.at < idleMs
  const fromOutside = entered.campaign !== undefined || (entered.referrerClass !== 'internal' && !goesOn)

  /** A page of this site that came before had no permission to remember how it was entered: then it is unknown. */
  function ofDocument(): Landing | 'unknown' {
    return fromOutside ? entered : (before?.landing ?? (permitted ? entered : 'unknown'))
  }

  return {
    next(): Landing | 'unknown' {
      if (!first) {
        const { url, path } = page()
        return { url, path, referrer: '', referrerClass: 'internal' }
      }
      first = false
      return ofDocument()
    },
    /** There is no answer yet: a page load may come before it. */
    keep(): void {
      const landing = fromOutside ? entered : before?.landing
      if (landing && !permitted) kept?.set(KEY, JSON.stringify({ ...landing, at: now() }))
    },
    /** The session is stored, and its landing with it. */
    settled: () => kept?.remove(KEY),
  }
}

function stored(text: string | undefined): { readonly landing: Landing; readonly at: number } | undefined {
  try {
    const { at, ...landing } = JSON.parse(text ?? '') as Landing & { readonly at?: unknown }
    return typeof landing.url === 'string' ? { landing, at: Number(at) || 0 } : undefined
  } catch {
    return undefined
  }
}
