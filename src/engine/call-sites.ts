import { setNewest } from '../support/newest.ts'
import type { AnyTracker, Decision, Properties, TriggerContext } from './types.ts'

type Emit = (event: string, properties?: Properties, trigger?: TriggerContext, scope?: Properties) => Decision

/** As many as the record keeps in development. */
const MAX_STACKS = 1_000

const stacksOf = new WeakMap<Emit, Map<number, string>>()

/** `track` that notes the stack of each call by hand while somebody watches: beside the record, so that no file has it. */
export function notingCalls<Track extends Emit>(track: Track, isWatched: () => boolean): Track {
  const stacks = new Map<number, string>()
  const noting: Emit = (event, properties, trigger, scope) => {
    const byHand = trigger === undefined || trigger.component === 'track'
    const stack = byHand && isWatched() ? new Error().stack : undefined
    const decision = track(event, properties, trigger, scope)
    if (stack) setNewest(stacks, decision.number, stack, MAX_STACKS)
    return decision
  }
  stacksOf.set(noting, stacks)
  return noting as Track
}

/** Where the attempt of that number was called by hand: a stack as the browser writes it. */
export function callOf(tracker: AnyTracker, number: number): string | undefined {
  const { track } = tracker as { readonly track?: Emit }
  return track && stacksOf.get(track)?.get(number)
}
