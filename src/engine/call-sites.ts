import { setNewest } from '../support/newest.ts'
import { type Emit, emitterOf } from './emitter.ts'
import type { AnyTracker } from './types.ts'

interface Calls {
  watchers: number
  /** As the browser writes them, by the number of the attempt: beside the record, so that no file has them. */
  readonly stacks: Map<number, string>
}

/** As many as the record keeps in development. */
const MAX_STACKS = 1_000

const callsOf = new WeakMap<Emit, Calls>()

/** `emit` that can note where it is called by hand. */
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

/** Has calls noted until the returned stop. */
export function watchCalls(tracker: AnyTracker): () => void {
  const calls = callsTo(tracker)
  if (calls) calls.watchers++
  return () => {
    if (calls) calls.watchers--
  }
}

/** Where the attempt of that number was called by hand. */
export function callOf(tracker: AnyTracker, number: number): string | undefined {
  return callsTo(tracker)?.stacks.get(number)
}
