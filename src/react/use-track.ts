'use client'

import { useMemo } from 'react'
import type { Properties, Track, TrackOptions } from '../engine/types.ts'
import type { AnyPlan } from '../plan/define-plan.ts'
import type { EventsOf, RegisteredPlan } from '../plan/register.ts'
import { useEmit } from './context.ts'

/** The `track` of the nearest tracker, with the scope around the component. Stable. */
export function useTrack<P extends AnyPlan = RegisteredPlan>(): Track<EventsOf<P>> {
  const emit = useEmit()
  return useMemo(() => {
    const track = (event: string, properties?: Properties, options?: TrackOptions) =>
      emit(event, properties, { component: 'track', fact: 'call' }, options?.id)
    return track as Track<EventsOf<P>>
  }, [emit])
}
