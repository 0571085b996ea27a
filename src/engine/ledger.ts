// biome-ignore lint/plugin: a value of this floor that asks nothing of the world
import { memoryStore } from '../platform/memory-store.ts'
import type { Database, KeyValue } from '../platform/platform.ts'
import { admits, type Claim, type ClaimScope, withTime } from './frequency.ts'

/** The ids of the scopes that an occurrence belongs to. */
export type ScopeIds = Readonly<Record<ClaimScope, string>>

/** A claim with the id under which it is counted. */
export interface Entry {
  readonly claim: Claim
  readonly id: string
}

export function entriesOf(claims: readonly Claim[], scopes: ScopeIds): readonly Entry[] {
  return claims.map((claim) => ({ claim, id: `${claim.scope}:${scopes[claim.scope]}:${claim.key}` }))
}

/** Mirrors of the database: they may refuse, never grant. */
export interface Mirrors {
  readonly local: KeyValue
  readonly tab: KeyValue
}

/** At most this many keyed claims of one event and scope; the oldest go first (F13). */
const MAX_KEYS = 500

/**
 * What was counted. `times` answers at once from the mirror and from what this tab has reserved; `commit` asks the
 * database, which decides between tabs.
 */
export function createLedger() {
  const memory = memoryStore()
  const pending = new Map<string, readonly number[]>()
  let mirrors: Mirrors | undefined
  let database: Database | undefined

  /** Page scopes, and everything without storage, live in memory. */
  const storeOf = (id: string): KeyValue => {
    if (!mirrors || id.startsWith('page:')) return memory
    return id.startsWith('tab:') ? mirrors.tab : mirrors.local
  }
  const known = (id: string) => parseTimes(storeOf(id).get(id))
  const write = (id: string, times: readonly number[]) => storeOf(id).set(id, times.join())
  const shared = (entry: Entry) => entry.claim.scope === 'session' || entry.claim.scope === 'user'

  /** Counts at once, for this tab; the release takes it back, unless `commit` has made it known. */
  function reserve(entries: readonly Entry[], time: number): () => void {
    for (const { id } of entries) pending.set(id, [...(pending.get(id) ?? []), time])
    let open = true
    return () => {
      if (!open) return
      open = false
      for (const { id } of entries) {
        const times = [...(pending.get(id) ?? [])]
        times.splice(times.indexOf(time), 1)
        if (times.length) pending.set(id, times)
        else pending.delete(id)
      }
    }
  }

  function spend(entries: readonly Entry[], time: number): void {
    for (const { id, claim } of entries) {
      write(id, withTime(claim, known(id), time))
      bound(id, claim)
    }
  }

  /** Drops the oldest of too many keys of one event. */
  function bound(id: string, claim: Claim): void {
    if (!claim.plainKey) return
    const prefix = id.slice(0, id.lastIndexOf('|') + 1)
    const store = storeOf(id)
    const keys = store.keys().filter((key) => key.startsWith(prefix))
    if (keys.length <= MAX_KEYS) return
    const oldest = keys.sort((a, b) => (known(a).at(-1) ?? 0) - (known(b).at(-1) ?? 0))[0]
    if (oldest === undefined) return
    store.remove(oldest)
    if (store === mirrors?.local) database?.clear(oldest).catch(() => {})
  }

  /** All or none, against what every tab has spent. False: another tab was first. */
  async function commit(entries: readonly Entry[], time: number): Promise<boolean> {
    const contested = entries.filter(shared)
    if (database && contested.length) {
      const answer = await database
        .update(
          contested.map((entry) => entry.id),
          (rows) => {
            const times = rows.map((row) => timesOf(row))
            return contested.every(({ claim }, index) => admits(claim, times[index] ?? [], time))
              ? contested.map(({ claim }, index) => ({ times: withTime(claim, times[index] ?? [], time) }))
              : undefined
          },
        )
        .catch(() => undefined) // the database is gone: this tab's memory must do
      if (answer) {
        contested.forEach(({ id, claim }, index) => {
          write(id, timesOf(answer.rows[index]))
          bound(id, claim)
        })
        if (answer.written)
          spend(
            entries.filter((entry) => !shared(entry)),
            time,
          )
        return answer.written
      }
    }
    spend(entries, time)
    return true
  }

  return {
    /** Spent and reserved, oldest first. */
    times: (id: string): readonly number[] => {
      const mine = pending.get(id)
      const spent = known(id)
      return mine ? [...spent, ...mine].sort((a, b) => a - b) : spent
    },
    reserve,
    spend,
    /** Only the database can decide. */
    contested: (entries: readonly Entry[]) => database !== undefined && entries.some(shared),
    commit,
    /** In the last task of a page: nobody answers any more, so write what this tab believes. */
    commitLeaving(entries: readonly Entry[], time: number): void {
      spend(entries, time)
      const contested = entries.filter(shared)
      if (contested.length) database?.put(new Map(contested.map(({ id }) => [id, { times: known(id) }])))
    },
    /** Storage may be used: what is in it refuses from now on, and what memory has spent is spent there. */
    mirror(next: Mirrors): void {
      mirrors = next
      for (const id of memory.keys().filter((key) => !key.startsWith('page:'))) {
        write(id, merge(known(id), parseTimes(memory.get(id))))
        memory.remove(id)
      }
    },
    /** The database is open: each side learns what the other knows. */
    async attach(next: Database): Promise<void> {
      database = next
      for (const prefix of ['session:', 'user:']) {
        const rows = await next.readAll(prefix)
        for (const [id, row] of rows) write(id, merge(known(id), timesOf(row)))
        for (const id of mirrors?.local.keys().filter((key) => key.startsWith(prefix) && !rows.has(key)) ??
          []) {
          await next.update([id], ([row]) => [{ times: merge(timesOf(row), known(id)) }])
        }
      }
    },
    /** Storage may no longer be used: forgets all that was counted in it. The caller clears what was stored. */
    detach(): void {
      mirrors = undefined
      database = undefined
      for (const id of memory.keys()) if (!id.startsWith('page:')) memory.remove(id)
    },
    /** A scope got another id: what was counted under the first counts under the second. */
    rename(scope: ClaimScope, from: string, to: string): void {
      const moved = (id: string) => `${scope}:${to}:${id.slice(scope.length + from.length + 2)}`
      for (const store of mirrors ? [memory, mirrors.local] : [memory]) {
        for (const id of store.keys().filter((key) => key.startsWith(`${scope}:${from}:`))) {
          store.set(moved(id), store.get(id) ?? '')
          store.remove(id)
        }
      }
      for (const [id, times] of [...pending]) {
        if (!id.startsWith(`${scope}:${from}:`)) continue
        pending.set(moved(id), times)
        pending.delete(id)
      }
    },
    /** A scope has ended: its counts are of no use any more. */
    forget(scope: ClaimScope, scopeId: string): void {
      const prefix = `${scope}:${scopeId}:`
      for (const store of mirrors ? [memory, mirrors.local, mirrors.tab] : [memory]) {
        for (const id of store.keys()) if (id.startsWith(prefix)) store.remove(id)
      }
      if (scope !== 'page') database?.clear(prefix).catch(() => {})
    },
  }
}

export type Ledger = ReturnType<typeof createLedger>

/** Storage may hold anything: what is no time is dropped. */
function parseTimes(text: string | undefined): readonly number[] {
  return text ? numbers(text.split(',').map(Number)) : []
}

function timesOf(row: { readonly [field: string]: unknown } | undefined): readonly number[] {
  return Array.isArray(row?.['times']) ? numbers(row['times']) : []
}

function numbers(values: readonly unknown[]): readonly number[] {
  return values.filter((value): value is number => Number.isFinite(value))
}

function merge(a: readonly number[], b: readonly number[]): readonly number[] {
  return [...new Set([...a, ...b])].sort((x, y) => x - y)
}
