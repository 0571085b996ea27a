import type { Ref } from 'react'
import type { AnyTracker } from '../../engine/tracker-api.ts'
import type { Rendering } from './rendering.ts'
import type { Fact, Report, Reporter } from './report.ts'

/** Interface through which components and hooks inform an overlay. */
export interface OverlayPort {
  /** Links a report to its element. Returns a function that removes the link. */
  readonly add: (element: Element, report: Report) => () => void
  /** Records a fact, also one that no event reports. */
  readonly noteFact: (fact: Fact, report: Report) => void
  /** Records which report made an attempt. */
  readonly noteAttempt: (number: number, report: Report) => void
  /** Records how the component that made an attempt was rendered. */
  readonly noteRendering: (tracker: AnyTracker, number: number, rendering: Rendering) => void
  /** Hook that keeps one report per component, and records the element that the returned ref is attached to. */
  readonly useReport: <E extends Element>(
    reporter: Reporter,
    ref: Ref<E>,
  ) => { readonly report: Report; readonly ref: Ref<E> | undefined }
}

let port: OverlayPort | undefined

/** Returns the open port; undefined in a production build without the overlay, which contains none of its code. */
export const overlayPort = (): OverlayPort | undefined => port

/**
 * Opens the port: components that mount from now on are recorded. Components that are already mounted, and links under
 * an earlier Provider, are not.
 */
export function openOverlayPort(opened: OverlayPort): void {
  port = opened
}
