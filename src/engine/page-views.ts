import type { PageScope } from './page-scope.ts'
import type { Decision, Properties } from './types.ts'

/** Calls once the page stays: no redirect of its own takes it away any more. */
export type WhenItStays = (report: () => void) => void

interface Owed {
  /** Epoch ms at which the page began. */
  readonly time: number
  readonly scope: Properties
  readonly reported: Promise<void>
}

/** Reports each page once it stays. A page that gave way to a redirect is never reported. */
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
    /** Without `whenItStays`, the page stays at once. */
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
    /** Reports owed page views now: the page is being left. */
    report,
    /** Resolves once nothing is owed. */
    async reported(): Promise<void> {
      while (owed) await owed.reported
    },
  }
}
