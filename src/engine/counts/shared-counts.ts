import type { Database, KeyValue, Row } from '../../platform/platform.ts'
import type { Claimant, Entry } from './claimant.ts'
import type { admits, Claim, withTime } from './frequency.ts'
import type { ScopeIds } from './scopes.ts'
import type { merge, timesOf } from './times.ts'

/**
 * This tab's ledger, and the functions by which it counts. Passed in, because imports in this chunk would make bundlers
 * split the first chunk.
 */
interface TabCounts {
  readonly admits: typeof admits
  readonly withTime: typeof withTime
  readonly merge: typeof merge
  readonly timesOf: typeof timesOf
  /** Returns the times that this tab knows. */
  readonly known: (id: string) => readonly number[]
  readonly write: (id: string, times: readonly number[]) => void
  /** Deletes the oldest keys of an event that has too many. */
  readonly bound: (id: string, claim: Claim) => void
}

/**
 * Claims in one transaction, against the counts of all tabs, and updates this tab's ledger. Resolves to undefined if
 * the database is gone, or the page was left: then this tab's memory decides.
 */
export async function commitIn(
  database: Database,
  contested: readonly Entry[],
  claimant: Claimant,
  { known, write, bound, admits, withTime, merge, timesOf }: TabCounts,
) {
  const { time, rows, isWaiting, isRefused, decided } = claimant
  const ids = contested.map(({ id }) => id)
  const answer = await database
    .update(ids, (before) => {
      const waits = isWaiting()
      // A page that was left may have told only the mirror. A claim that has left is in the mirror itself.
      const times = before.map((row, index) =>
        waits ? merge(timesOf(row), known(ids[index] as string)) : timesOf(row),
      )
      const admitted = contested.every(({ claim }, index) => admits(claim, times[index] ?? [], time))
      if (!admitted || isRefused()) return undefined
      if (waits) decided()
      const claims = contested.map(
        ({ id, claim }, index) => [id, { times: withTime(claim, times[index] ?? [], time) }] as const,
      )
      return new Map<string, Row | null>([...rows, ...claims])
    })
    .catch(() => undefined)
  contested.forEach(({ id, claim }, index) => {
    const times = timesOf(answer?.rows[index])
    if (times.length === 0) return
    write(id, merge(known(id), times))
    bound(id, claim)
  })
  return answer
}

const SHARED = ['session', 'user'] as const

/** Counts in the database, by scope. */
export type StoredCounts = readonly (readonly [
  scope: (typeof SHARED)[number],
  rows: ReadonlyMap<string, Row>,
])[]

/** Reads the counts of all sessions and users, both at once. A caller may drop the promise. */
export function readCounts(database: Database): Promise<StoredCounts> {
  const reading = Promise.all(
    SHARED.map(async (scope) => [scope, await database.readAll(`${scope}:`)] as const),
  )
  reading.catch(() => {})
  return reading
}

/**
 * Merges database and mirror when the database is open. Deletes counts from before `since` of a session or user other
 * than the present ones.
 */
export function learnCounts(
  database: Database,
  stored: StoredCounts,
  local: KeyValue | undefined,
  present: Pick<ScopeIds, 'session' | 'user'>,
  since: number,
  { known, write, merge, timesOf }: TabCounts,
): void {
  for (const [scope, rows] of stored) {
    const over = (id: string, times: readonly number[]) =>
      !id.startsWith(`${scope}:${present[scope]}:`) && (times.at(-1) ?? 0) < since
    const swept = new Map<string, null>()
    for (const [id, row] of rows) {
      if (over(id, timesOf(row))) swept.set(id, null)
      else write(id, merge(known(id), timesOf(row)))
    }
    if (swept.size) database.update([], () => swept).catch(() => {})
    for (const id of local?.keys() ?? []) {
      if (!id.startsWith(`${scope}:`)) continue
      const times = known(id)
      if (over(id, times)) local?.remove(id)
      else if (times.length > timesOf(rows.get(id)).length)
        database
          .update([id], ([row]) => new Map([[id, { times: merge(timesOf(row), times) }]]))
          .catch(() => {})
    }
  }
}
