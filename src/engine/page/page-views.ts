import type { Properties } from '../pipeline/occurrence.ts'
import type { Decision } from '../record/decision.ts'
import type { PageScope } from './page-scope.ts'

/** Calls when the page stays: no redirect takes it away any more. */
export type WhenItStays = (report: () => void) => void

interface Owed {
  /** Time at which the page began, epoch ms. */
  readonly time: number
  readonly scope: Properties
  readonly reported: Promise<void>
}

/** Reports each page once it stays. A page that was redirected is never reported. */
export function createPageViews(
  pages: PageScope,
  now: () => number,
  emit: (time: number, scope: Properties) => Decision | undefined,
) {
  let owed: Owed | undefined
  let scopeOfPage: Properties = {}

  function report(): Decision | undefined {
    if (!owed) return undefined
    const { time, scope } = owed
    owed = undefined
    pages.stay()
    return emit(time, scope)
  }

  return {
    /** Starts a page view. Without `whenItStays`, the page stays at once. */
    begin(scope: Properties = scopeOfPage, whenItStays?: WhenItStays): Decision | undefined {
      scopeOfPage = scope
      let done = () => {}
      const reported = new Promise<void>((resolve) => {
        done = resolve
      })
      const mine = { time: now(), scope, reported }
      owed = mine
      if (!whenItStays) return report()
      whenItStays(() => {
        if (owed === mine) report()
        done()
      })
      return undefined
    },
    /** Reports page views that are still due, because the page is being left. */
    report,
    /** Resolves when no page view is due. */
    async reported(): Promise<void> {
      while (owed) await owed.reported
    },
  }
}
