import { emptyRecord } from '../../engine/record/empty-record.ts'
import type { RecordState } from '../../engine/record/record-view.ts'

/** Returns one record of a story's trackers: their decisions by time, numbered anew. */
export function joinedRecord(records: readonly RecordState[]): RecordState {
  const [first = emptyRecord, ...others] = records
  if (others.length === 0) return first
  const decisions = records
    .flatMap((record) => record.decisions)
    .sort((a, b) => a.time - b.time)
    .map((decision, index) => ({ ...decision, number: index + 1 }))
  return {
    ...first,
    decisions,
    unknownOutcomes: records.flatMap(({ unknownOutcomes = [] }) => unknownOutcomes),
    forgotten: records.reduce((sum, { forgotten }) => sum + forgotten, 0),
    counts: joined(records.map(({ counts }) => counts)),
    delivered: joined(records.map(({ delivered }) => delivered)),
  }
}

type Counts<T> = Readonly<Record<string, T>>

/** Adds up the numbers of each name. */
function joined<T extends object>(all: readonly Counts<T>[]): Counts<T> {
  const sums: Record<string, Record<string, number>> = {}
  for (const [name, counts] of all.flatMap(Object.entries) as readonly (readonly [string, object])[]) {
    const sum = sums[name] ?? {}
    sums[name] = sum
    for (const [key, count] of Object.entries(counts)) sum[key] = (sum[key] ?? 0) + Number(count)
  }
  return sums as Counts<T>
}
