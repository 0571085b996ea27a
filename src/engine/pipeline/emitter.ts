import type { Decision } from '../record/decision.ts'
import type { AnyTracker } from '../tracker-api.ts'
import type { Properties, TriggerContext } from './occurrence.ts'

/** Function by which components report: `track`, with trigger and scope, which its public signature does not have. */
export type Emit = (
  event: string,
  properties?: Properties,
  trigger?: TriggerContext,
  scope?: Properties,
  id?: unknown,
) => Decision

/** A registered symbol, because components and tracker may come from different copies of the library. */
const EMIT = Symbol.for('react-microconversions.emit')

export function withEmitter<T extends AnyTracker>(tracker: T, emit: Emit): T {
  return Object.assign(tracker, { [EMIT]: emit })
}

/** Returns the tracker's emitter, or its `track` if it has none, like a test double. */
export function emitterOf(tracker: AnyTracker): Emit {
  const { [EMIT]: emit, track } = tracker as { readonly [EMIT]?: Emit; readonly track?: Emit }
  return emit ?? (track as Emit)
}
