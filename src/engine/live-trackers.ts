import { attempt } from '../support/attempt.ts'
import { libraryVersion } from '../support/version.ts'
import type { AnyTracker } from './tracker-api.ts'

/** A tracker that is alive on this page, created by any copy of the library. */
export interface LiveTracker {
  readonly plan: string
  /** The same object for all trackers of one copy of the library: two copies may have the same version. */
  readonly copy: { readonly version: string }
  /** True if the tracker was given a platform, as in a test: it does not share the page's storage. */
  readonly apart?: boolean | undefined
}

/** The set of live trackers, or a tester's object in its place; see `joinPage`. */
export interface LiveTrackers extends Set<LiveTracker> {
  add(entry: LiveTracker, tracker?: AnyTracker): this
}

export const ownCopy: LiveTracker['copy'] = { version: libraryVersion }

/** Name that all copies of the library share: a list in a module could not show that there are two copies. */
const registry = Symbol.for('react-microconversions')

/** Trackers of this copy alone, for a page whose global is frozen or has another value. */
const own = new Set<LiveTracker>()

export function liveTrackers(): Set<LiveTracker> {
  const page = globalThis as { [registry]?: unknown }
  const shared = attempt(() => {
    page[registry] ??= own
    return page[registry]
  })
  return shared instanceof Set ? shared : own
}

/** Returns the trackers that use the storage of this page. */
export function trackersOfPage(): readonly LiveTracker[] {
  return [...liveTrackers()].filter(({ apart }) => !apart)
}

/**
 * Adds the tracker to the page. Returns a function that removes it. A `Set` ignores the second argument of `add`. A
 * tester's object, which was on the page before the application, receives the tracker through it; no other code of the
 * page can access the tracker.
 */
export function joinPage(tracker: AnyTracker, apart = false): () => void {
  const live: LiveTrackers = liveTrackers()
  const entry: LiveTracker = { plan: tracker.plan.name, copy: ownCopy, apart }
  live.add(entry, tracker)
  return () => void live.delete(entry)
}
