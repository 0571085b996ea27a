'use client'

import { useEffect, useRef, useState } from 'react'
import type { AnyTracker } from '../../engine/tracker-api.ts'
import type { SearchFacts } from '../../plan/facts.ts'
import type { EventsOf, PropertyValue, RegisteredPlan } from '../../plan/register.ts'
import { needsDurations } from '../../support/duration.ts'
import { contain } from '../../triggers/contained.ts'
import {
  createSearchObserver,
  newSearchMemory,
  type SearchInView,
  type SearchMemory,
  type SearchOptions,
} from '../../triggers/search.ts'
import { useTracker } from '../context.ts'
import type { FactEvents, NamedEvents } from '../wiring/fact-events.ts'
import type { FactOptions } from '../wiring/report.ts'
import { useLatest } from '../wiring/use-latest.ts'
import { useFacts } from './use-facts.ts'

/** Options of `useSearchTracking`. */
export interface SearchTrackingOptions extends SearchOptions {
  /** Search term, as in the input or the URL. */
  readonly term: string
  /** Number of results: undefined while they are loading, null if the number is never known. */
  readonly results: number | null | undefined
  /** Names of the active filters, without their values. Default: none. */
  readonly filters?: readonly string[] | undefined
}

/** Type of `useSearchTracking` for the events `E` of a plan. */
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
  if (process.env.NODE_ENV !== 'production') needsDurations('useSearchTracking', { settle: options.settle })
  const { name, term, results } = options
  // Whatever the application passes, because an error here would unmount it.
  const filters = [options.filters ?? []].flat().map(String)
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
      // Deferred, because StrictMode runs the effect again at once, and an effect may end the page in which the search
      // was made.
      setTimeout(() => {
        forget()
        window.removeEventListener('pagehide', leave)
        if (!isHere.current) leave()
      })
    }
  }, [observer, report, tracker])
}

/**
 * Reports searches. A search counts once its term has not changed for `settle` (1 s by default) and its results are
 * known. The term stays in the browser unless `reveal` returns a text to send.
 *
 * @example
 * const { data } = useQuery({ queryKey: ['docs', term], queryFn: search })
 * useSearchTracking({ name: 'docs', term, results: data?.length })
 */
export const useSearchTracking = useSearch as unknown as UseSearchTracking

/**
 * Memory of each search on the current page. It outlives re-mounts, and several components may show the same search.
 */
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
