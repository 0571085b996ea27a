import type { Copy, DeliveryNews, Lane, LanePort } from '../engine/types.ts'
import { byteLength, type NetworkAnswer } from '../platform/network.ts'
import { backoffMs } from '../support/backoff.ts'
import {
  type BatchLimits,
  chooseBatch,
  inOrder,
  isFree,
  type OutboxItem,
  type OutboxRow,
  parseRow,
  surplusOf,
} from './outbox.ts'
import { retryAfterMs } from './retry-after.ts'
import { adoptSpills, clearRows, readRows, removeRows, spill, writesOf } from './stored-rows.ts'
import { type Transport, verdictOf } from './transport.ts'

interface HttpLaneOptions extends BatchLimits {
  readonly port: LanePort<string>
  readonly transport: Transport
  readonly maxAgeMs: number
  readonly finalStatuses: readonly number[]
}

/** A copy that this tab answers for: its own, or one that it has leased. */
interface Entry extends OutboxItem {
  row: OutboxRow
  readonly number?: number | undefined
  /** Its row is known to be in the database. */
  stored: boolean
  /** The last request that took it along, until that is answered. */
  flight?: Flight | undefined
}

interface Flight {
  readonly keepalive: boolean
  readonly controller: AbortController
}

const LEASE_MS = 30_000
/** Of what a page has sent as its last: the next one may find the row before its answer would have removed it. */
const LEAVING_LEASE_MS = 10_000
/** A database that does not answer must not keep events from leaving: what this tab has goes without a lease. */
const LONGEST_READ_MS = 3_000
const BACKOFF = { firstMs: 1_000, longestMs: 300_000 }
/** So many in a row, and single events find out whether the endpoint is back. */
const BREAKER_FAILURES = 5
const MAX_ATTEMPTS = 100
/** While nothing can be sent, the bounds are checked after so many copies. */
const UNCHECKED_COPIES = 100
/** Of the 64 kB that a page has; with what a body has around its events (O6). */
const KEEPALIVE_BYTES = 47_000
const BEACON_BYTES = 15_000

