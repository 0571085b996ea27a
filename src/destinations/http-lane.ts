import type { DeliveryNews, Lane, LanePort } from '../engine/destination.ts'
import type { DeliveryRequest, DeliveryState } from '../engine/types.ts'
import { type NetworkAnswer, newAbort } from '../platform/network.ts'
import { inMicrotask } from '../support/in-microtask.ts'
import { messageOf } from '../support/message-of.ts'
import { halve, sift } from '../support/sift.ts'
import { createAlarm } from './alarm.ts'
import { createLeases, type Entry, type Flight } from './leases.ts'
import { createOffline } from './offline.ts'
import {
  type BatchLimits,
  chooseBatch,
  eventIdOf,
  inOrder,
  type OutboxItem,
  rowIdOf,
  surplusOf,
} from './outbox.ts'
import { createPause } from './pause.ts'
import { TIMEOUT_MS, type Transport, type Verdict, verdictOf } from './transport.ts'

interface Answered {
  readonly verdict: Verdict
  readonly news: { readonly error: string | undefined; readonly request: DeliveryRequest }
}

/** One request that is under way. */
interface Sent {
  readonly batch: readonly Entry[]
  readonly flight: Flight
  readonly request: DeliveryRequest
  /** It is the page's last. */
  readonly leaving: boolean
}

interface HttpLaneOptions extends BatchLimits {
  readonly port: LanePort
  readonly transport: Transport
  readonly maxAgeMs: number
  readonly finalStatuses: readonly number[]
}

/** Of what a page has sent as its last: the next one may find the row before its answer would have removed it. */
const LEAVING_LEASE_MS = 10_000
const MAX_ATTEMPTS = 100
/** Longer than the network's own time: a `fetch` that a page has wrapped may not hear its signal. */
const LONGEST_ANSWER_MS = TIMEOUT_MS + 1_000
/** If each of so many events was refused alone, the endpoint may refuse all. */
const FEWEST_SUSPECT = 5
/** While nothing can be sent, the bounds of all rows are checked after so many copies. */
const UNCHECKED_COPIES = 100
/**
 * We take 48 of the 64 kB that browsers grant all keepalive requests of a page, less the frame of a body
 * around its events.
 */
const KEEPALIVE_BYTES = 47_000
const BEACON_BYTES = 15_000

/** True if the endpoint accepted or finally rejected the batch; undefined if it did not answer. */
const dealtWith = ({ verdict }: Answered) =>
  verdict === 'again' ? undefined : verdict === 'sent' || verdict === 'rejected'

