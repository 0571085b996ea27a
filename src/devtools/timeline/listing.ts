import type { Decision } from '../../engine/types.ts'
import { readOnce } from '../parts/read-once.ts'
import { allowing, type Filter, type FilterContext, kindOf } from './filter.ts'

/** What a filter leaves of the attempts. */
export interface Listing {
  /** Newest first. */
  readonly found: readonly Decision[]
  /** One for each: alike where the attempts are. */
  readonly kinds: readonly number[]
}

/** Filters the attempts, oldest first, again and again: each is read once, whatever the filter costs. */
export function createListing(filter: Filter, context: FilterContext) {
  const allows = allowing(filter, context)
  const known = new Map<string, number>()
  const kinds = readOnce((decision) => {
    if (!allows(decision)) return undefined
    const kind = kindOf(decision)
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
    return listing
  }
}
