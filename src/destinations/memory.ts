import type { Destination } from '../engine/destination.ts'
import type { ConsentNeed, InvalidPolicy, TrackedEvent } from '../engine/types.ts'

export interface MemoryDestination extends Destination {
  /** What arrived, in order. */
  readonly events: readonly TrackedEvent[]
  readonly clear: () => void
}

export interface MemoryOptions {
  /** Default `'memory'`. */
  readonly name?: string | undefined
  /** Default `'analytics'`. */
  readonly consent?: ConsentNeed | undefined
  /**
   * Handling of events with invalid properties. Default: the tracker's `invalid`, else `'strip'` if the
   * destination needs `marketing` and `'flag'` if not.
   */
  readonly invalid?: InvalidPolicy | undefined
}

/** Keeps what it gets: for tests, stories and previews. */
export function memory({ name = 'memory', consent, invalid }: MemoryOptions = {}): MemoryDestination {
  const events: TrackedEvent[] = []
  return {
    name,
    consent,
    invalid,
    events,
    send: (batch) => void events.push(...batch),
    clear: () => void events.splice(0),
  }
}
