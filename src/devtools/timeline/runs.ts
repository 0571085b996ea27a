import type { Decision } from '../../engine/record/decision.ts'
import { bisect } from './bisect.ts'
import type { Listing } from './listing.ts'

/** One row of the list: equal neighbouring attempts, or a single attempt if the run is expanded. */
export interface Run {
  readonly newest: Decision
  /** Oldest attempt. Identifies the row, because it stays the same while the run grows. */
  readonly oldest: Decision
  readonly length: number
  /** Previous attempt in the list as shown. */
  readonly before: Decision | undefined
}

/** Returns the index at which each row starts. Without `grouped`, each attempt is a row. */
export function startsOf(
  { found, kinds, order }: Listing,
  grouped: boolean,
  opened: readonly number[],
): readonly number[] {
  if (order !== 'newest') return found.map((_, index) => index)
  const starts: number[] = []
  for (let start = 0; start < found.length; ) {
    let end = start + 1
    while (grouped && kinds[start] === kinds[end]) end++
    const open = opened.length > 0 && opened.includes(found[end - 1]?.number ?? 0)
    for (let row = start; row < (open ? end : start + 1); row++) starts.push(row)
    start = end
  }
  return starts
}

/** Returns the row at `index`. */
export function runAt(found: readonly Decision[], starts: readonly number[], index: number): Run | undefined {
  const start = starts[index]
  if (start === undefined) return undefined
  const end = starts[index + 1] ?? found.length
  const newest = found[start]
  const oldest = found[end - 1]
  return newest && oldest && { newest, oldest, length: end - start, before: found[end] }
}

/** Returns the index of the row that contains the attempt; -1 if none does. */
export function rowOf({ found, order }: Listing, starts: readonly number[], number: number): number {
  if (order !== 'newest') return found.findIndex((decision) => decision.number === number)
  // Newest first, numbers decrease.
  return bisect(starts.length, (index) => {
    const run = runAt(found, starts, index)
    if (!run || run.newest.number < number) return -1
    return run.oldest.number > number ? 1 : 0
  })
}

/** Returns the run that contains the attempt, expanded or not; undefined if the filter excludes the attempt. */
export function runAround({ found, kinds, order }: Listing, number: number): Run | undefined {
  if (order !== 'newest') return undefined
  const at = bisect(found.length, (index) => (found[index]?.number ?? 0) - number)
  if (at < 0) return undefined
  let start = at
  let end = at + 1
  while (start > 0 && kinds[start - 1] === kinds[at]) start--
  while (kinds[end] === kinds[at]) end++
  return runAt(found, [start, end], 0)
}
