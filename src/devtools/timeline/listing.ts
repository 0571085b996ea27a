import type { Decision } from '../../engine/record/decision.ts'
import { readOnce } from '../parts/read-once.ts'
import { equalityOf } from './equality.ts'
import { allowing, type Filter, type FilterContext } from './filter.ts'
import { type Order, sorted } from './sort.ts'

/** Attempts that match the filter. */
export interface Listing {
  /** Attempts in the order of the list. */
  readonly found: readonly Decision[]
  /** Number for each attempt; equal attempts have the same number. Empty unless the newest come first. */
  readonly kinds: readonly number[]
  readonly order: Order
}

/** Creates a function that filters a growing list of attempts, oldest first. Evaluates the filter once per attempt. */
export function createListing(filter: Filter, context: FilterContext, order: Order = 'newest') {
  const allows = allowing(filter, context)
  const known = new Map<string, number>()
  const kinds = readOnce((decision) => {
    if (!allows(decision)) return undefined
    const kind = equalityOf(decision, context.notes[decision.number])
    const number = known.get(kind) ?? known.size
    known.set(kind, number)
    return number
  })

  return (decisions: readonly Decision[]): Listing => {
    const all = kinds(decisions)
    const listing = { found: [] as Decision[], kinds: [] as number[] }
    for (let index = decisions.length - 1; index >= 0; index--) {
      const kind = all[index]
      if (kind === undefined) continue
      listing.found.push(decisions[index] as Decision)
      listing.kinds.push(kind)
    }
    if (order === 'newest') return { ...listing, order }
    return { found: sorted(listing.found, order), kinds: [], order }
  }
}
