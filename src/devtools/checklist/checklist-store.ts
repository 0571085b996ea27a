import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Overlay } from '../overlay-state.ts'
import { remember } from '../parts/remember.ts'
import type { Expected } from './checklist.ts'
import { linkedChecklist, readChecklist, writeChecklist } from './checklist-file.ts'

/** The tester's checklist, stored per origin. It contains what the tester expects, never what happened. */
export interface ChecklistState {
  readonly name: string
  readonly items: readonly Expected[]
  /** The events must fire in the order of the list. */
  readonly ordered: boolean
  /** Start of the check in epoch ms; earlier attempts do not count. 0: all count. */
  readonly since: number
  /** Checklist of the link, or what is wrong with it; waits while the tester has a checklist of their own. */
  readonly offered: ReturnType<typeof linkedChecklist>
}

const stores = new WeakMap<Overlay, StoreApi<ChecklistState>>()

/** Returns the checklist of an overlay. It outlives the view. */
export function checklistOf(overlay: Overlay): StoreApi<ChecklistState> {
  const known = stores.get(overlay)
  if (known) return known
  const defaults = { name: '', items: [], ordered: false, since: 0 }
  const store = createStore<ChecklistState>(() => ({ ...defaults, offered: undefined }))
  const key = `rmc-devtools:checklist:${overlay.tracker.plan.name}`
  remember(store, {
    key,
    defaults,
    kept: {
      name: (value) => typeof value === 'string',
      items: (value) => 'events' in readChecklist(writeChecklist({ name: '', events: value as Expected[] })),
      ordered: (value) => typeof value === 'boolean',
      since: (value) => typeof value === 'number',
    },
  })
  const linked = linkedChecklist(overlay.state.getState().checklistLink)
  if (linked)
    store.setState(
      'events' in linked && store.getState().items.length === 0 ? taken(linked) : { offered: linked },
    )
  stores.set(overlay, store)
  return store
}

/** Returns the change that takes a checklist over. */
export function taken({ name, events }: { readonly name: string; readonly events: readonly Expected[] }) {
  return { name, items: events, offered: undefined }
}
