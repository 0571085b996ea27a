import type { Decision } from '../../engine/types.ts'

/** Equal neighbours of a list, newest first: one row, or each its own where the run is opened. */
export interface Run {
  readonly newest: Decision
  /** Stays while the run grows: it names the row. */
  readonly oldest: Decision
  readonly length: number
  /** The attempt before, in the list as shown. */
  readonly before: Decision | undefined
}

/** Where each row starts in the list. */
export function startsOf(
  found: readonly Decision[],
  grouped: boolean,
  opened: readonly number[],
): readonly number[] {
  const starts: number[] = []
  for (let start = 0; start < found.length; ) {
    let end = start + 1
    while (grouped && alike(found[start], found[end])) end++
    const open = end - start > 1 && opened.includes(found[end - 1]?.number ?? 0)
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
  let low = 0
  let high = starts.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const run = runAt(found, starts, middle)
    if (!run || run.newest.number < number) high = middle - 1
    else if (run.oldest.number > number) low = middle + 1
    else return middle
  }
  return -1
}

/** The run that an attempt is of, opened or not. */
export function runAround(found: readonly Decision[], number: number): Run | undefined {
  let start = found.findIndex((decision) => decision.number === number)
  let end = start + 1
  while (alike(found[start - 1], found[start])) start--
  while (alike(found[end - 1], found[end])) end++
  return runAt(found, [start, end], 0)
}

function alike(a: Decision | undefined, b: Decision | undefined): boolean {
  return (
    a !== undefined &&
    b !== undefined &&
    a.event === b.event &&
    a.outcome === b.outcome &&
    a.reason === b.reason &&
    a.trigger.component === b.trigger.component
  )
}
