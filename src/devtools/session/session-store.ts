import { createStore, type StoreApi } from 'zustand/vanilla'
import type { AnyTracker } from '../../engine/types.ts'
import type { FormatName } from './formats.ts'
import type { Session } from './session-file.ts'

export interface OpenedSession {
  readonly id: number
  /** Of the file. */
  readonly name: string
  readonly session: Session
}

/** What the tester has chosen and opened: outlives the tab and the panel, not the page. */
export interface SessionChoices {
  readonly format: FormatName
  /** `shown`: the one that the timeline shows in detail · `found`: those that its filter leaves. */
  readonly scope: 'all' | 'found' | 'shown'
  readonly allowed: ReadonlySet<string>
  /** Of a test: the event that should have fired; empty: what happened. */
  readonly missing: string
  readonly planModule: string
  /** In the tester's own words, for whoever reads it. */
  readonly notes: string
  readonly opened: readonly OpenedSession[]
  /** Id of the opened session that is played. */
  readonly playing: number | undefined
}

const stores = new WeakMap<AnyTracker, StoreApi<SessionChoices>>()

export function sessionStore(tracker: AnyTracker): StoreApi<SessionChoices> {
  const store =
    stores.get(tracker) ??
    createStore<SessionChoices>(() => ({
      format: 'json',
      scope: 'all',
      allowed: new Set(),
      missing: '',
      planModule: './plan',
      notes: '',
      opened: [],
      playing: undefined,
    }))
  stores.set(tracker, store)
  return store
}
