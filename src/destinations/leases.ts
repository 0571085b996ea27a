import type { Copy, LanePort } from '../engine/destination.ts'
import type { Writes } from '../platform/platform.ts'
import { inOrder, isFree, type OutboxItem, type OutboxRow, parseRow, rowIdOf, storable } from './outbox.ts'
import { adoptSpills, clearRows, MAX_SPILL, readRows, removeRows, spill, writesOf } from './stored-rows.ts'

/** A copy that this tab answers for: its own, or one that it has leased. */
export interface Entry extends OutboxItem {
  row: OutboxRow
  readonly number?: number | undefined
  /** Its row is known to be in the database. */
  stored: boolean
  /** The last request that took it along, until that is answered. */
  flight?: Flight | undefined
}

export interface Flight {
  readonly keepalive: boolean
  readonly controller: AbortController | undefined
}

interface LeasesOptions {
  readonly port: Pick<LanePort, 'now' | 'later' | 'newId' | 'storage'>
  /** Nothing is written without. */
  readonly granted: () => boolean
  /** Another tab has leased a row: until when, epoch ms; one second to one minute from now. */
  readonly onBusy: (until: number) => void
  /** Another tab took these over, and has delivered them. */
  readonly onGone: (entries: readonly Entry[]) => void
}

const LEASE_MS = 30_000
/** A database that does not answer must not keep events from leaving: what this tab has goes without a lease. */
const LONGEST_STEP_MS = 3_000

