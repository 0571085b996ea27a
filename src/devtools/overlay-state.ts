import { createContext, useContext, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { RecordState } from '../engine/record/record-view.ts'
import type { AnyTracker } from '../engine/tracker-api.ts'
import type { DevtoolsOptions } from './create-devtools.tsx'
import { type Accepted, noExtensions } from './extensions/accepted.ts'
import { createPageStore, type PageStore } from './page/page-state.ts'
import { every, framesApart, type SampledRecord, sampleRecord } from './sampled-record.ts'
import type { OverlayDensity, OverlayTheme } from './shell/looks.ts'
import type { OverlayLayout, OverlayPosition, SheetStop } from './shell/places.ts'
import type { Filter } from './timeline/filter.ts'
import { createNotes, type NotesStore } from './timeline/notes.ts'
import { createTimeline, type TimelineState, type TimelineStore } from './timeline/timeline-state.ts'

export interface OverlayState {
  readonly open: boolean
  /** Id of the selected view, see shell/views.tsx. */
  readonly tab: string
  /** Position of the button, and of the panel while it floats. */
  readonly position: OverlayPosition
  readonly layout: OverlayLayout
  /** Size of the panel in CSS px; undefined until the user resizes it. */
  readonly width: number | undefined
  readonly height: number | undefined
  /** Height of the panel on a phone. */
  readonly stop: SheetStop
  /** Height of the sheet in CSS px while the user drags it. */
  readonly pulled: number | undefined
  readonly theme: OverlayTheme
  readonly density: OverlayDensity
  /** Keyboard shortcut such as `Alt+Shift+M`; empty disables it. */
  readonly shortcut: string
  /** Hides the button too while the panel is closed. */
  readonly hidden: boolean
  /** Shows the settings in place of the view. */
  readonly settings: boolean
  /** The panel is too narrow for two panes: the detail replaces the list. */
  readonly narrow: boolean
  /** Separate window of the panel; undefined while the panel is in the page. */
  readonly popout: Popout | undefined
  /** Event that the "Why not?" view explains. */
  readonly asked: string | undefined
  /** Dialog over the panel: the command palette, or the list of keys. */
  readonly dialog: 'commands' | 'keys' | undefined
  /** Fragment of the URL at the start, if it carries a checklist. The app may replace it. */
  readonly checklistLink: string
  /** Events that flash when they fire, and whether they sound too. */
  readonly watched: readonly string[]
  readonly sound: boolean
}

export interface Popout {
  readonly window: Window
  readonly container: HTMLElement
}

/** Defaults from the application. The user's saved settings take precedence. */
export type OverlayDefaults = Pick<OverlayState, 'open' | 'position' | 'theme' | 'shortcut'>

export interface Overlay {
  readonly tracker: AnyTracker
  readonly state: StoreApi<OverlayState>
  readonly page: PageStore
  readonly timeline: TimelineStore
  readonly notes: NotesStore
  readonly defaults: OverlayState
  /** Fills an element of the application or of other devtools; cannot open, close or move. */
  readonly embedded: boolean
  /** Reason for running in a production build. */
  readonly because: string | undefined
  readonly extensions: StoreApi<Accepted>
  /** Returns the current `editorUrl` option. */
  readonly editorUrl: () => DevtoolsOptions['editorUrl']
  /** Ids of the built-in views to show. Undefined: all. */
  readonly tabs: readonly string[] | undefined
  /** Record for the panel: updates in an animation frame, at most ten times a second. */
  readonly record: SampledRecord
  /** Record for the button and for summaries: updates at most twice a second. */
  readonly summary: SampledRecord
  /** Opens the timeline with this filter. */
  readonly showAttempts: (filter: Partial<Filter>) => void
  /** Opens the timeline at one attempt, with its detail. */
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
    tabs,
  }: Partial<Pick<Overlay, 'embedded' | 'because' | 'extensions' | 'editorUrl' | 'tabs'>> = {},
): Overlay {
  const defaults: OverlayState = {
    ...given,
    tab: 'timeline',
    layout: 'bottom',
    width: undefined,
    height: undefined,
    stop: 'half',
    pulled: undefined,
    density: 'comfortable',
    hidden: false,
    settings: false,
    narrow: false,
    popout: undefined,
    asked: undefined,
    dialog: undefined,
    checklistLink: '',
    watched: [],
    sound: false,
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
    tabs,
    record: sampleRecord(tracker.record, framesApart(100)),
    summary: sampleRecord(tracker.record, every(500)),
    showAttempts(filter) {
      timeline.setState({ text: '', outcomes: [], problems: false, ...filter, shown: undefined })
      state.setState({ tab: 'timeline', settings: false })
    },
    showAttempt(number) {
      timeline.setState({ text: '', outcomes: [], problems: false, active: number, shown: number })
      state.setState({ tab: 'timeline', settings: false })
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
