import { createContext, useContext, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { AnyTracker, Outcome, RecordState } from '../engine/types.ts'
import { every, perFrame, type SampledRecord, sampleRecord } from './sampled-record.ts'

export const tabs = ['timeline', 'plan', 'consent', 'session'] as const
export type Tab = (typeof tabs)[number]

export interface OverlayState {
  readonly open: boolean
  readonly tab: Tab
  /** Filters of the timeline; no outcome means all of them. */
  readonly text: string
  readonly outcomes: readonly Outcome[]
  /** Numbers of attempts: where the keyboard is in the list, and which one the detail pane shows. */
  readonly active: number | undefined
  readonly shown: number | undefined
}

export interface Overlay {
  readonly tracker: AnyTracker
  readonly state: StoreApi<OverlayState>
  /** Once per frame, for the panel. */
  readonly record: SampledRecord
  /** Twice a second, for the button. */
  readonly summary: SampledRecord
}

export function createOverlay(tracker: AnyTracker, open: boolean): Overlay {
  return {
    tracker,
    state: createStore<OverlayState>(() => ({
      open,
      tab: 'timeline',
      text: '',
      outcomes: [],
      active: undefined,
      shown: undefined,
    })),
    record: sampleRecord(tracker.record, perFrame),
    summary: sampleRecord(tracker.record, every(500)),
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

export function useRecord(sample: 'record' | 'summary' = 'record'): RecordState {
  const { subscribe, get } = useOverlay()[sample]
  return useSyncExternalStore(subscribe, get)
}
