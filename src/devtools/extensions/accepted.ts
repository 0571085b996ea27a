import type { ComponentType } from 'react'
import type { Decision } from '../../engine/record/decision.ts'
import type { TabView } from '../shell/tab-view.ts'
import type { DevtoolsExtensions } from './extensions.ts'

/** Validated extensions: ids are unique, and an error in extension code stays inside its own view. */
export interface Accepted {
  readonly tabs: readonly TabView[]
  readonly columns: readonly AcceptedColumn[]
  readonly destinations: NonNullable<DevtoolsExtensions['destinations']>
  /** Adds the style sheet of the extensions to the shadow root in which it renders. */
  readonly Styles?: ComponentType | undefined
}

export interface AcceptedColumn {
  readonly id: string
  readonly title: string
  /**
   * Returns the cell text, or an empty string. Calls `value` once per decision; if `value` throws, the text is the
   * error.
   */
  readonly textOf: (decision: Decision) => string
}

export const noExtensions: Accepted = { tabs: [], columns: [], destinations: {} }
