'use client'

import { createContext, useContext, useMemo } from 'react'
import { inertTracker } from '../engine/inert-tracker.ts'
import type { AnyTracker, Decision, Properties, TriggerContext } from '../engine/types.ts'
import { MicroconversionError } from '../support/errors.ts'
import { instrumentsOf } from './instruments.ts'
import { useRendering } from './rendering.ts'
import { useLatest } from './use-latest.ts'

export const TrackerContext = createContext<AnyTracker | undefined>(undefined)
export const ScopeContext = createContext<Properties>({})

/** What a component reports with: the tracker's `track`, with the trigger and scope that the public signature leaves out. */
export type Emit = (event: string, properties: Properties | undefined, trigger: TriggerContext) => Decision

/** Emits nothing: what stands in where there is no Provider. */
export const orphan: AnyTracker = inertTracker(
  { name: '', version: '', events: new Map(), funnels: {} },
  'disabled',
)

/** The tracker of the nearest Provider. Without one: an error in development, a tracker that emits nothing in production. */
export function useTracker(): AnyTracker {
  const tracker = useContext(TrackerContext)
  if (tracker) return tracker
  if (process.env.NODE_ENV === 'production') return orphan
  throw new MicroconversionError(
    'RMC201',
    'A tracking hook or component is used outside of <MicroconversionProvider>. Wrap the application: <MicroconversionProvider tracker={tracker}>.',
  )
}

/** Stable for a tracker: emitting, or a new scope, re-renders nobody. */
export function useEmit(): Emit {
  const tracker = useTracker()
  const scope = useLatest(useContext(ScopeContext))
  const rendering = useRendering()
  return useMemo(() => {
    const { track } = tracker as unknown as {
      track: (...given: [...Parameters<Emit>, scope: Properties]) => Decision
    }
    return (event, properties, trigger) => {
      const decision = track(event, properties, trigger, scope.current)
      if (process.env.NODE_ENV !== 'production' && rendering.current)
        instrumentsOf(tracker).noteRendering(decision.number, rendering.current)
      return decision
    }
  }, [tracker, scope, rendering])
}
