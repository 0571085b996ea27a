import type { KeyValue } from '../platform/platform.ts'
import type { Landing, PageContext } from './types.ts'

interface SessionLandingOptions {
  /** As this document was entered. */
  readonly entered: Landing
  /** Storage was permitted when this document began. */
  readonly permitted: boolean
  /** Of this tab, for a landing that outlives a page load without an answer. */
  readonly kept?: KeyValue | undefined
  readonly page: () => PageContext
}

const KEY = 'landing'

/** How a session began that begins now: with this document, or with the page in view. */
export function createSessionLanding({ entered, permitted, kept, page }: SessionLandingOptions) {
  let first = true
  const fromOutside = entered.campaign !== undefined || entered.referrerClass !== 'internal'

  /** A page of this site that came before had no permission to remember how it was entered: nobody knows (C3). */
  function ofDocument(): Landing | 'unknown' {
    return fromOutside ? entered : (stored(kept?.get(KEY)) ?? (permitted ? entered : 'unknown'))
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
      if (fromOutside && !permitted) kept?.set(KEY, JSON.stringify(entered))
    },
    /** The session is stored, and its landing with it. */
    settled: () => kept?.remove(KEY),
  }
}

function stored(text: string | undefined): Landing | undefined {
  try {
    const landing = JSON.parse(text ?? '') as Landing
    return typeof landing.url === 'string' ? landing : undefined
  } catch {
    return undefined
  }
}
