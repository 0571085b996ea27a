import type { Writes } from '../../platform/platform.ts'
import { type Entry, inOrder, type Row } from './outbox.ts'
import { packed, rowsOf, writesOf } from './row.ts'
import { MAX_SPILL, spill, spillKeys } from './spill.ts'
import { granted, type State } from './state.ts'

export const LEASE_MS = 30_000
/** For rows sent during `pagehide`, so that the next page does not resend them before the response deletes them. */
const LEAVING_LEASE_MS = 10_000

export const rowsHolding = (list: Iterable<Entry>): readonly Row[] => [
  ...new Set([...list].flatMap(({ row }) => row ?? [])),
]

/** Returns the end of a lease, in epoch ms. While this tab waits for its next attempt, no other tab makes one. */
export const leaseEnd = ({ pause, port }: State): number => Math.max(port.now(), pause.until()) + LEASE_MS

const nextKey = (state: State) => () => `${state.tab}:${state.rows++}`

/**
 * Writes entries that are not stored yet, in one transaction. Entries that are delivered before that are not written.
 */
export function writeFresh(state: State): void {
  const { port, outbox, tab, turn } = state
  const storage = port.storage()
  const isFresh = ({ row }: Entry) => !row?.stored
  if (!storage || !granted(state) || ![...outbox.values()].some(isFresh)) return
  let written: readonly Row[] = []
  const change = () => {
    if (!granted(state) || turn !== state.turn) return undefined
    const fresh = [...outbox.values()].filter(isFresh)
    const until = leaseEnd(state)
    // Assigns a row to each entry.
    rowsOf(
      fresh.filter(({ row }) => !row),
      nextKey(state),
      tab,
      until,
    )
    written = rowsHolding(fresh)
    for (const row of written) Object.assign(row, { by: tab, until })
    return written.length ? writesOf(storage, written) : undefined
  }
  const failed = () => {
    for (const row of written) for (const entry of row.entries) if (entry.row === row) entry.row = undefined
  }
  storage.database.update([], change).then(() => {
    for (const row of written) row.stored = true
  }, failed)
}

/** Writes rows, or deletes those that are null. */
export function change(state: State, rows: Writes): void {
  const storage = state.port.storage()
  if (!storage || rows.size === 0) return
  const writes = () => [...rows].filter(([, row]) => !row || granted(state))
  storage.database
    .update([], () => new Map(writes().map(([key, row]) => [storage.prefix + key, row])))
    .catch(() => {})
}

/** Removes entries from the outbox and from their rows. */
export function takeOut(state: State, list: Iterable<Entry>): void {
  const rows = new Map<string, ReturnType<typeof packed> | null>()
  for (const entry of list) {
    const { row } = entry
    if (state.outbox.get(entry.id) === entry) state.outbox.delete(entry.id)
    if (!row?.entries.delete(entry)) continue
    if (row.entries.size === 0) rows.set(row.key, null)
    // If another tab may hold the row by now, this tab must not write it.
    else if (row.stored && row.by === state.tab && row.until > state.port.now())
      rows.set(row.key, packed(row))
  }
  change(state, rows)
}

/** Deletes rows and spilled events of all tabs. */
export function clearDisk({ port }: State): void {
  const storage = port.storage()
  if (!storage) return
  storage.database.clear(storage.prefix).catch(() => {})
  for (const key of spillKeys(storage)) storage.local.remove(key)
}

/**
 * Stores `open` entries in their present state, and all entries that are not known to be stored, within this task,
 * because the user may be leaving the page. Local storage outlives every page; rows are written where a browser
 * finishes what a page has begun. Entries that no request has taken come first, and are free for the next page. Returns
 * the entries that are only in rows.
 */
export function leaveBehind(state: State, open: readonly Entry[]): readonly Entry[] {
  const { port, outbox, tab } = state
  state.turn++
  const storage = port.storage()
  if (!storage) return []
  const leaseOf = (isSent: boolean) => (isSent ? port.now() + LEAVING_LEASE_MS : 0)
  const isSent = ({ flight }: Entry) => flight?.keepalive === true
  const fresh = [...outbox.values()].filter(({ row }) => !row?.stored).sort(inOrder)
  const replaced: Writes = new Map(rowsHolding(fresh).map(({ key }) => [storage.prefix + key, null]))
  const urgent = [false, true].flatMap((sent) => {
    const some = fresh.filter((entry) => isSent(entry) === sent)
    return rowsOf(some, nextKey(state), tab, leaseOf(sent))
  })
  // Updated in place: WebKit may run a deletion and lose the row that replaces it.
  const others = rowsHolding(open).filter(({ stored }) => stored)
  for (const row of others) Object.assign(row, { by: tab, until: leaseOf([...row.entries].every(isSent)) })
  const { fit, length } = spill(storage, `${tab}:${state.spills++}`, urgent, MAX_SPILL - state.spilled)
  state.spilled += length
  storage.database.put(new Map([...replaced, ...writesOf(storage, [...urgent, ...others])]))
  for (const row of fit) row.stored = true
  return fresh.filter((entry) => !entry.row?.stored && !isSent(entry))
}
