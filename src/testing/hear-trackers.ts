import type { LiveTracker, LiveTrackers } from '../engine/live-trackers.ts'
import type { AnyTracker } from '../engine/tracker-api.ts'

/** Receives each tracker that is created on the page. Returns a function that is called when the tracker is disposed. */
export type HearTracker = (tracker: AnyTracker) => () => void

const registry = Symbol.for('react-microconversions')

/**
 * Calls `hear` for each tracker that is created from now on, by any copy of the library; see `joinPage`. Must run before the
 * application creates its trackers. Returns a function that stops it.
 */
export function hearTrackers(hear: HearTracker): () => void {
  const page = globalThis as { [registry]?: unknown }
  if (!(page[registry] instanceof Set)) page[registry] = new Set<LiveTracker>()
  const live = page[registry] as LiveTrackers
  const before = { add: live.add, delete: live.delete }
  const ends = new Map<LiveTracker, () => void>()
  let isHearing = true
  live.add = (entry, tracker) => {
    before.add.call(live, entry, tracker)
    if (tracker && isHearing) ends.set(entry, hear(tracker))
    return live
  }
  live.delete = (entry) => {
    ends.get(entry)?.()
    ends.delete(entry)
    return before.delete.call(live, entry)
  }
  return () => {
    isHearing = false
  }
}
