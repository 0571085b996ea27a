import { inMicrotask } from '../../support/in-microtask.ts'
import { leaveBehind } from './disk.ts'
import { isMine } from './leases.ts'
import { type Entry, type Flight, fitting, inOrder } from './outbox.ts'
import { beacon, send } from './requests.ts'
import { granted, report, type State } from './state.ts'

/** Browsers grant 64 kB to all keepalive requests of a page. This uses 48 kB, less the envelope of a body. */
const KEEPALIVE_BYTES = 47_000
const BEACON_BYTES = 15_000
/** A beacon stays in flight: no response ends it. */
const BEACON: Flight = { keepalive: true }

// Without storage no other page can send the entries, so a request is tried even if the browser reports that it is
// offline.
const isReachable = ({ pause, offline, outbox, port }: State) =>
  !pause.isFirm() && (offline.until([...outbox.values()]) <= port.now() || !port.storage())

/** Returns the entries that fit into a request that outlives the page. */
export function forKeepalive(state: State, list: readonly Entry[]): readonly Entry[] {
  if (!isReachable(state)) return []
  return fitting(list, list.length, KEEPALIVE_BYTES - state.transport.network.keptAliveBytes(), 0)
}

/** Sends waiting entries at once, because the user may be leaving the page. */
export function leave(state: State): void {
  if (!granted(state)) return
  if (!state.left) {
    state.left = true
    sendLast(state)
    return
  }
  // Events that follow, one after the other, are stored at once and sent together: these tasks have little time.
  store(state)
  if (state.lastPlanned) return
  state.lastPlanned = true
  inMicrotask(() => {
    state.lastPlanned = false
    sendLast(state)
  })
}

/** Sends as much as the browser accepts, and stores all entries within this task. */
function sendLast(state: State): void {
  if (!granted(state)) return
  const { outbox, departed } = state
  const open = [...outbox.values()]
    .filter((one) => !departed.has(one) && !one.flight?.keepalive && isMine(one, state))
    .sort(inOrder)
  void send(state, forKeepalive(state, open), { keepalive: true, leaving: true })
  while (isReachable(state)) {
    const rest = open.filter(({ flight }) => !flight?.keepalive)
    const batch = fitting(rest, rest.length, BEACON_BYTES, 0)
    const request = beacon(state, batch)
    if (!request) break
    for (const entry of batch) {
      entry.flight = BEACON
      entry.attempts++
    }
    report(state, batch, 'unknown', { request })
  }
  for (const entry of open) departed.add(entry)
  store(state, open)
}

function store(state: State, open: readonly Entry[] = []): void {
  const error = 'local storage was full: only the database may keep it'
  report(state, leaveBehind(state, open), 'queued', { error })
}

/** Reopens entries that were sent by beacon, because the page is visible again. */
export function landBeacons({ outbox }: State): void {
  for (const entry of outbox.values()) if (entry.flight === BEACON) entry.flight = undefined
}
