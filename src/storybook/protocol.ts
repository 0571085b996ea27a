import type { Decision } from '../engine/record/decision.ts'
import type { RecordState } from '../engine/record/record-view.ts'
import type { Manifest } from '../plan/manifest.ts'
import type { WantedEvent } from './expected.ts'

export const ADDON_ID = 'react-microconversions'
export const PANEL_ID = `${ADDON_ID}/panel`
/** Name of the addon's parameter. */
export const PARAM_KEY = 'microconversions'
/** Id of the status that the sidebar shows for a story. */
export const STATUS_ID = `${ADDON_ID}/expect`
/** Id of the outlines in Storybook's highlights. */
export const OUTLINE_ID = `${ADDON_ID}/outline`
/** Type of the report that a story leaves, also in Vitest's `task.meta.reports`. */
export const REPORT_TYPE = ADDON_ID

/** Names of the messages between preview, manager and server. */
export const messages = {
  /** Preview to manager: a story's record changed. */
  news: `${ADDON_ID}/news`,
  /** Manager to preview: send the records again. */
  ask: `${ADDON_ID}/ask`,
  /** Manager to preview: outline the elements that report, or stop it. */
  outline: `${ADDON_ID}/outline`,
  /** Manager to server: write an expectation into a story's file. */
  save: `${ADDON_ID}/save`,
  /** Server to manager. */
  saved: `${ADDON_ID}/saved`,
} as const

/** The record of a story, as plain JSON. */
export interface StoryNews {
  readonly storyId: string
  /** Changes when the story mounts again: its attempts start anew. */
  readonly mount: number
  readonly record: RecordState
  /** Plan of the story's first tracker. Undefined while it has none. */
  readonly plan: Manifest | undefined
}

/** An expectation to write into the file of a story. */
export interface SaveRequest {
  readonly id: string
  readonly importPath: string
  readonly exportName: string
  readonly expect: readonly WantedEvent[]
}

export type SaveAnswer =
  | { readonly id: string; readonly file: string }
  | { readonly id: string; readonly problem: string }

/** Returns the expectation that these decisions meet, in their order. */
export function expectationOf(decisions: readonly Decision[]): readonly WantedEvent[] {
  return decisions.map(({ event, outcome, reason, properties = {} }) => ({
    event,
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(outcome !== 'fired' && { outcome, reason }),
  }))
}
