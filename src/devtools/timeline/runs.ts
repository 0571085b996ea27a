import type { Decision } from '../../engine/types.ts'
import { bisect } from './bisect.ts'
import type { Listing } from './listing.ts'

/** Equal neighbours of a list, newest first: one row, or each its own where the run is opened. */
export interface Run {
  readonly newest: Decision
  /** Stays while the run grows: it names the row. */
  readonly oldest: Decision
  readonly length: number
  /** The attempt before, in the list as shown. */
  readonly before: Decision | undefined
}

/** Where each row starts in the list; without `grouped`, each attempt is a row. */
export function startsOf(
  { found, kinds }: Listing,
  grouped: boolean,
  opened: readonly number[],
): readonly number[] {
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

/** The row at `index`. */
export function runAt(found: readonly Decision[], starts: readonly number[], index: number): Run | undefined {
  const start = starts[index]
  if (start === undefined) return undefined
  const end = starts[index + 1] ?? found.length
  const newest = found[start]
  const oldest = found[end - 1]
  return newest && oldest && { newest, oldest, length: end - start, before: found[end] }
}

/** The row that has an attempt, by its number; -1 if none has. Newest first: numbers fall. */
export function rowOf(found: readonly Decision[], starts: readonly number[], number: number): number {
  return bisect(starts.length, (index) => {
    const run = runAt(found, starts, index)
    if (!run || run.newest.number < number) return -1
    return run.oldest.number > number ? 1 : 0
  })
}

/** The run that an attempt is of, opened or not; undefined if the filter leaves it out. */
export function runAround({ found, kinds }: Listing, number: number): Run | undefined {
  const at = bisect(found.length, (index) => (found[index]?.number ?? 0) - number)
  if (at < 0) return undefined
  let start = at
  let end = at + 1
  while (start > 0 && kinds[start - 1] === kinds[at]) start--
  while (kinds[end] === kinds[at]) end++
  return runAt(found, [start, end], 0)
}
