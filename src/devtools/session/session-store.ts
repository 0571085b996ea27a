import { createStore, type StoreApi } from 'zustand/vanilla'
import type { AnyTracker } from '../../engine/tracker-api.ts'
import type { FormatName } from './formats.ts'
import type { Session } from './session-file.ts'

export interface OpenedSession {
  readonly id: number
  /** File name. */
  readonly name: string
  readonly session: Session
}

/** The tester's choices and opened files. They outlive the tab and the panel, but not the page. */
export interface SessionChoices {
  readonly format: FormatName
  /** `shown`: the attempt that the timeline shows in detail. `found`: the attempts that match its filter. */
  readonly scope: 'all' | 'found' | 'shown'
  readonly allowed: ReadonlySet<string>
  /** For a generated test: the event that should have fired. Empty: the test expects the recorded outcomes. */
  readonly missing: string
  readonly planModule: string
  /** Kind of test that the detail of an attempt copies. */
  readonly testFor: 'playwright' | 'vitest' | 'storybook'
  /** The tester's notes, for readers of the file. */
  readonly notes: string
  readonly opened: readonly OpenedSession[]
  /** Id of the opened session that the replay shows. */
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
      testFor: 'playwright',
      notes: '',
      opened: [],
      playing: undefined,
    }))
  stores.set(tracker, store)
  return store
}
