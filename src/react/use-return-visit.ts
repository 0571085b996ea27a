'use client'

import { useEffect } from 'react'
import type { VisitFacts } from '../plan/facts.ts'
import type { EventsOf, PropertyValue, RegisteredPlan } from '../plan/register.ts'
import { useTracker } from './context.ts'
import type { FactEvents, NamedEvents } from './fact-events.ts'
import { type FactOptions, useFacts } from './use-facts.ts'
import { useLatest } from './use-latest.ts'

export interface ReturnVisitOptions {
  /** Only a return after at most so many days of 24 hours counts. Default: any. */
  readonly withinDays?: number | undefined
}

export interface UseReturnVisit<E = EventsOf<RegisteredPlan>> {
  <
    const Given extends { [name: string]: PropertyValue } = {},
    const Events extends NamedEvents<VisitFacts> = {},
  >(
    options?: ReturnVisitOptions & FactEvents<E, VisitFacts, Given, Events>,
  ): void
}

type ErasedOptions = ReturnVisitOptions & Pick<FactOptions, 'events' | 'properties'>

const standard: Readonly<Record<keyof VisitFacts, string>> = { return: 'return_visit' }

function useVisit(options: ErasedOptions = {}): void {
  const { onVisit } = useTracker()
  const report = useFacts(standard, { component: 'ReturnVisit', ...options })
  const latest = useLatest(options)
  useEffect(
    () =>
      onVisit(({ visit, daysSinceLast }) => {
        if (daysSinceLast === undefined) return
        const { withinDays = Number.POSITIVE_INFINITY } = latest.current
        if (daysSinceLast > withinDays) return
        const payload = { visit_number: visit, days_since_last: daysSinceLast }
        report({ fact: 'return', factKey: String(visit), fromEffect: true, payload })
      }),
    [onVisit, report, latest],
  )
}

/**
 * Reports that the visitor came back, in each visit but the first. Only storage can tell: nothing comes where it is not
 * permitted, and after 7 days without a visit Safari has forgotten.
 */
export const useReturnVisit = useVisit as unknown as UseReturnVisit
