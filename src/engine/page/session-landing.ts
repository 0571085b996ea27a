import type { KeyValue } from '../../platform/platform.ts'
import type { Landing } from './landing-types.ts'
import type { PageContext } from './page.ts'
import { asLanding } from './stored-landing.ts'

interface SessionLandingOptions {
  /** Landing of this document. */
  readonly entered: Landing
  /** True if storage was permitted when this document began. */
  readonly permitted: boolean
  /** Storage of this tab, for a landing that outlasts a page load without an answer about consent. */
  readonly kept?: KeyValue | undefined
  readonly now: () => number
  /** Time without activity after which a session ends. */
  readonly idleMs: number
  readonly page: () => PageContext
}

const KEY = 'landing'

/** Returns how the present session began: with this document, or with the page in view. */
export function createSessionLanding(options: SessionLandingOptions) {
  const { entered, permitted, kept, now, idleMs, page } = options
  let first = true
  const before = stored(kept?.get(KEY))
  /** Without a referrer (`Referrer-Policy: no-referrer`), a page load inside the site looks like a direct visit. */
  const goesOn = entered.referrerClass === 'direct' && before !== undefined && now() - before.at < idleMs
  const fromOutside = entered.campaign !== undefined || (entered.referrerClass !== 'internal' && !goesOn)

  /** Returns how the document was entered. Unknown if an earlier page of this site was not permitted to store it. */
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
    /** Stores the landing in the tab, because a page load may come before the answer. */
    keep(): void {
      const landing = fromOutside ? entered : before?.landing
      if (landing && !permitted) kept?.set(KEY, JSON.stringify({ ...landing, at: now() }))
    },
    /** Removes the landing from the tab, because it is stored with the session. */
    settled: () => kept?.remove(KEY),
  }
}

function stored(text: string | undefined): { readonly landing: Landing; readonly at: number } | undefined {
  if (text === undefined) return undefined
  try {
    const { at, ...rest } = JSON.parse(text) as Landing & { readonly at?: unknown }
    const landing = asLanding(rest)
    return landing && { landing, at: Number(at) || 0 }
  } catch {
    return undefined
  }
}
