import type { AnyTracker } from '../../engine/tracker-api.ts'

export interface Pages {
  /** Number of page scopes that have ended. */
  ended: number
  /** Observations to restart when the next page scope begins. */
  readonly live: Set<{ restart: () => void }>
}

const all = new WeakMap<AnyTracker, Pages>()

/** Returns the page scopes of a tracker. A single listener serves everything that counts by page. */
export function pagesOf(tracker: AnyTracker): Pages {
  const known = all.get(tracker)
  if (known) return known
  const pages: Pages = { ended: 0, live: new Set() }
  all.set(tracker, pages)
  tracker.onPageEnd(() => {
    pages.ended++
    for (const observed of [...pages.live]) observed.restart()
  })
  return pages
}
