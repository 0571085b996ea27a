'use client'

import { useEffect, useRef, useState } from 'react'
import type { AnyTracker } from '../engine/types.ts'
import type { SearchFacts } from '../plan/facts.ts'
import type { EventsOf, PropertyValue, RegisteredPlan } from '../plan/register.ts'
import { contain } from '../triggers/contained.ts'
import {
  createSearchObserver,
  newSearchMemory,
  type SearchInView,
  type SearchMemory,
  type SearchOptions,
} from '../triggers/search.ts'
import { useTracker } from './context.ts'
import type { FactEvents, NamedEvents } from './fact-events.ts'
import { type FactOptions, useFacts } from './use-facts.ts'
import { useLatest } from './use-latest.ts'

export interface SearchTrackingOptions extends SearchOptions {
  /** As it stands in the field or in the address. */
  readonly term: string
  /** How many were found: undefined while they are on their way, null if nobody ever knows. */
  readonly results: number | null | undefined
  /** Names of the filters in use, never what they are set to. Default none. */
  readonly filters?: readonly string[] | undefined
}

export interface UseSearchTracking<E = EventsOf<RegisteredPlan>> {
  <
    const Given extends { [name: string]: PropertyValue } = {},
    const Events extends NamedEvents<SearchFacts> = {},
  >(
    options: SearchTrackingOptions & FactEvents<E, SearchFacts, Given, Events>,
  ): void
}

type ErasedOptions = SearchTrackingOptions & Pick<FactOptions, 'events' | 'properties'>

const standard: Readonly<Record<keyof SearchFacts, string>> = {
  search: 'search',
  nothing: 'search_found_nothing',
  filter: 'filter_used',
}

function useSearch(options: ErasedOptions): void {
  const { name, term, results, filters = [] } = options
  const tracker = useTracker()
  const report = useFacts(standard, { component: 'Search', ...options })
  const latest = useLatest({ ...options, tracker })
  const [observer] = useState(() =>
    createSearchObserver(
      () => latest.current,
      report,
      () => memoryOf(latest.current.tracker, latest.current.name),
    ),
  )
  const names = filters.join()
  const isHere = useRef(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: filters by content, so that an inline list is no change
  useEffect(() => {
    const search: SearchInView = { term, results, filters }
    contain(report.failed, () => observer.see(search))
  }, [observer, report, name, term, results, names])
  useEffect(() => {
    const leave = () => contain(report.failed, observer.leave)
    const forget = tracker.onPageEnd(leave)
    window.addEventListener('pagehide', leave)
    isHere.current = true
    return () => {
      isHere.current = false
      // Later: StrictMode comes back at once, and an effect may end the page on which it stood.
      setTimeout(() => {
        forget()
        window.removeEventListener('pagehide', leave)
        if (!isHere.current) leave()
      })
    }
  }, [observer, report, tracker])
}

/**
 * Reports searches: `useSearchTracking({ name: 'docs', term, results: data?.length })`. A search counts once it stands
 * still and its results are known. The term stays in the browser, unless `reveal` says otherwise.
 */
export const useSearchTracking = useSearch as unknown as UseSearchTracking

/** By page: it outlives re-mounts, and several components may show one search. */
const memories = new WeakMap<AnyTracker, Map<string, SearchMemory>>()

function memoryOf(tracker: AnyTracker, name: string): SearchMemory {
  let ofPage = memories.get(tracker)
  if (!ofPage) {
    const searches = new Map<string, SearchMemory>()
    ofPage = searches
    memories.set(tracker, searches)
    tracker.onPageEnd(() => searches.clear())
  }
  const memory = ofPage.get(name) ?? newSearchMemory()
  ofPage.set(name, memory)
  return memory
}
