import { createStore } from 'zustand/vanilla'
import { inertTracker } from '../../engine/inert-tracker.ts'
import { emptyRecord } from '../../engine/record/empty-record.ts'
import type { RecordState } from '../../engine/record/record-view.ts'
import type { AnyTracker } from '../../engine/tracker-api.ts'
import { planFromManifest } from '../../plan/from-manifest.ts'
import type { Manifest } from '../../plan/manifest.ts'

/** A tracker that does nothing, with the record of a story in the preview. */
export interface Replica {
  readonly tracker: AnyTracker
  /** Shows the record of a mount. */
  readonly show: (record: RecordState, mount: number) => void
}

export function createReplica(plan: Manifest): Replica {
  const store = createStore<RecordState>(() => emptyRecord)
  const inert = inertTracker(planFromManifest(plan), 'disabled')
  /** Number of the last attempt that was cleared in this mount. */
  let cleared = { mount: 0, number: 0 }
  let shown = 0
  const view = (record: RecordState): RecordState => {
    const hidden = cleared.mount === shown ? cleared.number : 0
    return { ...record, decisions: record.decisions.filter(({ number }) => number > hidden) }
  }
  const clear = () => {
    cleared = { mount: shown, number: store.getState().decisions.at(-1)?.number ?? 0 }
    store.setState(view(store.getState()), true)
  }
  const { getState: get, subscribe } = store
  return {
    tracker: { ...inert, record: { ...inert.record, get, subscribe, clear } },
    show(record, mount) {
      shown = mount
      store.setState(view(record), true)
    },
  }
}
