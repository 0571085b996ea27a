import { setNewest } from '../support/newest.ts'
import type { AnyTracker, Decision, Properties, TriggerContext } from './types.ts'

type Emit = (event: string, properties?: Properties, trigger?: TriggerContext, scope?: Properties) => Decision

interface Calls {
  watchers: number
  /** As the browser writes them, by the number of the attempt: beside the record, so that no file has them. */
  readonly stacks: Map<number, string>
}

/** As many as the record keeps in development. */
const MAX_STACKS = 1_000

const callsOf = new WeakMap<Emit, Calls>()

/** `track` that can note where it is called by hand. */
export function notingCalls<Track extends Emit>(track: Track): Track {
  const calls: Calls = { watchers: 0, stacks: new Map() }
  const noting: Emit = (event, properties, trigger, scope) => {
    const byHand = trigger === undefined || trigger.component === 'track'
    const stack = calls.watchers > 0 && byHand ? new Error().stack : undefined
    const decision = track(event, properties, trigger, scope)
    if (stack) setNewest(calls.stacks, decision.number, stack, MAX_STACKS)
    return decision
  }
  callsOf.set(noting, calls)
  return noting as Track
}

function callsTo(tracker: AnyTracker): Calls | undefined {
  const { track } = tracker as { readonly track?: Emit }
  return track && callsOf.get(track)
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
