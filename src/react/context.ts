'use client'

import { createContext, useContext, useMemo } from 'react'
import { emitterOf } from '../engine/emitter.ts'
import { inertTracker } from '../engine/inert-tracker.ts'
import type { AnyTracker, Decision, Properties, TriggerContext } from '../engine/types.ts'
import { MicroconversionError } from '../support/errors.ts'
import { instrumentsOf } from './instruments.ts'
import { useRendering } from './rendering.ts'
import { useLatest } from './use-latest.ts'

export const TrackerContext = createContext<AnyTracker | undefined>(undefined)
export const ScopeContext = createContext<Properties>({})

/** Function with which a component reports; the scope is the one around it. */
export type Emit = (
  event: string,
  properties: Properties | undefined,
  trigger: TriggerContext,
  id?: string,
) => Decision

/** Emits nothing: what stands in where there is no Provider. */
export const orphan: AnyTracker = inertTracker(
  { name: '', version: '', events: new Map(), funnels: {} },
  'disabled',
)

/** The tracker of the nearest Provider. Without one: an error in development, a tracker that emits nothing in production. */
export function useTracker(): AnyTracker {
  const tracker = useContext(TrackerContext)
  if (tracker) return tracker
  if (process.env.NODE_ENV !== 'production')
    throw new MicroconversionError(
      'RMC201',
      'A tracking hook or component is used outside of <MicroconversionProvider>. Wrap the application: <MicroconversionProvider tracker={tracker}>.',
    )
  return orphan
}

function useEmitOfTracker(): Emit {
  const tracker = useTracker()
  const scope = useLatest(useContext(ScopeContext))
  return useMemo(() => {
    const emit = emitterOf(tracker)
    return (event, properties, trigger, id) => emit(event, properties, trigger, scope.current, id)
  }, [tracker, scope])
}

/** And notes for the overlay who rendered what emits. */
function useNotingEmit(): Emit {
  const tracker = useTracker()
  const emit = useEmitOfTracker()
  const rendering = useRendering()
  return useMemo(
    () => (event, properties, trigger, id) => {
      const decision = emit(event, properties, trigger, id)
      if (rendering.current) instrumentsOf(tracker).noteRendering(decision.number, rendering.current)
      return decision
    },
    [tracker, emit, rendering],
  )
}

/** Stable for a tracker: emitting, or a new scope, re-renders nobody. */
export const useEmit: () => Emit = process.env.NODE_ENV === 'production' ? useEmitOfTracker : useNotingEmit
