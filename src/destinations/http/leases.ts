import { change, LEASE_MS, leaseEnd, rowsHolding, takeOut } from './disk.ts'
import type { Entry, Row } from './outbox.ts'
import { isFree, LONGEST_LEASE_MS, unpacked, writesOf } from './row.ts'
import { adoptSpills } from './spill.ts'
import { granted, report, type State } from './state.ts'
import { TIMEOUT_MS } from './transport.ts'

/**
 * A database that does not respond must not keep events from being sent: this tab then sends its own entries without a
 * lease.
 */
const LONGEST_STEP_MS = 3_000

/** Resolves to the result of a step; undefined if it fails or takes too long. */
function answerOf<T>(state: State, step: Promise<T>): Promise<T | undefined> {
  const ended = step.catch(() => undefined)
  if (state.stalled) return Promise.resolve(undefined)
  return new Promise((resolve) => {
    const cancel = state.port.later(LONGEST_STEP_MS, () => {
      state.stalled = true
      resolve(undefined)
    })
    ended.then((answer) => {
      cancel()
      state.stalled = false
      resolve(answer)
    })
  })
}

/** Checks again at `at`, when rows of other tabs may be free. */
function expectRows(state: State, at: number): void {
  const { port, alarm } = state
  const next = Math.max(at, port.now() + 100)
  state.lookAt = Math.min(state.lookAt, next)
  alarm.set(next)
}

/** Checks again one lease later: until then, rows that this tab has not seen are not free. */
export function lookAgain(state: State): void {
  if (state.port.storage()) expectRows(state, state.lookedAt + LEASE_MS)
}

/** True if this tab may send the entry now, as far as it knows. */
export const isMine = ({ row }: Entry, { tab, port }: State): boolean =>
  !row?.stored || row.by === tab || row.until <= port.now()

/** Takes these rows if they exist and are free. Another tab has delivered those that no longer exist. */
async function claim(state: State, rows: readonly Row[]): Promise<void> {
  const { port, tab, turn } = state
  const storage = port.storage()
  if (!storage || rows.length === 0) return
  let gone: readonly Row[] = []
  const keys = rows.map(({ key }) => storage.prefix + key)
  const claiming = storage.database.update(keys, (values) => {
    if (!granted(state) || turn !== state.turn) return undefined
    const now = port.now()
    const found = new Map(rows.map((row, index) => [row, unpacked(row.key, values[index], now)]))
    gone = rows.filter((row) => !found.get(row))
    const free: Row[] = []
    for (const [row, there] of found) {
      if (!there) continue
      const isOurs = isFree(there, tab, now)
      Object.assign(row, isOurs ? { by: tab, until: leaseEnd(state) } : { by: there.by, until: there.until })
      if (isOurs) free.push(row)
      else expectRows(state, there.until)
    }
    return writesOf(storage, free)
  })
  await answerOf(state, claiming)
  if (turn !== state.turn) return
  const lost = gone.flatMap(({ entries }) => [...entries])
  takeOut(state, lost)
  report(
    state,
    lost.filter(({ number }) => number !== undefined),
    'unknown',
  )
}

/** Keeps other tabs from taking these entries before this tab has tried again. */
export const lease = (state: State, list: readonly Entry[]): Promise<void> =>
  claim(
    state,
    rowsHolding(list).filter(({ stored }) => stored),
  )

/** Leases entries for one request, where the present lease is too short or another tab may hold the row. */
export function leaseForRequest(state: State, list: readonly Entry[]): Promise<void> {
  const endOfRequest = state.port.now() + TIMEOUT_MS
  return lease(
    state,
    list.filter(({ row }) => row && (row.by !== state.tab || row.until < endOfRequest)),
  )
}

/** Takes over entries that other pages have left, once they may be free. */
export async function look(state: State): Promise<void> {
  const { port, outbox, tab, turn } = state
  const storage = port.storage()
  if (!storage) return
  // The clock may have been set back since.
  if (port.now() < state.lookAt && port.now() >= state.lookedAt) return state.alarm.set(state.lookAt)
  state.lookAt = Number.POSITIVE_INFINITY
  state.lookedAt = port.now()
  const valid = () => turn === state.turn && granted(state)
  if (state.spillsWait) {
    state.spillsWait = false
    await answerOf(state, adoptSpills(storage, valid, port.now()))
  }
  const stored = await answerOf(state, storage.database.readAll(storage.prefix))
  if (!stored || !valid()) return
  const known = new Set(rowsHolding(outbox.values()).map(({ key }) => key))
  const broken = new Map<string, null>()
  const free: Row[] = []
  for (const [name, value] of stored) {
    const key = name.slice(storage.prefix.length)
    const row = unpacked(key, value, port.now())
    if (!row) broken.set(key, null)
    else if (known.has(key)) continue
    // A row of this tab belongs to an event that waits for its claim.
    else if (row.until > port.now() && row.until <= port.now() + LONGEST_LEASE_MS)
      expectRows(state, row.until)
    else free.push(row)
  }
  change(state, broken)
  await claim(state, free)
  if (!valid()) return
  for (const row of free) {
    for (const entry of row.by === tab ? row.entries : []) {
      if (outbox.has(entry.id)) takeOut(state, [entry])
      else outbox.set(entry.id, entry)
    }
  }
}