/** What this tab answers for, in step with the rows in which all tabs keep what waits. */
export function createLeases({ port, granted, onBusy, onGone }: LeasesOptions) {
  const { now, storage: stores } = port
  const tab = port.newId()
  const own = new Map<string, Entry>()
  /** Number of times that this page was left, and the UTF-16 units stored then. */
  let spills = 0
  let spilled = 0
  let spillsWait = false
  /** Counts withdrawals, leavings and changes of storage: what was begun under an earlier one is void. */
  let turn = 0

  const entries = () => [...own.values()]
  const isMine = (entry: Entry) => own.get(entry.id) === entry
  const free = ({ row, flight }: OutboxItem & Partial<Entry>) => !flight && isFree(row, tab, now())
  const lease = (row: OutboxRow, until: number): OutboxRow => ({ ...row, leaseBy: tab, leaseUntil: until })
  const newRow = ({ payload, priority }: Copy<string>): OutboxRow => {
    const time = now()
    return { payload, time, attempts: 0, priority, leaseBy: tab, leaseUntil: time + LEASE_MS }
  }

  /** A step has taken too long. The database takes them in order: until this one ends, no later one does. */
  let stalled = false

  /** Undefined: it fails, or takes too long. */
  const answerOf = <T>(step: Promise<T> | undefined): Promise<T | undefined> =>
    new Promise((resolve) => {
      const ended = Promise.resolve(step).catch(() => undefined)
      if (stalled) return resolve(undefined)
      const cancel = port.later(LONGEST_STEP_MS, () => {
        stalled = true
        resolve(undefined)
      })
      ended.then((answer) => {
        cancel()
        stalled = false
        resolve(answer)
      })
    })

  function store(): void {
    const storage = stores()
    const mine = turn
    const fresh = storable(entries()).filter(({ stored }) => !stored)
    if (!storage || fresh.length === 0) return
    let written: readonly Entry[] = []
    storage.database
      .update([], () => {
        if (granted()) written = fresh
        return writesOf(storage, written)
      })
      .then(() => {
        if (mine === turn) for (const entry of written) entry.stored = true
      })
      .catch(() => {})
  }

  /** Everything that waits, of all tabs. Undefined: it is void meanwhile. */
  async function look(): Promise<readonly OutboxItem[] | undefined> {
    const mine = turn
    const storage = stores()
    const valid = () => mine === turn && granted()
    const known = entries().filter(({ stored }) => stored)
    if (storage && spillsWait) {
      spillsWait = false
      await answerOf(adoptSpills(storage, valid, now))
    }
    const seen = await answerOf(storage && readRows(storage, now))
    if (!valid()) return undefined
    if (!seen) return entries()
    const items: OutboxItem[] = []
    for (const item of seen) {
      const entry = own.get(item.id)
      if (entry && !entry.flight) entry.row = item.row
      if (!entry?.flight && !free(item)) {
        onBusy(Math.min(Math.max(item.row.leaseUntil, now() + 1_000), now() + 60_000))
      }
      if (!entry || entry.stored) items.push(entry ?? item)
    }
    // Another tab took them over, and has delivered them.
    const ids = new Set(seen.map(({ id }) => id))
    const gone = known.filter((entry) => isMine(entry) && !ids.has(entry.id))
    for (const { id } of gone) own.delete(id)
    onGone(gone.filter(({ number }) => number !== undefined))
    return [...items, ...entries().filter(({ stored }) => !stored)]
  }

  /** Leases what is still there and free; without a database, what this tab has. */
  async function take(ids: readonly string[]): Promise<readonly Entry[]> {
    const mine = turn
    const storage = stores()
    const had = new Set(own.keys())
    let leased: readonly OutboxItem[] = []
    const answer = await answerOf(
      storage?.database.update(
        ids.map((id) => storage.prefix + id),
        (rows) => {
          if (granted()) {
            leased = ids.flatMap((id, index) => {
              const entry = own.get(id)
              const row = parseRow(rows[index], now()) ?? (entry?.stored ? undefined : entry?.row)
              return row && isFree(row, tab, now()) ? [{ id, row: lease(row, now() + LEASE_MS) }] : []
            })
          }
          return writesOf(storage, leased)
        },
      ),
    )
    if (mine !== turn) return []
    if (!answer) return ids.flatMap((id) => own.get(id) ?? [])
    return leased.flatMap(({ id, row }) => {
      if (had.has(id) && !own.has(id)) return [] // it has arrived meanwhile, by a request of a hidden page
      const entry: Entry = own.get(id) ?? { id, row, stored: true }
      entry.row = row
      entry.stored = true
      own.set(id, entry)
      return entry
    })
  }

  /** Until this tab tries again, no other does. */
  function keep(list: readonly Entry[]): void {
    const storage = stores()
    storage?.database
      .update(
        list.map(({ id }) => storage.prefix + id),
        (rows) => {
          const held = list.filter((_, index) => parseRow(rows[index], now())?.leaseBy === tab)
          return granted() ? writesOf(storage, held) : undefined
        },
      )
      .catch(() => {})
  }

  return {
    entries,
    isMine,
    free,
    /** Whoever has sent it as the page's last may send it again. */
    isFree: ({ row }: Entry) => isFree(row, tab, now()),
    /** Free ones, in the order in which they are to go. */
    waiting: () => entries().filter(free).sort(inOrder),
    of: (id: string) => own.get(id),
    rowsOf(copy: Copy<string>): Writes {
      const storage = stores()
      return storage && granted() ? writesOf(storage, [{ id: rowIdOf(copy), row: newRow(copy) }]) : new Map()
    },
    /** `stored`: its row is in the database. */
    add(copy: Copy<string>, stored: boolean): Entry {
      const entry = { id: rowIdOf(copy), number: copy.number, row: newRow(copy), stored }
      own.set(entry.id, entry)
      return entry
    },
    /** They are done with, here and in storage. */
    remove(list: readonly OutboxItem[]): void {
      for (const { id } of list) own.delete(id)
      removeRows(
        stores(),
        list.map(({ id }) => id),
      )
    },
    store,
    look,
    take,
    keep,
    /** No other tab may have it until then. */
    extend(entry: Entry, until: number): void {
      entry.row = lease(entry.row, until)
    },
    /**
     * The page is left, or may be: `open` as they are now, and what is not known to be stored. What was not `sent` comes
     * first. Local storage outlives every page; the rows do where a browser still finishes what a page has begun. Returns
     * what is in rows alone.
     */
    leaveBehind(open: readonly Entry[], sent: ReadonlySet<Entry>): readonly Entry[] {
      turn++
      const storage = stores()
      if (!storage) return []
      const fresh = entries().filter(({ stored }) => !stored)
      const last = (entry: Entry) => Number(sent.has(entry))
      const urgent = [...fresh].sort((a, b) => last(a) - last(b) || inOrder(a, b))
      const { fitting, length } = spill(storage, `${tab}:${spills++}`, urgent, MAX_SPILL - spilled)
      spilled += length
      storage.database.put(writesOf(storage, [...open, ...fresh]))
      for (const entry of fitting) entry.stored = true
      return urgent.slice(fitting.length).filter((entry) => !sent.has(entry))
    },
    /** What pages have spilled is to be taken over, also of this one. */
    adopt(): void {
      spilled = 0
      spillsWait = true
    },
    /** Storage was opened, or taken away. */
    storageChanged(): void {
      turn++
      stalled = false
      for (const entry of own.values()) entry.stored = false
    },
    /** Forgets what this tab has. */
    clear(): void {
      turn++
      own.clear()
    },
    /** Rows and spills of all tabs. */
    clearRows: () => clearRows(stores()),
  }
}
