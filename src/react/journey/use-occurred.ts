'use client'

import { useCallback } from 'react'
import { stepsOf } from '../../engine/journey/history.ts'
import type { History } from '../../engine/journey/journey-view.ts'
import type { EventsOf, RegisteredPlan } from '../../plan/register.ts'
import type { Duration } from '../../support/duration.ts'
import { useTracker } from '../context.ts'
import { needsObject } from '../wiring/needs-object.ts'
import { useHistory } from './use-history.ts'

/** Options of `useOccurred`. */
export interface OccurredOptions<Name extends string = string> {
  /** Name of an event in the plan. */
  readonly event: Name
  /**
   * How far to look back: a duration such as `'3d'`, or `'session'` for the current session. Default: the whole
   * remembered history.
   */
  readonly within?: Duration | 'session' | undefined
  /** Minimum number of occurrences. Default 1. */
  readonly times?: number | undefined
}

/** Type of `useOccurred` for the events `E` of a plan. */
export interface UseOccurred<E = EventsOf<RegisteredPlan>> {
  (options: OccurredOptions<keyof E & string>): boolean
}

function useOccurredEvent(options: OccurredOptions): boolean {
  if (process.env.NODE_ENV !== 'production') needsObject(options, 'useOccurred', '{ event, within, … }')
  const { event, within, times = 1 } = options
  const known = useTracker().plan.events.has(event)
  const look = useCallback(
    (history: History) => stepsOf(history, event, within).length >= times,
    [event, within, times],
  )
  return useHistory('useOccurred', look, known ? undefined : event)
}

/**
 * Returns true if an event has occurred. Re-renders when the answer changes. Returns false during server rendering and
 * hydration.
 *
 * @example
 * const hasSeenPricing = useOccurred({ event: 'pricing_clicked', within: '3d' })
 * return hasSeenPricing ? <Offer /> : null
 */
export const useOccurred = useOccurredEvent as UseOccurred
