'use client'

import { useCallback } from 'react'
import { type FunnelView, funnelOf } from '../../engine/journey/funnel.ts'
import type { History } from '../../engine/journey/journey-view.ts'
import type { AnyPlan, PlannedFunnel } from '../../plan/define-plan.ts'
import type { EventsOf, FunnelsOf, RegisteredPlan } from '../../plan/register.ts'
import { useTracker } from '../context.ts'
import { useHistory } from './use-history.ts'

/** Type of `useFunnel` for the plan `P`, whose funnels it knows. */
export interface UseFunnel<P extends AnyPlan = RegisteredPlan> {
  (name: FunnelsOf<P>): FunnelView<keyof EventsOf<P> & string>
}

const noFunnel: PlannedFunnel = { steps: [] }

function useFunnelNamed(name: string): FunnelView {
  const funnel = useTracker().plan.funnels[name]
  const look = useCallback((history: History) => funnelOf(funnel ?? noFunnel, history), [funnel])
  return useHistory('useFunnel', look, funnel ? undefined : name)
}

/**
 * Returns how far the user has come in a funnel of the plan: `const { current, next, completed } = useFunnel('demo')`.
 * Re-renders when the progress in that funnel changes. During server rendering and hydration, no step has been taken.
 *
 * @example
 * const { next, completed } = useFunnel('demo')
 * return completed ? null : <p>Next: {next}</p>
 */
export const useFunnel = useFunnelNamed as UseFunnel
