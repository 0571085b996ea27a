import { attempt } from '../support/attempt.ts'
import { libraryVersion } from '../support/version.ts'

/** One tracker that is alive on this page, by whichever copy of the library it was made. */
export interface LiveTracker {
  readonly plan: string
  /** One object for each copy of the library: two may be of one version. */
  readonly copy: { readonly version: string }
}

export const ownCopy: LiveTracker['copy'] = { version: libraryVersion }

/** Under a name that all copies share: a list in a module could not tell that there are two. */
const registry = Symbol.for('react-microconversions')

/** Trackers of this copy alone, for a page whose global is frozen or holds something else. */
const own = new Set<LiveTracker>()

export function liveTrackers(): Set<LiveTracker> {
  const page = globalThis as { [registry]?: unknown }
  const shared = attempt(() => {
    page[registry] ??= own
    return page[registry]
  })
  return shared instanceof Set ? shared : own
}

/** Returns a stop. */
export function joinPage(plan: string): () => void {
  const live = liveTrackers()
  const tracker: LiveTracker = { plan, copy: ownCopy }
  live.add(tracker)
  return () => void live.delete(tracker)
}