/** The way of encoded events to the collector: outbox, leases, requests, answers. */
export function createHttpLane({
  port,
  transport,
  maxEvents,
  maxBytes,
  maxAgeMs,
  finalStatuses,
}: HttpLaneOptions): Lane<string> {
  const { now } = port
  const { network, address } = transport
  const pause = createPause(now)
  const offline = createOffline(now, network)
  const alarm = createAlarm(port, tick)
  const flights = new Set<Flight>()
  /** What `leave` has dealt with: a page may be left in several steps. */
  const departed = new Set<Entry>()
  let before = port.consent()
  let unchecked = 0
  let planned = false
  let running: Promise<void> | undefined
  let asked = false
  /** Something critical has come. */
  let urgent = false
  let left = false
  let lastPlanned = false
  let disposed = false
  let newest: DeliveryRequest | undefined

  function granted(): boolean {
    return !disposed && port.consent() === 'granted'
  }
  /** Nothing of these may be sent yet; the alarm rings when it may. */
  function resting(items: readonly OutboxItem[]): boolean {
    const until = Math.max(pause.until(), offline.until(items))
    if (until <= now()) return false
    alarm.set(until)
    return true
  }
  const stuck = () => !granted() || offline.says() || pause.isLong()
  const leases = createLeases({
    port,
    granted,
    onBusy: alarm.set,
    onGone: (gone) => report(gone, 'unknown'),
  })
  const { entries, isMine } = leases

  function report(list: readonly Entry[], state: DeliveryState, news?: Partial<DeliveryNews>): void {
    for (const attempts of new Set(list.map(({ row }) => row.attempts))) {
      const alike = list.filter(({ row }) => row.attempts === attempts)
      port.onDelivery(alike, { ...news, state, attempts })
    }
  }

  /** They are done with, here and in storage. */
  function end(list: readonly Entry[], state: DeliveryState, news?: Partial<DeliveryNews>): void {
    leases.remove(list)
    report(list, state, news)
  }

  /** Ends those that are too many to wait; what is on its way stays. */
  function bound(items: readonly OutboxItem[]): void {
    const surplus = surplusOf(items, now(), stuck()).map(
      (item) => leases.of(item.id) ?? { ...item, stored: true },
    )
    const idle = surplus.filter(({ flight }) => !flight)
    end(idle, 'expired', { error: 'the outbox was full, or the event 7 days old' })
  }

  /** After the present task: what was added in it is stored in one transaction, and goes together. */
  function plan(): void {
    if (planned) return
    planned = true
    inMicrotask(() => {
      planned = false
      if (stuck()) bound(entries())
      if (!granted()) return
      leases.store()
      const ready = entries().filter(leases.free)
      const length = ready.reduce((sum, { row }) => sum + row.payload.length, 0)
      urgent ||= ready.some(({ row }) => row.priority === 'critical')
      if (urgent || ready.length >= maxEvents || length >= maxBytes) tick()
      else alarm.set(now() + maxAgeMs)
    })
  }

  /** Consent, storage or the page is back: whatever is found is ours to look after. */
  function start(): void {
    if (!granted()) return
    left = false
    departed.clear()
    unchecked = UNCHECKED_COPIES
    leases.adopt()
    leases.store()
    tick()
  }

  /** One round after the other; resolves when none is asked for any more. */
  function tick(): Promise<void> {
    asked = true
    running ??= (async () => {
      await undefined
      // A page that is left is not answered by its database: without a lease a copy would go twice.
      while (asked && granted() && !left) {
        asked = false
        alarm.stop()
        await round()
      }
      running = undefined
    })()
    return running
  }

  /** Looks at what waits, and leases and sends it batch by batch, while the endpoint answers and nothing critical comes. */
  async function round(): Promise<void> {
    if (resting(entries()) && unchecked < UNCHECKED_COPIES) return
    unchecked = 0
    const items = await leases.look()
    if (!items) return
    bound(items)
    let left: readonly OutboxItem[] = items.filter(leases.free)
    urgent = false
    while (left.length > 0 && !resting(left)) {
      if (urgent) {
        asked = true
        return
      }
      const limits = { maxEvents: pause.probing() ? 1 : maxEvents, maxBytes }
      const batch = new Set(chooseBatch(left, limits).batch)
      left = left.filter((item) => !batch.has(item))
      const leased = await leases.take([...batch].map(({ id }) => id))
      if (await attempt(leased)) continue
      alarm.set(now() + maxAgeMs)
      return
    }
  }

  const payloads = (list: readonly Entry[]) => list.map(({ row }) => row.payload)
  const requestOf = (list: readonly Entry[], transport: DeliveryRequest['transport']): DeliveryRequest => ({
    requestId: port.newId(),
    transport,
    url: address,
    eventIds: list.map(({ id }) => eventIdOf(id)),
    sentAt: now(),
  })
  /** Undefined: the browser does not take it. */
  function beacon(list: readonly Entry[]): DeliveryRequest | undefined {
    const request = requestOf(list, 'beacon')
    if (list.length && transport.beacon(payloads(list), request)) return request
    return undefined
  }
  const fitting = (list: readonly Entry[], bytes: number) =>
    chooseBatch(list, { maxEvents: list.length, maxBytes: bytes }, 0).batch
  // Without storage nothing is left for another page: then even a browser that says it is offline is asked.
  const reachable = () => !pause.isFirm() && (offline.until(entries()) <= now() || !port.storage())
  const forKeepalive = (list: readonly Entry[]) =>
    reachable() ? fitting(list, KEEPALIVE_BYTES - network.keptAliveBytes()) : []

  /** Sends what may go of these, and the parts of what is refused. The first request starts in this task. True: go on. */
  async function attempt(list: readonly Entry[], keepalive = false, leaving = false): Promise<boolean> {
    const batch = list.filter((entry) => isMine(entry) && (leaving || !entry.flight))
    if (batch.length === 0 || !granted()) return false
    /**
     * Sends a part. True if the endpoint accepted or finally rejected it; undefined if it does not answer.
     */
    const accepts = async (part: readonly Entry[]) => {
      const rest = part.filter((entry) => isMine(entry) && !entry.flight)
      if (rest.length === 0) return true
      return granted() ? dealtWith(await post(rest, keepalive, leaving)) : undefined
    }
    const answer = await post(batch, keepalive, leaving)
    if (batch.length === 1 || dealtWith(answer) !== false) return answer.verdict !== 'again'
    if (answer.verdict === 'too-large') return halve(batch, accepts)
    if ((await sift(batch, accepts)) && batch.length >= FEWEST_SUSPECT) pause.suspect()
    return !pause.lasts()
  }

  /** One request, until it is answered, or for so long. An answer that comes later still says what became of them. */
  function post(batch: readonly Entry[], keepalive: boolean, leaving: boolean): Promise<Answered> {
    const flight: Flight = { keepalive, controller: newAbort() }
    flights.add(flight)
    for (const entry of batch) {
      entry.flight = flight
      entry.row = { ...entry.row, attempts: entry.row.attempts + 1 }
    }
    const request = requestOf(batch, keepalive ? 'keepalive' : 'fetch')
    newest = request
    const sent: Sent = { batch, flight, request, leaving }
    const answering = (async () =>
      transport.post(payloads(batch), request, { keepalive, signal: flight.controller?.signal }))()
    return new Promise((resolve) => {
      const stop = port.later(LONGEST_ANSWER_MS, () => {
        resolve(settled(sent, undefined, 'no answer'))
        flight.controller?.abort()
      })
      const answered = (answer: NetworkAnswer) => {
        const late = !flights.has(flight)
        resolve(settled(sent, answer))
        if (late) void tick()
      }
      const failed = (thrown: unknown) => {
        if (flights.has(flight)) resolve(settled(sent, undefined, messageOf(thrown)))
      }
      answering.then(answered, failed).finally(stop)
    })
  }

  /** Applies the answer, or its absence, to the events that were sent. */
  function settled(
    { batch, flight, request, leaving }: Sent,
    answer: NetworkAnswer | undefined,
    fault?: string,
  ): Answered {
    flights.delete(flight)
    const still = batch.filter(isMine)
    // A later request may have taken them along: that one answers for them.
    const mine = still.filter((entry) => entry.flight === flight)
    for (const entry of mine) entry.flight = undefined
    const verdict = answer ? verdictOf(answer.status, finalStatuses) : 'again'
    const error = answer && verdict !== 'sent' ? `HTTP ${answer.status}` : fault
    const news = { error, request: Object.assign(request, answer, { answeredAt: now(), error }) }
    if (answer) offline.answered()
    if (verdict === 'again') {
      if (mine.length) fail(mine, news, leaving)
      return { verdict, news }
    }
    pause.answered(verdict === 'sent')
    if (verdict === 'sent') end(still, verdict, news)
    else if (verdict === 'rejected' || batch.length === 1) end(mine, 'rejected', news)
    else report(mine, 'retrying', news)
    return { verdict, news }
  }

  function fail(
    list: readonly Entry[],
    news: { readonly error: string | undefined; readonly request: DeliveryRequest },
    leaving: boolean,
  ): void {
    const { status, retryAfter } = news.request
    const state = granted() ? 'retrying' : 'held'
    if (offline.says()) {
      offline.failed()
      for (const entry of list) entry.row = { ...entry.row, attempts: entry.row.attempts - 1 }
      report(list, state, { ...news, error: 'offline', waits: 'offline' })
      if (granted()) alarm.set(offline.until(list))
      return
    }
    // The browser has refused at once: the page's other requests have left no room.
    const request = leaving && !status && granted() ? beacon(list) : undefined
    if (request) {
      report(list, 'unknown', { ...news, request })
      return
    }
    pause.begin(retryAfter)
    const again = list.filter(({ row }) => row.attempts < MAX_ATTEMPTS)
    end(
      list.filter(({ row }) => row.attempts >= MAX_ATTEMPTS),
      'expired',
      news,
    )
    for (const entry of again) leases.extend(entry, Math.max(entry.row.leaseUntil, pause.until()))
    leases.keep(again)
    report(again, state, { ...news, nextAt: pause.until(), waits: pause.why() })
    if (granted()) alarm.set(pause.until())
  }

  /** Neither dealt with by an earlier step, nor in a request that outlives the page. */
  const remaining = () =>
    entries()
      .filter((entry) => !departed.has(entry) && !entry.flight?.keepalive && leases.isFree(entry))
      .sort(inOrder)

  /**
   * At once for what waits when the page is left. What is born later, one event after the other, is stored at once, and
   * goes together after the present task: a browser grants these tasks little time.
   */
  function leave(): void {
    if (!granted()) return
    if (!left) {
      left = true
      sendLast()
      return
    }
    for (const entry of remaining()) leases.extend(entry, 0)
    leaveBehind([], new Set())
    if (lastPlanned) return
    lastPlanned = true
    inMicrotask(() => {
      lastPlanned = false
      sendLast()
    })
  }

  function sendLast(): void {
    if (!granted()) return
    const open = remaining()
    const first = forKeepalive(open)
    const sent = new Set(first)
    void attempt(first, true, true)
    while (reachable()) {
      const rest = open.filter((entry) => !sent.has(entry))
      const batch = fitting(rest, BEACON_BYTES)
      const request = beacon(batch)
      if (!request) break
      for (const entry of batch) {
        sent.add(entry)
        entry.row = { ...entry.row, attempts: entry.row.attempts + 1 }
      }
      report(batch, 'unknown', { request })
    }
    for (const entry of open) {
      departed.add(entry)
      leases.extend(entry, sent.has(entry) ? now() + LEAVING_LEASE_MS : 0)
    }
    leaveBehind(open, sent)
  }

  function leaveBehind(open: readonly Entry[], sent: ReadonlySet<Entry>): void {
    const error = 'local storage was full: only the database may keep it'
    report(leases.leaveBehind(open, sent), 'queued', { error })
  }

  const stopOnline = network.onOnline(() => {
    pause.cutShort()
    tick()
  })

  return {
    rowsOf: leases.rowsOf,

    add(copy, stored) {
      // The server would drop it as a duplicate: the first is on its way.
      if (leases.of(rowIdOf(copy)))
        return port.onDelivery([copy], {
          state: 'rejected',
          error: 'an event with this name and id is waiting',
        })
      const entry = leases.add(copy, stored)
      if (port.consent() === 'denied') return end([entry], 'denied')
      unchecked++
      if (!granted()) report([entry], 'held')
      plan()
    },

    async flush(reason) {
      if (reason === 'hidden') {
        await attempt(forKeepalive(leases.waiting()), true)
      } else {
        await running
        pause.cutShort()
        await tick()
      }
    },

    leave,
    restored: start,

    reconsider() {
      const state = port.consent()
      if (state === before) return
      before = state
      const flying = entries().filter(({ flight }) => flight)
      const others = entries().filter(({ flight }) => !flight)
      if (state === 'denied') {
        leases.clear()
        alarm.stop()
        for (const { controller } of flights) controller?.abort()
        leases.clearRows()
        report(others, state)
        report(flying, state, { error: 'in-flight-at-withdrawal' })
      } else {
        report(others, state === 'granted' ? 'queued' : 'held')
        start()
      }
    },

    storageChanged() {
      leases.storageChanged()
      if (port.consent() === 'denied') leases.clearRows()
      start()
    },

    status: () => ({
      waiting: entries().flatMap(({ flight, row }) => (flight ? [] : row.time)),
      waits: pause.why(),
      until: pause.until(),
      request: newest,
    }),

    dispose() {
      if (!granted()) {
        const unstored = entries().filter(({ stored }) => !stored)
        report(unstored, 'expired', { error: 'the tracker was disposed' })
      }
      disposed = true
      alarm.stop()
      stopOnline()
    },
  }
}
