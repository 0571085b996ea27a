// biome-ignore lint/plugin: a value of this floor that asks nothing of the world
import { memoryStore } from '../platform/memory-store.ts'
import type { Database, KeyValue, Row, Writes } from '../platform/platform.ts'
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

/** An occurrence that asks for its claims. */
export interface Claimant {
  readonly time: number
  /** Stored in the transaction that decides. */
  readonly rows: Writes
  /** It has not gone without an answer. */
  readonly isWaiting: () => boolean
  /** The mirror has refused it, as it had to go without an answer, or no destination may have it any more. */
  readonly isRefused: () => boolean
  /** The transaction grants it: called inside, before any other tab can ask. */
  readonly decided: () => void
}

/** Mirrors of the database: they may refuse, never grant. */
export interface Mirrors {
  readonly local: KeyValue
  readonly tab: KeyValue
}

/**
 * At most this many keyed claims of one event and scope; the oldest go first, so that storage stays bounded.
 */
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
  const stores = (): readonly KeyValue[] => (mirrors ? [memory, mirrors.local, mirrors.tab] : [memory])
  const known = (id: string) => parseTimes(storeOf(id).get(id))
  const write = (id: string, times: readonly number[]) => storeOf(id).set(id, times.join())
  const shared = (entry: Entry) => entry.claim.scope === 'session' || entry.claim.scope === 'user'

  /** Counts at once, for this tab; the release takes it back, unless `commit` has made it known. */
  function reserve(entries: () => readonly Entry[], time: number): () => void {
    for (const { id } of entries()) pending.set(id, [...(pending.get(id) ?? []), time])
    let open = true
    return () => {
      if (!open) return
      open = false
      // Asked again: ids may have been adopted since, and what waited under them has moved along.
      for (const { id } of entries()) {
        const times = pending.get(id) ?? []
        const left = times.filter((_, index) => index !== times.indexOf(time))
        if (left.length) pending.set(id, left)
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
    if (!claim.rules.some((rule) => rule.key)) return
    const prefix = id.slice(0, id.lastIndexOf('|') + 1)
    const store = storeOf(id)
    const keys = store.keys().filter((key) => key.startsWith(prefix))
    if (keys.length <= MAX_KEYS) return
    const newest = new Map(keys.map((key) => [key, known(key).at(-1) ?? 0]))
    keys.sort((one, other) => (newest.get(one) ?? 0) - (newest.get(other) ?? 0))
    for (const oldest of keys.slice(0, -MAX_KEYS)) {
      store.remove(oldest)
      if (store === mirrors?.local) database?.clear(oldest).catch(() => {})
    }
  }

  /** Undefined: the database is gone, or the page was left, and this tab's memory must do. */
  function decideIn(where: Database, contested: readonly Entry[], claimant: Claimant) {
    const { time, rows, isWaiting, isRefused, decided } = claimant
    const ids = contested.map(({ id }) => id)
    return where
      .update(ids, (before) => {
        const waits = isWaiting()
        // A page that was left may have told the mirror alone. Of a claim that has left, the mirror knows by itself.
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
  }

  /**
   * All or none, against what every tab has spent, and the claimant's rows with it; `done` is called in the task that makes
   * the answer known here. `won` false: another tab was first.
   */
  async function commit(
    entries: readonly Entry[],
    claimant: Claimant,
    done: (won: boolean, stored: boolean) => void,
  ): Promise<void> {
    const contested = entries.filter(shared)
    const answer =
      database && contested.length > 0 ? await decideIn(database, contested, claimant) : undefined
    if (answer) {
      contested.forEach(({ id, claim }, index) => {
        const times = timesOf(answer.rows[index])
        if (times.length === 0) return
        write(id, merge(known(id), times))
        bound(id, claim)
      })
    }
    done(answer?.written ?? true, answer?.written ?? false)
  }

  return {
    /** Spent and reserved, oldest first. */
    times: (id: string): readonly number[] => {
      const mine = pending.get(id)
      const spent = known(id)
      return mine ? [...spent, ...mine].sort((a, b) => a - b) : spent
    },
    /** As far as is known here, apart from what this tab has reserved. */
    free: (entries: readonly Entry[], time: number) =>
      entries.every(({ id, claim }) => admits(claim, known(id), time)),
    reserve,
    spend,
    /** Only the database can decide. */
    contested: (entries: readonly Entry[]) => database !== undefined && entries.some(shared),
    commit,
    /** In the last task of a page: nobody answers any more, so write what this tab believes. */
    spendLeaving(entries: readonly Entry[], time: number): void {
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
    /**
     * The database is open: each side learns what the other knows. What was counted before `since`, for another session
     * or visitor than the present, is of no use any more.
     */
    async attach(next: Database, present: Pick<ScopeIds, 'session' | 'user'>, since: number): Promise<void> {
      database = next
      for (const scope of ['session', 'user'] as const) {
        const rows = await next.readAll(`${scope}:`)
        const over = (id: string, times: readonly number[]) =>
          !id.startsWith(`${scope}:${present[scope]}:`) && (times.at(-1) ?? 0) < since
        const swept = new Map<string, null>()
        for (const [id, row] of rows) {
          if (over(id, timesOf(row))) swept.set(id, null)
          else write(id, merge(known(id), timesOf(row)))
        }
        if (swept.size) next.update([], () => swept).catch(() => {})
        for (const id of mirrors?.local.keys() ?? []) {
          if (!id.startsWith(`${scope}:`)) continue
          const times = known(id)
          if (over(id, times)) mirrors?.local.remove(id)
          else if (times.length > timesOf(rows.get(id)).length)
            next
              .update([id], ([row]) => new Map([[id, { times: merge(timesOf(row), times) }]]))
              .catch(() => {})
        }
      }
    },
    /** There is no database after all: what is known so far goes on in memory. */
    unmirror(): void {
      const before = mirrors
      mirrors = undefined
      database = undefined
      for (const store of before ? [before.local, before.tab] : []) {
        for (const id of store.keys()) if (isCount(id)) memory.set(id, store.get(id) ?? '')
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
      for (const store of stores()) {
        for (const id of store.keys().filter((key) => key.startsWith(`${scope}:${from}:`))) {
          store.set(moved(id), merge(parseTimes(store.get(moved(id))), parseTimes(store.get(id))).join())
          store.remove(id)
        }
      }
      for (const [id, times] of [...pending]) {
        if (!id.startsWith(`${scope}:${from}:`)) continue
        pending.set(moved(id), [...(pending.get(moved(id)) ?? []), ...times])
        pending.delete(id)
      }
    },
    /** A scope has ended: its counts are of no use any more. */
    forget(scope: ClaimScope, scopeId: string): void {
      const prefix = `${scope}:${scopeId}:`
      for (const store of stores()) for (const id of store.keys()) if (id.startsWith(prefix)) store.remove(id)
      if (scope !== 'page') database?.clear(prefix).catch(() => {})
    },
    /** Where counts are kept in this tab, under `scope:scopeId:event`, and `|` and a hash for each key. */
    stores,
  }
}

export type Ledger = ReturnType<typeof createLedger>

const isCount = (id: string) => /^(?:session|user|tab):/.test(id)

/** Storage may hold anything: what is no time is dropped. */
function parseTimes(text: string | undefined): readonly number[] {
  return text ? numbers(text.split(',').map(Number)) : []
}

function timesOf(row: { readonly [field: string]: unknown } | undefined): readonly number[] {
  return Array.isArray(row?.['times']) ? numbers(row['times']) : []
}

function numbers(values: readonly unknown[]): readonly number[] {
  return values.filter((value): value is number => Number.isFinite(value) && (value as number) > 0)
}

/** Two views of one list. Two occurrences may have one time: it stays there twice. */
function merge(a: readonly number[], b: readonly number[]): readonly number[] {
  const left = [...a]
  const added = b.filter((time) => {
    const index = left.indexOf(time)
    if (index >= 0) left.splice(index, 1)
    return index < 0
  })
  return [...a, ...added].sort((x, y) => x - y)
}
