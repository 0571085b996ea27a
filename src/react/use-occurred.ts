'use client'

import { useCallback } from 'react'
import { stepsOf } from '../engine/history.ts'
import type { History } from '../engine/types.ts'
import type { Duration } from '../plan/after.ts'
import type { EventsOf, RegisteredPlan } from '../plan/register.ts'
import { useTracker } from './context.ts'
import { useHistory } from './use-history.ts'

export interface OccurredOptions {
  /** Default: as far back as is remembered. */
  readonly within?: Duration | 'session' | undefined
  /** At least so often. Default 1. */
  readonly times?: number | undefined
}

export interface UseOccurred<E = EventsOf<RegisteredPlan>> {
  (event: keyof E & string, options?: OccurredOptions): boolean
}

function useOccurredEvent(event: string, { within, times = 1 }: OccurredOptions = {}): boolean {
  const known = useTracker().plan.events.has(event)
  const look = useCallback(
    (history: History) => stepsOf(history, event, within).length >= times,
    [event, within, times],
  )
  return useHistory('useOccurred', look, known ? undefined : event)
}

/**
 * Whether an event has occurred: `useOccurred('pricing_clicked', { within: '3d' })`. Re-renders when the answer changes. On a
 * server, and while its markup is taken over: false.
 */
export const useOccurred = useOccurredEvent as UseOccurred
