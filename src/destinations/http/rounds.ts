import { inMicrotask } from '../../support/in-microtask.ts'
import { writeFresh } from './disk.ts'
import { isMine, leaseForRequest, look, lookAgain } from './leases.ts'
import { type Entry, fitting, inOrder, surplusOf } from './outbox.ts'
import { end, send } from './requests.ts'
import { granted, type State } from './state.ts'

/** Delay in ms before an event is written: including the write, it is stored within 50 ms. */
const WRITE_MS = 30

/**
 * Requests a round, and resolves when no further round is requested. `everything` also sends entries that would wait to
 * fill a batch.
 */
export function run(state: State, everything = true): Promise<void> {
  state.asked = true
  state.all ||= everything
  state.running ??= (async () => {
    await undefined
    // The database does not respond to a page that is being left: its last requests are not made here.
    while (state.asked && granted(state) && !state.left) {
      state.asked = false
      state.alarm.stop()
      await round(state)
    }
    state.all = false
    state.running = undefined
  })()
  return state.running
}

/** Sends waiting entries batch by batch, while the endpoint responds and no critical event arrives. */
async function round(state: State): Promise<void> {
  const { turn, pause } = state
  state.urgent = false
  state.count = state.units = 0
  await look(state)
  bound(state)
  let rest = waitingIn(state)
  while (rest.length > 0 && !isResting(state, rest)) {
    state.asked ||= state.urgent
    if (state.urgent) return
    const batch = fitting(rest, pause.probing() ? 1 : state.maxEvents, state.maxBytes)
    rest = rest.slice(batch.length)
    lookAgain(state)
    await leaseForRequest(state, batch)
    if (turn !== state.turn) return
    if (!(await send(state, batch))) return state.alarm.set(state.port.now() + state.maxAgeMs)
    if (waitsForMore(state, rest)) return
  }
}

/** Returns the entries that may be sent, in order. */
export const waitingIn = (state: State): readonly Entry[] =>
  [...state.outbox.values()].filter((entry) => !entry.flight && isMine(entry, state)).sort(inOrder)

/** True if none of the entries may be sent yet; sets the alarm for when they may. */
function isResting({ pause, offline, alarm, port }: State, list: readonly Entry[]): boolean {
  const until = Math.max(pause.until(), offline.until(list))
  if (until <= port.now()) return false
  alarm.set(until)
  return true
}

const unitsOf = ({ lines: [own = ''] }: Entry) => own.length

/**
 * True if the rest does not fill a batch and is recent. It waits for more events; sets the alarm for the end of the
 * wait.
 */
function waitsForMore(
  { all, maxEvents, maxBytes, maxAgeMs, alarm, port }: State,
  rest: readonly Entry[],
): boolean {
  const due = Math.min(...rest.map(({ time }) => time)) + maxAgeMs
  const units = rest.reduce((sum, entry) => sum + unitsOf(entry), 0)
  if (all || rest.length >= maxEvents || units >= maxBytes || due <= port.now()) return false
  alarm.set(due)
  return true
}

/** True if nothing can be sent for a while. */
const isStuck = (state: State) => !granted(state) || state.offline.says() || state.pause.isLong()

/** Removes entries beyond the limits; those in flight stay. */
function bound(state: State): void {
  const surplus = surplusOf(waitingIn(state), state.port.now(), isStuck(state))
  end(state, surplus, 'expired', { error: 'the outbox was full, or the event 7 days old' })
}

/**
 * Schedules a round for a new entry, after the present task, so that entries added in the same task are sent together.
 */
export function plan(state: State, entry: Entry): void {
  state.urgent ||= entry.urgency === 'critical'
  state.count++
  state.units += unitsOf(entry)
  if (state.planned) return
  state.planned = true
  inMicrotask(() => {
    state.planned = false
    if (isStuck(state)) bound(state)
    if (!granted(state)) return
    planWrite(state)
    const { urgent, count, maxEvents, units, maxBytes, alarm, port, maxAgeMs } = state
    if (urgent || count >= maxEvents || units >= maxBytes) void run(state, false)
    else alarm.set(port.now() + maxAgeMs)
  })
}

function planWrite(state: State): void {
  if (state.writePlanned) return
  state.writePlanned = true
  state.port.later(WRITE_MS, () => {
    state.writePlanned = false
    writeFresh(state)
  })
}
