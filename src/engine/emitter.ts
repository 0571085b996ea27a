import type { AnyTracker, Decision, Properties, TriggerContext } from './types.ts'

/**
 * Function with which components report: `track`, with the trigger and scope that its public signature leaves
 * out.
 */
export type Emit = (
  event: string,
  properties?: Properties,
  trigger?: TriggerContext,
  scope?: Properties,
  id?: unknown,
) => Decision

/** Registered: components may come from another copy of the library than the tracker. */
const EMIT = Symbol.for('react-microconversions.emit')

export function withEmitter<T extends AnyTracker>(tracker: T, emit: Emit): T {
  return Object.assign(tracker, { [EMIT]: emit })
}

/** Returns the tracker's emitter, or its `track` if it has none, as a test double. */
export function emitterOf(tracker: AnyTracker): Emit {
  const { [EMIT]: emit, track } = tracker as { readonly [EMIT]?: Emit; readonly track?: Emit }
  return emit ?? (track as Emit)
}
