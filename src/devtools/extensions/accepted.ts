import type { ComponentType } from 'react'
import type { Decision } from '../../engine/types.ts'
import type { TabView } from '../shell/tab-view.ts'
import type { DevtoolsExtensions } from './extensions.ts'

/** What the overlay has taken of what it was given: each id once, and nothing that throws outside of its place. */
export interface Accepted {
  readonly tabs: readonly TabView[]
  readonly columns: readonly AcceptedColumn[]
  readonly destinations: NonNullable<DevtoolsExtensions['destinations']>
  /** Adopts the sheet in the tree that it is rendered in. */
  readonly Styles?: ComponentType | undefined
}

export interface AcceptedColumn {
  readonly id: string
  readonly title: string
  /** Empty: nothing. Asked once for each decision, and says so if it threw. */
  readonly textOf: (decision: Decision) => string
}

export const noExtensions: Accepted = { tabs: [], columns: [], destinations: {} }
