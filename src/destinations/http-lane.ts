import type { DeliveryNews, Lane, LanePort } from '../engine/destination.ts'
import type { DeliveryRequest, DeliveryState } from '../engine/types.ts'
import type { NetworkAnswer } from '../platform/network.ts'
import { messageOf } from '../support/message-of.ts'
import { createAlarm } from './alarm.ts'
import { createLeases, type Entry, type Flight } from './leases.ts'
import { type BatchLimits, chooseBatch, eventIdOf, inOrder, type OutboxItem, surplusOf } from './outbox.ts'
import { createPause } from './pause.ts'
import { type Transport, verdictOf } from './transport.ts'

interface HttpLaneOptions extends BatchLimits {
  readonly port: LanePort
  readonly transport: Transport
  readonly maxAgeMs: number
  readonly finalStatuses: readonly number[]
}

/** Of what a page has sent as its last: the next one may find the row before its answer would have removed it. */
const LEAVING_LEASE_MS = 10_000
const MAX_ATTEMPTS = 100
/** While nothing can be sent, the bounds of all rows are checked after so many copies. */
const UNCHECKED_COPIES = 100
/** Of the 64 kB that a page has, 48 for us (O6), less what a body has around its events. */
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
  const { now } = port
  const { network, address } = transport
  const pause = createPause(now)
  const alarm = createAlarm(port, tick)
  const flights = new Set<Flight>()
  /** What `leave` has dealt with: a page may be left in several steps. */
  const departed = new Set<Entry>()
  let before = port.consent()
  let unchecked = 0
  let planned = false
  let running: Promise<void> | undefined
  let asked = false
  let disposed = false
  let newest: DeliveryRequest | undefined

  function granted(): boolean {
    return !disposed && port.consent() === 'granted'
  }
  const resting = () => pause.lasts() || !network.online()
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

  /** Ends those that are too many; what is on its way stays. */
  function bound(items: readonly OutboxItem[]): void {
    const surplus = surplusOf(items, now()).map((item) => leases.of(item.id) ?? { ...item, stored: true })
    const idle = surplus.filter(({ flight }) => !flight)
    end(idle, 'expired', { error: 'the outbox was full, or the event 7 days old' })
  }

  /** After the present task: what was added in it is stored in one transaction, and goes together. */
  function plan(): void {
    if (planned) return
    planned = true
    queueMicrotask(() => {
      planned = false
      bound(entries())
      if (!granted()) return
      leases.store()
      const ready = leases.waiting()
      const length = ready.reduce((sum, { row }) => sum + row.payload.length, 0)
      if (ready[0]?.row.priority === 'critical' || ready.length >= maxEvents || length >= maxBytes) tick()
      else alarm.set(now() + maxAgeMs)
    })
  }

  /** Consent, storage or the page is back: whatever is found is ours to look after. */
  function start(): void {
    if (!granted()) return
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
      while (asked && granted()) {
        asked = false
        alarm.stop()
        await round()
      }
      running = undefined
    })()
    return running
  }

  /** Looks at what waits, leases a batch of it, and sends that. */
  async function round(): Promise<void> {
    if (pause.lasts()) alarm.set(pause.until())
    if (resting() && unchecked < UNCHECKED_COPIES) return
    unchecked = 0
    const items = await leases.look()
    if (!items) return
    bound(items)
    if (resting()) return
    const limits = { maxEvents: pause.probing() ? 1 : maxEvents, maxBytes }
    const { batch, more } = chooseBatch(items.filter(leases.free), limits)
    if (batch.length === 0) return
    const leased = await leases.take(batch.map(({ id }) => id))
    if (!(await attempt(leased))) alarm.set(now() + maxAgeMs)
    else if (more) asked = true
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
  const reachable = () => network.online() && !pause.isFirm()
  const forKeepalive = (list: readonly Entry[]) =>
    reachable() ? fitting(list, KEEPALIVE_BYTES - network.keptAliveBytes()) : []

  /** The request starts in this task. True: the endpoint is there, go on. */
  async function attempt(list: readonly Entry[], keepalive = false, leaving = false): Promise<boolean> {
    const batch = list.filter((entry) => isMine(entry) && (leaving || !entry.flight))
    if (batch.length === 0 || !granted()) return false
    const flight: Flight = { keepalive, controller: new AbortController() }
    flights.add(flight)
    for (const entry of batch) {
      entry.flight = flight
      entry.row = { ...entry.row, attempts: entry.row.attempts + 1 }
    }
    const request = requestOf(batch, keepalive ? 'keepalive' : 'fetch')
    newest = request
    let answer: NetworkAnswer | undefined
    let error: string | undefined
    try {
      answer = await transport.post(payloads(batch), request, { keepalive, signal: flight.controller.signal })
    } catch (thrown) {
      error = messageOf(thrown)
    }
    flights.delete(flight)
    const still = batch.filter(isMine)
    // A later request may have taken them along: that one answers for them.
    const mine = still.filter((entry) => entry.flight === flight)
    for (const entry of mine) entry.flight = undefined
    const verdict = answer ? verdictOf(answer.status, finalStatuses) : 'again'
    if (answer && verdict !== 'sent') error = `HTTP ${answer.status}`
    const news = { error, request: Object.assign(request, answer, { answeredAt: now(), error }) }
    if (verdict === 'again') {
      if (mine.length) fail(mine, news, leaving)
      return false
    }
    pause.end()
    if (verdict === 'too-large' && mine.length > 1) {
      report(mine, 'retrying', news)
      const half = Math.ceil(mine.length / 2)
      return (await attempt(mine.slice(0, half), keepalive)) && attempt(mine.slice(half), keepalive)
    }
    if (verdict === 'sent') end(still, verdict, news)
    else end(mine, 'rejected', news)
    return true
  }

  function fail(
    list: readonly Entry[],
    news: { readonly error: string | undefined; readonly request: DeliveryRequest },
    leaving: boolean,
  ): void {
    const { status, retryAfter } = news.request
    const state = granted() ? 'retrying' : 'held'
    if (!network.online()) {
      for (const entry of list) entry.row = { ...entry.row, attempts: entry.row.attempts - 1 }
      report(list, state, { ...news, error: 'offline', waits: 'offline' })
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

  function leave(): void {
    if (!granted()) return
    const open = entries()
      .filter((entry) => !departed.has(entry) && !entry.flight?.keepalive && leases.isFree(entry))
      .sort(inOrder)
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
    leases.leaveBehind(open)
  }

  const stopOnline = network.onOnline(() => {
    pause.cutShort()
    tick()
  })

  return {
    rowsOf: leases.rowsOf,

    add(copy, stored) {
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
        for (const { controller } of flights) controller.abort()
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
