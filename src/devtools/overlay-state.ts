import { createContext, useContext, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { AnyTracker, RecordState } from '../engine/types.ts'
import type { DevtoolsOptions } from './create-devtools.tsx'
import { type Accepted, noExtensions } from './extensions/accepted.ts'
import { createPageStore, type PageStore } from './page/page-state.ts'
import { every, framesApart, type SampledRecord, sampleRecord } from './sampled-record.ts'
import type { OverlayDensity, OverlayTheme } from './shell/looks.ts'
import type { OverlayLayout, OverlayPosition } from './shell/places.ts'
import type { Filter } from './timeline/filter.ts'
import { createNotes, type NotesStore } from './timeline/notes.ts'
import { createTimeline, type TimelineState, type TimelineStore } from './timeline/timeline-state.ts'

export interface OverlayState {
  readonly open: boolean
  /** The id of a view: see shell/views.tsx. */
  readonly tab: string
  /** Of the button, and of the panel while it floats. */
  readonly position: OverlayPosition
  readonly layout: OverlayLayout
  /** Of the panel, CSS px; undefined until somebody has chosen. */
  readonly width: number | undefined
  readonly height: number | undefined
  readonly theme: OverlayTheme
  readonly density: OverlayDensity
  /** `Alt+Shift+M`, or empty: none. */
  readonly shortcut: string
  /** Closed, not even the button is there. */
  readonly hidden: boolean
  /** The settings are in the place of the view. */
  readonly settings: boolean
  /** There is no room beside something: the detail takes the place of the list. */
  readonly narrow: boolean
  /** The window that the panel is in, if that is not the page. */
  readonly popout: Popout | undefined
  /** The event of which somebody asks why it does not fire. */
  readonly asked: string | undefined
}

export interface Popout {
  readonly window: Window
  readonly container: HTMLElement
}

/** What the application asks for; what a person has chosen goes before it. */
export type OverlayDefaults = Pick<OverlayState, 'open' | 'position' | 'theme' | 'shortcut'>

export interface Overlay {
  readonly tracker: AnyTracker
  readonly state: StoreApi<OverlayState>
  readonly page: PageStore
  readonly timeline: TimelineStore
  readonly notes: NotesStore
  readonly defaults: OverlayState
  /** Inside an element of the application, or of other devtools: it neither opens, closes nor moves. */
  readonly embedded: boolean
  /** Why it is in a production build. */
  readonly because: string | undefined
  readonly extensions: StoreApi<Accepted>
  /** The application's own, as it is now. */
  readonly editorUrl: () => DevtoolsOptions['editorUrl']
  /** In the next frame, ten times a second at most, for the panel. */
  readonly record: SampledRecord
  /** Twice a second, for the button. */
  readonly summary: SampledRecord
  /** Opens the timeline at these attempts. */
  readonly showAttempts: (filter: Partial<Filter>) => void
  /** Opens the timeline at one, with its detail. */
  readonly showAttempt: (number: number) => void
}

export function createOverlay(
  tracker: AnyTracker,
  given: OverlayDefaults,
  {
    embedded = false,
    because,
    extensions = createStore(() => noExtensions),
    editorUrl = () => undefined,
  }: Partial<Pick<Overlay, 'embedded' | 'because' | 'extensions' | 'editorUrl'>> = {},
): Overlay {
  const defaults: OverlayState = {
    ...given,
    tab: 'timeline',
    layout: 'floating',
    width: undefined,
    height: undefined,
    density: 'comfortable',
    hidden: false,
    settings: false,
    narrow: false,
    popout: undefined,
    asked: undefined,
  }
  const state = createStore<OverlayState>(() => defaults)
  const timeline = createTimeline()
  return {
    tracker,
    state,
    timeline,
    notes: createNotes(),
    page: createPageStore(),
    defaults,
    embedded,
    because,
    extensions,
    editorUrl,
    record: sampleRecord(tracker.record, framesApart(100)),
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

export function useExtensions<T>(select: (extensions: Accepted) => T): T {
  return useStore(useOverlay().extensions, select)
}

export function useRecord(sample: 'record' | 'summary' = 'record'): RecordState {
  const { subscribe, get } = useOverlay()[sample]
  return useSyncExternalStore(subscribe, get)
}