/** The way of encoded events to the collector: outbox, leases, requests, answers. */
export function createHttpLane({
  port,
  transport,
  maxEvents,
  maxBytes,
  maxAgeMs,
  finalStatuses,
}: HttpLaneOptions): Lane<string> {
  const { network } = transport
  const tab = port.newId()
  const own = new Map<string, Entry>()
  const flights = new Set<Flight>()
  let before = port.consent()
  let database = port.storage()?.database
  /** Counts withdrawals and changes of storage: what was begun under an earlier one is void. */
  let turn = 0
  let failures = 0
  /** Epoch ms. */
  let waitUntil = 0
  /** Not even a flush may shorten the wait. */
  let firm = false
  /** Copies since the last look at the bounds. */
  let unchecked = 0
  let spillsWait = true
  let planned = false
  let running: Promise<void> | undefined
  let asked = false
  let timerAt = Number.POSITIVE_INFINITY
  let cancelTimer = () => {}
  let disposed = false

  const granted = () => !disposed && port.consent() === 'granted'
  const resting = () => !network.online() || port.now() < waitUntil
  const isMine = (entry: Entry) => own.get(entry.id) === entry
  const waiting = () =>
    [...own.values()].filter(({ flight, row }) => !flight && isFree(row, tab, port.now())).sort(inOrder)
  const leased = (row: OutboxRow, leaseUntil: number): OutboxRow => ({ ...row, leaseBy: tab, leaseUntil })
  const info = () => ({ requestId: port.newId(), sentAt: port.now() })

  const rowFor = ({ payload, priority }: Copy<string>): OutboxRow => {
    const time = port.now()
    return { payload, time, attempts: 0, priority, leaseBy: tab, leaseUntil: time + LEASE_MS }
  }

  function report(
    entries: readonly Entry[],
    state: DeliveryNews['state'],
    error?: string,
    nextAt?: number,
  ): void {
    const groups = new Map<number, Entry[]>()
    for (const entry of entries) {
      const { attempts } = entry.row
      groups.set(attempts, [...(groups.get(attempts) ?? []), entry])
    }
    for (const [attempts, group] of groups) port.onDelivery(group, { state, attempts, error, nextAt })
  }

  /** They are done with, here and in storage. */
  function end(entries: readonly Entry[], state: DeliveryNews['state'], error?: string): void {
    if (entries.length === 0) return
    const ids = entries.map(({ id }) => id)
    for (const id of ids) own.delete(id)
    const storage = port.storage()
    if (storage) removeRows(storage, ids)
    report(entries, state, error)
  }

  /** Ends those that are too many; what is on its way stays. */
  function bound(items: readonly (Entry | OutboxItem)[]): void {
    const surplus = surplusOf(items, port.now()).map(
      ({ id, row }) => own.get(id) ?? { id, row, stored: true },
    )
    end(
      surplus.filter(({ flight }) => !flight),
      'expired',
      'the outbox was full, or the event 7 days old',
    )
  }

  /** Undefined: it fails, or takes too long. */
  const answerOf = <T>(step: Promise<T>): Promise<T | undefined> =>
    new Promise((resolve) => {
      const cancel = port.later(LONGEST_READ_MS, () => resolve(undefined))
      step
        .catch(() => undefined)
        .then((answer) => {
          cancel()
          resolve(answer)
        })
    })

  // ── timing ──

  function wake(at: number): void {
    if (disposed || at >= timerAt) return
    cancelTimer()
    timerAt = at
    cancelTimer = port.later(Math.max(0, at - port.now()), () => {
      timerAt = Number.POSITIVE_INFINITY
      tick()
    })
  }

  function stopTimer(): void {
    cancelTimer()
    timerAt = Number.POSITIVE_INFINITY
  }

  /** One round after the other; resolves when none is asked for any more. */
  function tick(): Promise<void> {
    if (disposed) return Promise.resolve()
    asked = true
    running ??= (async () => {
      while (asked && !disposed) {
        asked = false
        await round()
      }
      running = undefined
      if (granted() && network.online() && waiting().length) wake(Math.max(waitUntil, port.now() + maxAgeMs))
    })()
    return running
  }

  /** After the present task: what was added in it is stored in one transaction and goes together. */
  function plan(): void {
    if (planned) return
    planned = true
    queueMicrotask(() => {
      planned = false
      bound([...own.values()])
      if (!granted()) return
      store()
      const ready = waiting()
      const length = ready.reduce((sum, { row }) => sum + row.payload.length, 0)
      if (ready[0]?.row.priority === 'critical' || ready.length >= maxEvents || length >= maxBytes) tick()
      else wake(port.now() + maxAgeMs)
      if (unchecked >= UNCHECKED_COPIES) tick()
    })
  }

  /** Consent or storage is new: whatever is found there is ours to look after. */
  function start(): void {
    spillsWait = true
    unchecked = UNCHECKED_COPIES
    store()
    tick()
  }

  // ── storage ──

  function store(): void {
    const storage = port.storage()
    const mine = turn
    const entries = [...own.values()].filter(({ stored }) => !stored)
    if (!storage || entries.length === 0) return
    let written: readonly Entry[] = []
    storage.database
      .update([], () => {
        if (mine !== turn || !granted()) return undefined
        written = entries.filter(isMine)
        return writesOf(storage, written)
      })
      .then(() => {
        if (mine === turn) for (const entry of written) entry.stored = true
      })
      .catch(() => {})
  }

  function erase(): void {
    const storage = port.storage()
    if (storage) clearRows(storage)
  }

  /** Looks at what waits, leases a batch of it, and sends that. */
  async function round(): Promise<void> {
    if (!granted() || (resting() && unchecked < UNCHECKED_COPIES)) {
      if (waitUntil > port.now()) wake(waitUntil)
      return
    }
    stopTimer()
    unchecked = 0
    const mine = turn
    const valid = () => mine === turn && granted()
    const storage = port.storage()
    const known = [...own.values()].filter(({ stored, flight }) => stored && !flight)
    if (storage && spillsWait) {
      spillsWait = false
      await answerOf(adoptSpills(storage, valid, port.now))
    }
    const seen = storage && (await answerOf(readRows(storage, port.now)))
    if (!valid()) return
    const items = new Map<string, Entry | OutboxItem>()
    for (const entry of own.values()) if (!seen || !entry.stored) items.set(entry.id, entry)
    if (storage && seen) {
      const broken: string[] = []
      for (const [id, row] of seen) {
        const entry = own.get(id)
        if (!row) broken.push(id)
        else if (entry) {
          if (!entry.flight) entry.row = row
          items.set(id, entry)
        } else {
          items.set(id, { id, row })
          if (!isFree(row, tab, port.now())) {
            wake(Math.min(Math.max(row.leaseUntil, port.now() + 1_000), port.now() + 60_000))
          }
        }
      }
      if (broken.length) removeRows(storage, broken)
      // Another tab took them over, and has delivered them.
      end(
        known.filter((entry) => isMine(entry) && !entry.flight && !seen.has(entry.id)),
        'unknown',
      )
    }
    bound([...items.values()])
    if (resting()) {
      wake(waitUntil)
      return
    }
    const free = [...items.values()].filter(
      ({ id, row }) => !own.get(id)?.flight && isFree(row, tab, port.now()),
    )
    const limits = { maxEvents: failures < BREAKER_FAILURES ? maxEvents : 1, maxBytes }
    const { batch, more } = chooseBatch(free, limits, byteLength)
    const ids = batch.map(({ id }) => id)
    const ready = (storage && seen && (await lease(ids, valid))) ?? ids.flatMap((id) => own.get(id) ?? [])
    if (valid() && !resting() && (await attempt(ready)) && more) asked = true
  }

  /** Undefined: the database does not answer. */
  async function lease(ids: readonly string[], valid: () => boolean): Promise<readonly Entry[] | undefined> {
    const storage = port.storage()
    if (!storage || ids.length === 0) return []
    const taken: OutboxItem[] = []
    const answer = await answerOf(
      storage.database.update(
        ids.map((id) => storage.prefix + id),
        (rows) => {
          if (!valid()) return undefined
          ids.forEach((id, index) => {
            const entry = own.get(id)
            const row = parseRow(rows[index], port.now()) ?? (entry?.stored ? undefined : entry?.row)
            if (row && isFree(row, tab, port.now()))
              taken.push({ id, row: leased(row, port.now() + LEASE_MS) })
          })
          return taken.length ? writesOf(storage, taken) : undefined
        },
      ),
    )
    if (!answer) return undefined
    if (!valid()) return []
    return taken.map(({ id, row }) => {
      const entry = own.get(id) ?? { id, row, stored: true }
      if (!entry.flight) entry.row = row
      entry.stored = true
      own.set(id, entry)
      return entry
    })
  }

  // ── requests ──

  /** The first that fit. */
  const fitting = (entries: readonly Entry[], bytes: number) =>
    chooseBatch(entries, { maxEvents: entries.length, maxBytes: bytes }, byteLength).batch.filter(
      (entry, _, { length }) => length > 1 || byteLength(entry.row.payload) <= bytes,
    )
  const forKeepalive = (entries: readonly Entry[]) =>
    fitting(entries, KEEPALIVE_BYTES - network.keptAliveBytes())

  /** True: the endpoint is there, go on. The request starts in this task. */
  async function attempt(
    entries: readonly Entry[],
    { keepalive = false, leaving = false }: { readonly keepalive?: boolean; readonly leaving?: boolean } = {},
  ): Promise<boolean> {
    const batch = entries.filter((entry) => isMine(entry) && (leaving || !entry.flight))
    if (batch.length === 0) return true
    if (!granted()) return false
    const flight: Flight = { keepalive, controller: new AbortController() }
    const items = batch.map(({ row }) => row.payload)
    for (const entry of batch) {
      entry.flight = flight
      entry.row = { ...entry.row, attempts: entry.row.attempts + 1 }
    }
    flights.add(flight)
    let answer: NetworkAnswer | undefined
    let error: string
    try {
      answer = await transport.post(items, info(), { keepalive, signal: flight.controller.signal })
      error = `HTTP ${answer.status}`
    } catch (thrown) {
      error = thrown instanceof Error ? thrown.message : String(thrown)
    }
    flights.delete(flight)
    const still = batch.filter(isMine)
    const verdict = answer ? verdictOf(answer.status, finalStatuses) : 'again'
    if (verdict !== 'again') {
      failures = 0
      waitUntil = 0
      firm = false
    }
    if (verdict === 'sent') {
      end(still, 'sent')
      return true
    }
    // A later request may have them: that one answers for them.
    const mine = still.filter((entry) => entry.flight === flight)
    for (const entry of mine) entry.flight = undefined
    if (verdict === 'too-large' && mine.length > 1) {
      const half = Math.ceil(mine.length / 2)
      return (await attempt(mine.slice(0, half), { keepalive })) && attempt(mine.slice(half), { keepalive })
    }
    if (verdict !== 'again') {
      end(mine, 'rejected', error)
      return true
    }
    fail(mine, error, answer, leaving)
    return false
  }

  function fail(
    entries: readonly Entry[],
    error: string,
    answer: NetworkAnswer | undefined,
    leaving: boolean,
  ): void {
    if (entries.length === 0) return
    const state = granted() ? 'retrying' : 'held'
    if (!network.online()) {
      for (const entry of entries) entry.row = { ...entry.row, attempts: entry.row.attempts - 1 }
      report(entries, state, 'offline')
      return
    }
    // The browser has refused at once: the page's other requests have left no room.
    if (leaving && !answer && granted() && beaconOf(entries)) {
      report(entries, 'unknown', error)
      return
    }
    failures++
    const wanted = retryAfterMs(answer?.retryAfter, port.now())
    firm = wanted > 0 || failures >= BREAKER_FAILURES
    waitUntil = port.now() + Math.max(wanted, backoffMs(failures, Math.random, BACKOFF))
    const spent = ({ row }: Entry) => row.attempts >= MAX_ATTEMPTS
    end(entries.filter(spent), 'expired', error)
    const again = entries.filter((entry) => !spent(entry))
    for (const entry of again) entry.row = leased(entry.row, Math.max(entry.row.leaseUntil, waitUntil))
    report(again, state, error, waitUntil)
    keepLease(again)
    wake(waitUntil)
  }

  /** Until this tab tries again, no other does. */
  function keepLease(entries: readonly Entry[]): void {
    const storage = port.storage()
    const stored = entries.filter((entry) => entry.stored)
    if (!storage || stored.length === 0) return
    storage.database
      .update(
        stored.map(({ id }) => storage.prefix + id),
        (rows) => {
          const held = stored.filter(
            (entry, index) => isMine(entry) && parseRow(rows[index], port.now())?.leaseBy === tab,
          )
          return granted() && held.length ? writesOf(storage, held) : undefined
        },
      )
      .catch(() => {})
  }

  const beaconOf = (entries: readonly Entry[]) =>
    transport.beacon(
      entries.map(({ row }) => row.payload),
      info(),
    )

  /** What waits goes by a request that outlives the page, from memory. */
  function hide(): Promise<unknown> {
    if (!granted() || !network.online() || (firm && port.now() < waitUntil)) return Promise.resolve()
    const batch = forKeepalive(waiting())
    const storage = port.storage()
    for (const entry of batch) entry.row = leased(entry.row, port.now() + LEASE_MS)
    if (storage && batch.length) storage.database.put(writesOf(storage, batch))
    return attempt(batch, { keepalive: true })
  }

  function leave(): void {
    if (!granted()) return
    const open = [...own.values()]
      .filter(({ flight, row }) => !flight?.keepalive && isFree(row, tab, port.now()))
      .sort(inOrder)
    const sent = new Set<Entry>()
    if (network.online() && !(firm && port.now() < waitUntil)) {
      const first = forKeepalive(open)
      for (const entry of first) sent.add(entry)
      void attempt(first, { keepalive: true, leaving: true })
      for (;;) {
        const next = fitting(
          open.filter((entry) => !sent.has(entry)),
          BEACON_BYTES,
        )
        if (next.length === 0 || !beaconOf(next)) break
        for (const entry of next) {
          sent.add(entry)
          entry.row = { ...entry.row, attempts: entry.row.attempts + 1 }
        }
        report(next, 'unknown')
      }
    }
    for (const entry of open) {
      entry.row = leased(entry.row, sent.has(entry) ? port.now() + LEAVING_LEASE_MS : 0)
    }
    const storage = port.storage()
    if (!storage || open.length === 0) return
    const fresh = open.filter(({ stored }) => !stored)
    for (const entry of spill(storage, tab, fresh)) entry.stored = true
    storage.database.put(writesOf(storage, open))
  }

  const stopOnline = network.onOnline(() => {
    if (!firm) waitUntil = 0
    tick()
  })

  return {
    rowsOf(copy) {
      const storage = port.storage()
      return storage && granted() ? writesOf(storage, [{ id: copy.eventId, row: rowFor(copy) }]) : new Map()
    },

    add(copy, stored) {
      const { eventId: id, number } = copy
      const entry: Entry = { id, number, row: rowFor(copy), stored }
      const consent = port.consent()
      if (consent === 'denied') return end([entry], 'denied')
      own.set(id, entry)
      unchecked++
      if (consent === 'pending') report([entry], 'held')
      plan()
    },

    async flush(reason) {
      if (reason === 'hidden') return void (await hide())
      await running
      if (!firm) waitUntil = 0
      await tick()
    },

    leave,

    restored() {
      if (granted()) start()
    },

    reconsider() {
      const state = port.consent()
      if (state === before) return
      before = state
      const entries = [...own.values()]
      if (state === 'denied') {
        turn++
        own.clear()
        stopTimer()
        for (const { controller } of flights) controller.abort()
        erase()
        report(
          entries.filter(({ flight }) => !flight),
          'denied',
        )
        report(
          entries.filter(({ flight }) => flight),
          'denied',
          'in-flight-at-withdrawal',
        )
      } else {
        report(
          entries.filter(({ flight }) => !flight),
          state === 'granted' ? 'queued' : 'held',
        )
        if (state === 'granted') start()
      }
    },

    storageChanged() {
      turn++
      const next = port.storage()?.database
      if (next !== database) for (const entry of own.values()) entry.stored = false
      database = next
      if (port.consent() === 'denied') erase()
      else if (granted()) start()
    },

    dispose() {
      disposed = true
      stopTimer()
      stopOnline()
    },
  }
}
