'use client'

import { createContext, useContext } from 'react'
import { inertTracker } from '../engine/inert-tracker.ts'
import type { Properties } from '../engine/pipeline/occurrence.ts'
import type { AnyTracker, Tracker } from '../engine/tracker-api.ts'
import type { AnyPlan } from '../plan/define-plan.ts'
import type { RegisteredPlan } from '../plan/register.ts'
import { MicroconversionError } from '../support/errors.ts'
import type { OverlayPort } from './wiring/overlay-port.ts'

/** Tracker and scope of a component. A single context holds everything, so that a link reads only one. */
export interface Place {
  readonly tracker: AnyTracker
  /** Merged properties of all enclosing scopes. */
  readonly scope: Properties
  /**
   * Overlay port at the time the Provider mounted. It never changes afterwards, so that components below call the same
   * hooks in every render.
   */
  readonly overlay: OverlayPort | undefined
}

/** Default value without a Provider: its tracker emits nothing. */
export const nowhere: Place = {
  tracker: /* @__PURE__ */ inertTracker(
    { name: '', version: '', events: new Map(), funnels: {} },
    'disabled',
  ),
  scope: {},
  overlay: undefined,
}

export const PlaceContext = createContext(nowhere)

/**
 * Returns the place that the nearest Provider defines. Without a Provider it throws RMC201 in development, and returns
 * a tracker that emits nothing in production.
 */
export function usePlace(): Place {
  const place = useContext(PlaceContext)
  if (process.env.NODE_ENV !== 'production' && place.tracker === nowhere.tracker)
    throw new MicroconversionError(
      'RMC201',
      'A tracking hook or component is used outside of <MicroconversionProvider>. Wrap the application: <MicroconversionProvider tracker={tracker}>.',
    )
  return place
}

/**
 * Returns the tracker of the nearest Provider. Its `track` is typed by the registered plan, and adds no `TrackingScope`
 * properties: in components, report with `useTrack` instead. Without a Provider it throws RMC201 in development, and
 * returns a tracker that emits nothing in production.
 *
 * @example
 * const tracker = useTracker()
 * useEffect(() => void tracker.identify(user.id), [tracker, user.id])
 */
export function useTracker<P extends AnyPlan = RegisteredPlan>(): Tracker<P> {
  return usePlace().tracker as Tracker<P>
}
