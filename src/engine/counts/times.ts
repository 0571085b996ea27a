import type { Row } from '../../platform/platform.ts'

/** Parses stored times. Drops what is not a time, because storage may contain anything. */
export function parseTimes(text: string | undefined): readonly number[] {
  return text ? numbers(text.split(',').filter(Boolean).map(Number)) : []
}

export function timesOf(row: Row | undefined): readonly number[] {
  return Array.isArray(row?.['times']) ? numbers(row['times']) : []
}

function numbers(values: readonly unknown[]): readonly number[] {
  return values.filter((value): value is number => Number.isFinite(value) && (value as number) >= 0)
}

/** Merges two versions of one list. Two occurrences at the same time stay two. */
export function merge(a: readonly number[], b: readonly number[]): readonly number[] {
  const left = [...a]
  const added = b.filter((time) => {
    const index = left.indexOf(time)
    if (index >= 0) left.splice(index, 1)
    return index < 0
  })
  return [...a, ...added].sort((x, y) => x - y)
}
