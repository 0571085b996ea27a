// biome-ignore lint/plugin: a value of this floor that asks nothing of the world
import { memoryStore } from '../../platform/memory-store.ts'
import type { Database, KeyValue } from '../../platform/platform.ts'
import type { LatePart } from '../storage/late-part.ts'
import { loadedLatePart } from '../storage/loaded-late-part.ts'
import type { Claimant, Entry, Mirrors } from './claimant.ts'
import { admits, type Claim, type ClaimScope, withTime } from './frequency.ts'
import type { ScopeIds } from './scopes.ts'
import type { StoredCounts } from './shared-counts.ts'
import { merge, parseTimes, timesOf } from './times.ts'

export function entriesOf(claims: readonly Claim[], scopes: ScopeIds): readonly Entry[] {
  return claims.map((claim) => ({ claim, id: `${claim.scope}:${scopes[claim.scope]}:${claim.key}` }))
}

/**
 * Maximum number of keyed claims of one event and scope. The oldest are deleted first, so that storage stays bounded.
 */
const MAX_KEYS = 500

/**
 * Keeps the counts of the frequency rules. `times` answers at once, from the mirror and from what this tab has
 * reserved; `commit` asks the database, which decides between tabs.
 */
export function createLedger() {
  const memory = memoryStore()
  const pending = new Map<string, readonly number[]>()
  let mirrors: Mirrors | undefined
  let database: Database | undefined
  let late: LatePart | undefined

  /** Returns the store of a claim: memory for page scopes, and for all scopes without storage. */
  const storeOf = (id: string): KeyValue => {
    if (!mirrors || id.startsWith('page:')) return memory
    return id.startsWith('tab:') ? mirrors.tab : mirrors.local
  }
  const stores = (): readonly KeyValue[] => (mirrors ? [memory, mirrors.local, mirrors.tab] : [memory])
  const known = (id: string) => parseTimes(storeOf(id).get(id) ?? memory.get(id))
  const write = (id: string, times: readonly number[]) => {
    storeOf(id).set(id, times.join())
    if (!database) memory.set(id, times.join())
  }
  const shared = (entry: Entry) => entry.claim.scope === 'session' || entry.claim.scope === 'user'

  /** Counts occurrences at once, for this tab, until they are given back. */
  function reserve(entries: readonly Entry[], time: number): void {
    for (const { id } of entries) pending.set(id, [...(pending.get(id) ?? []), time])
  }

  function giveBack(entries: readonly Entry[], time: number): void {
    for (const { id } of entries) {
      const times = pending.get(id) ?? []
      const left = times.filter((_, index) => index !== times.indexOf(time))
      if (left.length) pending.set(id, left)
      else pending.delete(id)
    }
  }

  function spend(entries: readonly Entry[], time: number): void {
    for (const { id, claim } of entries) {
      write(id, withTime(claim, known(id), time))
      bound(id, claim)
    }
  }

  /** Deletes the oldest keys of an event that has too many. */
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
      memory.remove(oldest)
      if (store === mirrors?.local) database?.clear(oldest).catch(() => {})
    }
  }

  const tabCounts = { known, write, bound, admits, withTime, merge, timesOf }

  /** Uses storage from now on: its counts may refuse claims, and the counts in memory are added to it. */
  function mirror(next: Mirrors): void {
    mirrors = next
    for (const id of counts(memory)) write(id, merge(known(id), parseTimes(memory.get(id))))
    if (!database) for (const id of counts(next.local)) memory.set(id, next.local.get(id) ?? '')
  }

  /**
   * Claims all entries or none, against the counts of all tabs, and stores the claimant's rows with them. Calls `done`
   * in the task in which the answer becomes known. `won` is false if another tab was first.
   */
  async function commit(
    entries: readonly Entry[],
    claimant: Claimant,
    done: (won: boolean, stored: boolean) => void,
  ): Promise<void> {
    const contested = entries.filter(shared)
    const answer =
      late && database && contested.length > 0
        ? await late.commitIn(database, contested, claimant, tabCounts)
        : undefined
    done(answer?.written ?? true, answer?.written ?? false)
  }

  return {
    /** Returns spent and reserved times, oldest first. */
    times: (id: string): readonly number[] => {
      const mine = pending.get(id)
      const spent = known(id)
      return mine ? [...spent, ...mine].sort((a, b) => a - b) : spent
    },
    /** Returns whether the rules admit another occurrence, as far as this tab knows, without its own reservations. */
    free: (entries: readonly Entry[], time: number) =>
      entries.every(({ id, claim }) => admits(claim, known(id), time)),
    reserve,
    /** Removes reservations: the counts are spent, or never will be. */
    giveBack,
    spend,
    /** Returns true if only the database can decide. */
    contested: (entries: readonly Entry[]) => database !== undefined && entries.some(shared),
    commit,
    /** Spends counts in the last task of a page: no answer arrives any more, so it writes what this tab knows. */
    spendLeaving(entries: readonly Entry[], time: number): void {
      spend(entries, time)
      const contested = entries.filter(shared)
      if (contested.length) database?.put(new Map(contested.map(({ id }) => [id, { times: known(id) }])))
    },
    mirror,
    /**
     * Takes over the counts of another tab; without an id, local storage was cleared. Until the database is open,
     * memory keeps what the mirror has lost.
     */
    hear(id?: string, times?: string): void {
      if (database) return
      if (id === undefined && mirrors) mirror(mirrors)
      if (id !== undefined && times && isCount(id)) memory.set(id, times)
    },
    /**
     * Uses the database from now on: database and mirror are merged. Deletes counts from before `since` of a session or
     * user other than the present ones.
     */
    async attach(
      next: Database,
      reading: Promise<StoredCounts>,
      present: Pick<ScopeIds, 'session' | 'user'>,
      since: number,
    ): Promise<void> {
      late = loadedLatePart()
      database = next
      for (const id of counts(memory)) memory.remove(id)
      const stored = await reading
      late?.learnCounts(next, stored, mirrors?.local, present, since, tabCounts)
    },
    /** Goes on in memory, with all that is known, because there is no database. */
    unmirror(): void {
      const before = mirrors
      mirrors = undefined
      database = undefined
      for (const store of before ? [before.local, before.tab] : [])
        for (const id of counts(store)) memory.set(id, store.get(id) ?? '')
    },
    /** Forgets all counts in storage, which is no longer permitted. The caller clears the storage. */
    detach(): void {
      mirrors = undefined
      database = undefined
      for (const id of counts(memory)) memory.remove(id)
    },
    /** Moves counts to the new id of a scope. */
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
    /** Deletes the counts of a scope that has ended. */
    forget(scope: ClaimScope, scopeId: string): void {
      const prefix = `${scope}:${scopeId}:`
      for (const store of stores()) for (const id of store.keys()) if (id.startsWith(prefix)) store.remove(id)
      if (scope !== 'page') database?.clear(prefix).catch(() => {})
    },
    /** Forgets the counts of an event, under all keys. For the overlay. */
    forgetEvent(event: string, scopes: ScopeIds): void {
      for (const [scope, scopeId] of Object.entries(scopes)) {
        const id = `${scope}:${scopeId}:${event}`
        for (const store of stores())
          for (const key of store.keys()) if (key === id || key.startsWith(`${id}|`)) store.remove(key)
        database?.put(new Map([[id, null]]))
        database?.clear(`${id}|`).catch(() => {})
      }
    },
  }
}

export type Ledger = ReturnType<typeof createLedger>

const isCount = (id: string) => /^(?:session|user|tab):/.test(id)
const counts = (store: KeyValue) => store.keys().filter(isCount)
