import { createContext, useContext, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { AnyTracker, RecordState } from '../engine/types.ts'
import { createPageStore, type PageStore } from './page/page-state.ts'
import { every, perFrame, type SampledRecord, sampleRecord } from './sampled-record.ts'
import type { Filter } from './timeline/filter.ts'
import { createNotes, type NotesStore } from './timeline/notes.ts'
import { createTimeline, type TimelineState, type TimelineStore } from './timeline/timeline-state.ts'

export interface OverlayState {
  readonly open: boolean
  /** The id of a view: see shell/views.tsx. */
  readonly tab: string
  /** The event of which somebody asks why it does not fire. */
  readonly asked: string | undefined
}

export interface Overlay {
  readonly tracker: AnyTracker
  readonly state: StoreApi<OverlayState>
  readonly page: PageStore
  readonly timeline: TimelineStore
  readonly notes: NotesStore
  /** Once per frame, for the panel. */
  readonly record: SampledRecord
  /** Twice a second, for the button. */
  readonly summary: SampledRecord
  /** Opens the timeline at these attempts. */
  readonly showAttempts: (filter: Partial<Filter>) => void
  /** Opens the timeline at one, with its detail. */
  readonly showAttempt: (number: number) => void
}

export function createOverlay(tracker: AnyTracker, open: boolean): Overlay {
  const state = createStore<OverlayState>(() => ({ open, tab: 'timeline', asked: undefined }))
  const timeline = createTimeline()
  return {
    tracker,
    state,
    timeline,
    notes: createNotes(),
    page: createPageStore(),
    record: sampleRecord(tracker.record, perFrame),
    summary: sampleRecord(tracker.record, every(500)),
    showAttempts(filter) {
      timeline.setState({ text: '', outcomes: [], ...filter, shown: undefined })
      state.setState({ tab: 'timeline' })
    },
    showAttempt(number) {
      timeline.setState({ text: '', outcomes: [], active: number, shown: number })
      state.setState({ tab: 'timeline' })
    },
  }
}

const OverlayContext = createContext<Overlay | undefined>(undefined)
export const OverlayProvider = OverlayContext.Provider

export function useOverlay(): Overlay {
  const overlay = useContext(OverlayContext)
  if (!overlay) throw new Error('The overlay renders its parts itself.')
  return overlay
}

export function useOverlayState<T>(select: (state: OverlayState) => T): T {
  return useStore(useOverlay().state, select)
}

export function useTimeline<T>(select: (timeline: TimelineState) => T): T {
  return useStore(useOverlay().timeline, select)
}

export function useRecord(sample: 'record' | 'summary' = 'record'): RecordState {
  const { subscribe, get } = useOverlay()[sample]
  return useSyncExternalStore(subscribe, get)
}
