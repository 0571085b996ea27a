'use client'

import { useCallback } from 'react'
import { type FunnelView, funnelOf } from '../engine/funnel.ts'
import type { History } from '../engine/types.ts'
import type { AnyPlan, PlannedFunnel } from '../plan/define-plan.ts'
import type { EventsOf, FunnelsOf, RegisteredPlan } from '../plan/register.ts'
import { useTracker } from './context.ts'
import { useHistory } from './use-history.ts'

/** `P`: the plan whose funnels it knows. */
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
 * How far the visitor has come in a funnel of the plan: `const { current, next, completed } = useFunnel('demo')`. Re-renders
 * when that funnel changes. On a server, and while its markup is taken over, nobody has begun.
 */
export const useFunnel = useFunnelNamed as UseFunnel
