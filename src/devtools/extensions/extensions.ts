import type { ComponentType } from 'react'
import type { AnyTracker, Decision } from '../../engine/types.ts'

/** What an application, or a library of yours, adds to the overlay. Made once, outside of components. */
export interface DevtoolsExtensions {
  /** After the overlay's own, in this order. */
  readonly tabs?: readonly TabExtension[] | undefined
  /** Of the timeline's rows: they can be hidden, and the filter seeks in them. No export has them. */
  readonly columns?: readonly ColumnExtension[] | undefined
  /** By the name of a destination. */
  readonly destinations?: Readonly<Record<string, DestinationExtension>> | undefined
  /** CSS for what they render: no sheet of the page reaches into the overlay. Adopted, so that no policy forbids it. */
  readonly styles?: string | undefined
}

export interface TabExtension {
  /** Letters, digits, `-` and `_`; none that the overlay has. Remembered as the chosen tab. */
  readonly id: string
  readonly title: string
  /** Fills the panel. Nothing of a `lazy(() => import('…'))` is loaded before the tab is chosen. */
  readonly View: ComponentType<{ readonly tracker: AnyTracker }>
}

export interface ColumnExtension {
  /** Letters, digits, `-` and `_`; none that the overlay has. Remembered if it is hidden. */
  readonly id: string
  readonly title: string
  /** In a row, in one line; undefined or empty: nothing. Asked once for each state of a decision. */
  readonly value: (decision: Decision) => string | undefined
}

export interface DestinationExtension {
  /** Beside the name of an event, in one line. */
  readonly Summary?: ComponentType<PayloadProps> | undefined
  /** In place of the tree of names and values, which stays at hand. */
  readonly Payload?: ComponentType<PayloadProps> | undefined
}

export interface PayloadProps {
  /** What the destination made of the event; parsed, where it is JSON. */
  readonly payload: unknown
  readonly decision: Decision
}
