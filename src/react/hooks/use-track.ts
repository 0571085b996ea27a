'use client'

import { useMemo } from 'react'
import { emitterOf } from '../../engine/pipeline/emitter.ts'
import type { Properties } from '../../engine/pipeline/occurrence.ts'
import type { Track, TrackOptions } from '../../engine/tracker-api.ts'
import type { AnyPlan } from '../../plan/define-plan.ts'
import type { EventsOf, RegisteredPlan } from '../../plan/register.ts'
import { usePlace } from '../context.ts'
import { overlayPort } from '../wiring/overlay-port.ts'
import { useRendering } from '../wiring/rendering.ts'
import { useLatest } from '../wiring/use-latest.ts'

/**
 * Returns the `track` function of the nearest tracker, which adds the properties of the enclosing `TrackingScope`s.
 * Keeps its identity between renders.
 *
 * @example
 * const track = useTrack()
 * return <Map onZoom={(level) => track('map_zoomed', { level })} />
 */
export function useTrack<P extends AnyPlan = RegisteredPlan>(): Track<EventsOf<P>> {
  const { tracker, scope } = usePlace()
  const latest = useLatest({ scope, rendering: useRendering() })
  return useMemo(() => {
    const emit = emitterOf(tracker)
    const track = (event: string, properties?: Properties, options?: TrackOptions) => {
      const { scope, rendering } = latest.current
      const decision = emit(event, properties, { component: 'track', fact: 'call' }, scope, options?.id)
      if (process.env.NODE_ENV !== 'production' && rendering)
        overlayPort()?.noteRendering(tracker, decision.number, rendering)
      return decision
    }
    return track as Track<EventsOf<P>>
  }, [tracker, latest])
}
