import type { Copy, Lane, SendReason } from '../../engine/delivery/destination.ts'
import type { Writes } from '../../platform/platform.ts'
import { createAlarm } from './alarm.ts'
import { clearDisk, LEASE_MS, rowsHolding, writeFresh } from './disk.ts'
import { forKeepalive, landBeacons, leave } from './leaving.ts'
import { createOffline } from './offline.ts'
import { type Entry, entryIdOf } from './outbox.ts'
import { createPause } from './pause.ts'
import { end, send } from './requests.ts'
import { plan, run, waitingIn } from './rounds.ts'
import { rowsOf, writesOf } from './row.ts'
import { granted, type HttpLaneOptions, report, type State } from './state.ts'

const INITIAL = {
  left: false,
  disposed: false,
  asked: false,
  all: false,
  urgent: false,
  count: 0,
  units: 0,
  planned: false,
  lastPlanned: false,
  writePlanned: false,
  turn: 0,
  rows: 0,
  spills: 0,
  spilled: 0,
  spillsWait: false,
  lookedAt: 0,
  lookAt: 0,
  stalled: false,
}

/** Creates a lane, which delivers encoded events to the collector. */
export function createHttpLane(options: HttpLaneOptions): Lane<string> {
  const { port, transport } = options
  const alarm = createAlarm(port, () => void run(state, false))
  const state: State = {
    ...options,
    outbox: new Map(),
    claimed: new WeakMap(),
    pause: createPause(port.now),
    offline: createOffline(port.now, transport.network),
    alarm,
    tab: port.newId(),
    lines: [],
    flights: new Set(),
    departed: new Set(),
    consent: port.consent(),
    ...INITIAL,
  }
  const stopOnline = transport.network.onOnline(() => {
    state.pause.cutShort()
    void run(state)
  })
  return {
    rowsOf: (copy) => claimRows(state, copy),
    add: (copy, stored) => add(state, copy, stored),
    flush: (reason) => flush(state, reason),
    leave: () => leave(state),
    restored: () => start(state),
    reconsider: () => reconsider(state),
    storageChanged: () => changeStorage(state),
    status: () => ({
      waiting: [...state.outbox.values()].flatMap(({ flight, time }) => (flight ? [] : time)),
      waits: state.pause.why(),
      until: state.pause.until(),
      request: state.newest,
    }),
    dispose() {
      const unstored = [...state.outbox.values()].filter(({ row }) => !row?.stored)
      if (!granted(state)) report(state, unstored, 'expired', { error: 'the tracker was disposed' })
      state.disposed = true
      alarm.stop()
      stopOnline()
    },
  }
}

function entryOf(state: State, { payload, urgency, number, ...event }: Copy<string>): Entry {
  const id = entryIdOf(event)
  const lines = payload.split('\n').map((line, place) => sharedLine(state, line, place))
  return { id, number, urgency, lines, time: state.port.now(), attempts: 0 }
}

/** Returns the shared line of the event before if it is equal: one text is kept, and compared at no cost. */
function sharedLine({ lines }: State, line: string, place: number): string {
  if (place === 0 || line === lines[place]) return lines[place] ?? line
  lines[place] = line
  return line
}

/** Returns a separate row for an event with a claim. */
function claimRows(state: State, copy: Copy<string>): Writes {
  const { port, tab, claimed } = state
  const storage = port.storage()
  if (!storage || !granted(state)) return new Map()
  const entry = entryOf(state, copy)
  claimed.set(copy, entry)
  return writesOf(
    storage,
    rowsOf([entry], () => entry.id, tab, port.now() + LEASE_MS),
  )
}

function add(state: State, copy: Copy<string>, stored: boolean): void {
  const { outbox, port } = state
  const entry = state.claimed.get(copy) ?? entryOf(state, copy)
  // The server would drop it as a duplicate of the one in the outbox.
  if (outbox.has(entry.id)) {
    const error = 'an event with this name and id is waiting'
    port.onDelivery([copy], { state: 'rejected', error })
    return
  }
  if (entry.row) entry.row.stored = stored
  outbox.set(entry.id, entry)
  if (port.consent() === 'denied') end(state, [entry], 'denied')
  else {
    if (!granted(state)) report(state, [entry], 'held')
    plan(state, entry)
  }
}

async function flush(state: State, reason: SendReason): Promise<void> {
  if (reason === 'hidden') {
    const sending = send(state, forKeepalive(state, waitingIn(state)), { keepalive: true })
    // The browser may discard a hidden page without further notice.
    writeFresh(state)
    await sending
  } else {
    await state.running
    state.pause.cutShort()
    await run(state)
  }
}

/** Starts after consent, storage or the page is available again: this tab then delivers all entries that it finds. */
function start(state: State): void {
  if (!granted(state)) return
  state.departed.clear()
  landBeacons(state)
  Object.assign(state, { left: false, spilled: 0, spillsWait: true, lookAt: 0 })
  // Another page may hold the rows by now.
  for (const row of rowsHolding(state.outbox.values())) row.until = 0
  writeFresh(state)
  void run(state)
}

function reconsider(state: State): void {
  const { port, outbox, alarm, flights } = state
  const consent = port.consent()
  if (consent === state.consent) return
  state.consent = consent
  const all = [...outbox.values()]
  const flying = all.filter(({ flight }) => flight)
  const others = all.filter(({ flight }) => !flight)
  if (consent !== 'denied') {
    report(state, others, consent === 'granted' ? 'queued' : 'held')
    start(state)
    return
  }
  state.turn++
  outbox.clear()
  alarm.stop()
  for (const { controller } of flights) controller?.abort()
  clearDisk(state)
  report(state, others, consent)
  report(state, flying, consent, { error: 'in-flight-at-withdrawal' })
}

function changeStorage(state: State): void {
  state.turn++
  state.stalled = false
  for (const entry of state.outbox.values()) entry.row = undefined
  if (state.port.consent() === 'denied') clearDisk(state)
  start(state)
}
