import type { AnyPlan } from '../plan/define-plan.ts'
import { manifestOf } from '../plan/manifest.ts'
import { setNewest } from '../support/newest.ts'
import type { EventRow } from './rows/row.ts'
import type { Sink } from './sinks/sink.ts'

/** Number of newest events that this process remembers: their copies get no row. Readers de-duplicate older ones. */
const MAX_KNOWN = 50_000

/** Returns a function that appends rows to a sink, without copies of recent rows, and stores the manifests before the first. */
export function createStoreRows(sink: Sink, plans: readonly AnyPlan[]) {
  const known = new Map<string, true>()
  let described: Promise<unknown> | undefined

  /** Describes the plans once; after a failure, the next call tries again. */
  function describe(): Promise<unknown> {
    described ??= Promise.all(plans.map((plan) => sink.describe?.(manifestOf(plan)))).catch(
      (error: unknown) => {
        described = undefined
        throw error
      },
    )
    return described
  }

  return async (rows: readonly EventRow[]): Promise<void> => {
    const fresh = rows.filter((row) => !known.has(keyOf(row)))
    if (fresh.length === 0) return
    await describe()
    await sink.append(fresh)
    // After `append`, because a retry after a failure must be stored.
    for (const row of fresh) setNewest(known, keyOf(row), true, MAX_KNOWN)
  }
}

/** With the origin, because a server and a browser may report the same event, and each knows something else. */
const keyOf = ({ plan, name, id, origin }: EventRow) => `${origin}|${plan}|${name}|${id}`
