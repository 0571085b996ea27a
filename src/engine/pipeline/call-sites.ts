import { setNewest } from '../../support/newest.ts'
import type { AnyTracker } from '../tracker-api.ts'
import { type Emit, emitterOf } from './emitter.ts'

interface Calls {
  watchers: number
  /**
   * Stacks as the browser formats them, by the number of the attempt. Not in the record, so that no exported file
   * contains them.
   */
  readonly stacks: Map<number, string>
}

/** Maximum number of stacks, as many as the record keeps decisions in development. */
const MAX_STACKS = 1_000

const callsOf = new WeakMap<Emit, Calls>()

/** Wraps `emit` so that it can note where it is called by hand. */
export function notingCalls(emit: Emit): Emit {
  const calls: Calls = { watchers: 0, stacks: new Map() }
  const noting: Emit = (event, properties, trigger, ...more) => {
    const byHand = trigger === undefined || trigger.component === 'track'
    const stack = calls.watchers > 0 && byHand ? new Error().stack : undefined
    const decision = emit(event, properties, trigger, ...more)
    if (stack) setNewest(calls.stacks, decision.number, stack, MAX_STACKS)
    return decision
  }
  callsOf.set(noting, calls)
  return noting
}

function callsTo(tracker: AnyTracker): Calls | undefined {
  return callsOf.get(emitterOf(tracker))
}

/** Notes calls until the returned function is called. */
export function watchCalls(tracker: AnyTracker): () => void {
  const calls = callsTo(tracker)
  if (calls) calls.watchers++
  return () => {
    if (calls) calls.watchers--
  }
}

/** Returns the stack of the call by hand that made the attempt with this number. */
export function callOf(tracker: AnyTracker, number: number): string | undefined {
  return callsTo(tracker)?.stacks.get(number)
}
