import type { ComponentType } from 'react'
import type { Decision } from '../../engine/record/decision.ts'
import type { AnyTracker } from '../../engine/tracker-api.ts'

/** Extensions that an application or a library adds to the overlay. Create the object once, outside of components. */
export interface DevtoolsExtensions {
  /** Additional tabs, in this order after the built-in ones. Default none. */
  readonly tabs?: readonly TabExtension[] | undefined
  /**
   * Additional columns of the timeline. The user can hide them, and the filter searches them. Exports omit them.
   * Default none.
   */
  readonly columns?: readonly ColumnExtension[] | undefined
  /** Custom payload views, by destination name. Default none. */
  readonly destinations?: Readonly<Record<string, DestinationExtension>> | undefined
  /**
   * CSS for your views, because the page's style sheets do not reach into the overlay's shadow root. The overlay uses
   * an adopted style sheet, which every Content Security Policy allows. Default none.
   */
  readonly styles?: string | undefined
}

/** Additional tab of the overlay. */
export interface TabExtension {
  /**
   * Letters, digits, `-` and `_`. Must differ from the ids of the built-in tabs. Stored when the user selects the tab.
   */
  readonly id: string
  /** Label of the tab. */
  readonly title: string
  /**
   * Component that fills the panel. The overlay loads a `lazy(() => import('…'))` component when the user selects the
   * tab.
   */
  readonly View: ComponentType<{ readonly tracker: AnyTracker }>
}

/** Additional column of the timeline. */
export interface ColumnExtension {
  /**
   * Letters, digits, `-` and `_`. Must differ from the ids of the built-in columns. Stored when the user hides the
   * column.
   */
  readonly id: string
  /** Label of the column in the view options. */
  readonly title: string
  /**
   * Returns one line of text for a row, shortened to 200 characters; undefined or an empty string shows nothing. Called
   * once per state of a decision.
   */
  readonly value: (decision: Decision) => string | undefined
}

/** Custom views for the payloads of one destination. */
export interface DestinationExtension {
  /** One-line view beside the name of the event or destination. Default none. */
  readonly Summary?: ComponentType<PayloadProps> | undefined
  /** View of the payload. The tree of names and values stays available below it. Default: only the tree. */
  readonly Payload?: ComponentType<PayloadProps> | undefined
}

/** Props of `Summary` and `Payload`. */
export interface PayloadProps {
  /** Payload that the destination created from the event; parsed if it is JSON text. */
  readonly payload: unknown
  /** Decision that the payload belongs to. */
  readonly decision: Decision
}
