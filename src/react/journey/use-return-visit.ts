'use client'

import { useEffect } from 'react'
import type { VisitFacts } from '../../plan/facts.ts'
import type { EventsOf, PropertyValue, RegisteredPlan } from '../../plan/register.ts'
import { type Duration, msOr, needsDurations } from '../../support/duration.ts'
import { useTracker } from '../context.ts'
import { useFacts } from '../hooks/use-facts.ts'
import type { FactEvents, NamedEvents } from '../wiring/fact-events.ts'
import type { FactOptions } from '../wiring/report.ts'
import { useLatest } from '../wiring/use-latest.ts'

/** Options of `useReturnVisit`. */
export interface ReturnVisitOptions {
  /** Maximum time since the last visit, compared in whole days of 24 hours: `'7d'`. Default: unlimited. */
  readonly within?: Duration | undefined
}

/** Type of `useReturnVisit` for the events `E` of a plan. */
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

const DAY_MS = 24 * 60 * 60_000

function useVisit(options: ErasedOptions = {}): void {
  if (process.env.NODE_ENV !== 'production') needsDurations('useReturnVisit', { within: options.within })
  const { onVisit } = useTracker()
  const report = useFacts(standard, { component: 'ReturnVisit', ...options })
  const latest = useLatest(options)
  useEffect(
    () =>
      onVisit(({ visit, daysSinceLast }) => {
        if (daysSinceLast === undefined) return
        if (daysSinceLast * DAY_MS > msOr(Number.POSITIVE_INFINITY, latest.current.within)) return
        const payload = { visit_number: visit, days_since_last: daysSinceLast }
        report({ fact: 'return', factKey: String(visit), fromEffect: true, payload })
      }),
    [onVisit, report, latest],
  )
}

/**
 * Reports that the user has come back, in each visit except the first. It relies on storage: nothing is reported where
 * storage is not permitted, and Safari deletes the record after 7 days without a visit.
 *
 * @example
 * // Once, near the root:
 * useReturnVisit({ within: '7d' })
 */
export const useReturnVisit = useVisit as unknown as UseReturnVisit
