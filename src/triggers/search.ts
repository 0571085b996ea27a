import type { SearchFact, SearchFacts } from '../plan/facts.ts'
import { type Duration, msOr } from '../support/duration.ts'
import { contained } from './contained.ts'

/** Options for tracking a search. */
export interface SearchOptions {
  /** Name of the search, reported as `search_name`. */
  readonly name: string
  /** Time without changes after which a search counts. Default `'1s'`. */
  readonly settle?: Duration | undefined
  /** Returns the text to send as GA4's `search_term`; undefined sends none. Default: the term is not sent. */
  readonly reveal?: ((term: string) => string | undefined) | undefined
}

export interface SearchInView {
  readonly term: string
  /** Number of results: undefined while unknown, null if it is never known. */
  readonly results: number | null | undefined
  /** Names of the active filters, without their values. */
  readonly filters: readonly string[]
}

export interface SearchReport {
  readonly fact: keyof SearchFacts
  /** `docs:1` for the first search of the page; `docs:price` for a filter. */
  readonly factKey: string
  readonly fromEffect: true
  readonly payload: SearchFacts[keyof SearchFacts]
}

/** State of one search on one page. The term never leaves the browser. */
export interface SearchMemory {
  count: number
  term: string
  filters: string
  readonly used: Set<string>
}

export const newSearchMemory = (): SearchMemory => ({ count: 0, term: '', filters: '', used: new Set() })

const SETTLE_MS = 1_000

/**
 * Counts a search when it has not changed for a while and its results are known, or when the user leaves it with known
 * results.
 */
export function createSearchObserver(
  options: () => SearchOptions,
  report: (fact: SearchReport) => void,
  memoryOfPage: () => SearchMemory,
) {
  let waiting: { readonly search: SearchInView; readonly memory: SearchMemory } | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  function settle(): void {
    clearTimeout(timer)
    const { search, memory } = waiting ?? {}
    waiting = undefined
    if (search && memory && search.results !== undefined) tell(search, options(), memory, report)
  }

  return {
    see(search: SearchInView): void {
      waiting = { search, memory: memoryOfPage() }
      clearTimeout(timer)
      if (search.results !== undefined)
        timer = setTimeout(contained(settle), msOr(SETTLE_MS, options().settle))
    },
    leave: settle,
  }
}

function tell(
  { term: typed, results, filters }: SearchInView,
  { name, reveal }: SearchOptions,
  memory: SearchMemory,
  report: (fact: SearchReport) => void,
): void {
  const inUse = [...new Set(filters)].sort()
  for (const filter of inUse) {
    if (memory.used.has(filter)) continue
    memory.used.add(filter)
    const payload = { search_name: name, filter_name: filter }
    report({ fact: 'filter', factKey: `${name}:${filter}`, fromEffect: true, payload })
  }

  const term = typed.trim().replace(/\s+/g, ' ')
  const now = { term: term.toLowerCase(), filters: inUse.join() }
  if (!term || (now.term === memory.term && now.filters === memory.filters)) return
  const refinement = memory.count ? changeOf(memory, now) : 'none'
  Object.assign(memory, now, { count: memory.count + 1 })
  const told = reveal?.(term)
  const payload: SearchFact = {
    search_name: name,
    ...(told !== undefined && { search_term: told }),
    search_length: [...term].length,
    search_words: term.split(' ').length,
    ...(typeof results === 'number' && { search_results: results }),
    search_filters: now.filters,
    search_number: memory.count,
    search_refinement: refinement,
  }
  const trigger = { factKey: `${name}:${memory.count}`, fromEffect: true, payload } as const
  report({ fact: 'search', ...trigger })
  if (results === 0) report({ fact: 'nothing', ...trigger })
}

interface Asked {
  readonly term: string
  readonly filters: string
}

function changeOf(before: Asked, now: Asked): SearchFact['search_refinement'] {
  if (now.term === before.term) return 'filtered'
  if (now.term.includes(before.term)) return 'narrowed'
  return before.term.includes(now.term) ? 'widened' : 'changed'
}
