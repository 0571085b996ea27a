import type { RecordState } from '../../engine/record/record-view.ts'
import type { AnyTracker } from '../../engine/tracker-api.ts'
import { outlineOf, type Tested, testedAttempts } from '../../plan/coverage/tested.ts'
import { hearTrackers } from '../hear-trackers.ts'

/** Returns what trackers attempted, each with its record. */
export function testedBy(trackers: readonly (readonly [AnyTracker['plan'], RecordState])[]): Tested {
  const plans = new Map(trackers.map(([plan]) => [plan.name, plan]))
  return {
    plans: [...plans.values()].map(outlineOf),
    attempts: trackers.flatMap(([{ name }, { decisions }]) => testedAttempts(name, decisions)),
  }
}

/** Follows all trackers from now on. Returns a function that returns what they attempted since its last call. */
export function collectTested(): () => Tested {
  const live = new Set<AnyTracker>()
  const ended: [AnyTracker['plan'], RecordState][] = []
  const reported = new WeakMap<AnyTracker, number>()
  /** Returns the part of the record that no test before has reported: trackers of `beforeAll` live on. */
  const newOf = (tracker: AnyTracker): [AnyTracker['plan'], RecordState] => {
    const state = tracker.record.get()
    const before = reported.get(tracker) ?? 0
    reported.set(tracker, state.decisions.at(-1)?.number ?? before)
    const decisions = state.decisions.filter(({ number }) => number > before)
    return [tracker.plan, { ...state, decisions }]
  }
  hearTrackers((tracker) => {
    live.add(tracker)
    const unwatch = tracker.record.watch()
    return () => {
      ended.push(newOf(tracker))
      live.delete(tracker)
      unwatch()
    }
  })
  return () => testedBy([...ended.splice(0), ...[...live].map(newOf)])
}
