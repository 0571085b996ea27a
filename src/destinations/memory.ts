import type { InvalidPolicy } from '../engine/decision/issue.ts'
import type { Destination } from '../engine/delivery/destination.ts'
import type { ConsentNeed } from '../engine/permission/consent-types.ts'
import type { TrackedEvent } from '../engine/pipeline/tracked-event.ts'

/** A destination that keeps its events in memory, for tests. */
export interface MemoryDestination extends Destination {
  /** Events that arrived, in order. */
  readonly events: readonly TrackedEvent[]
  /** Removes all events. */
  readonly clear: () => void
}

/** Options of `memory`. */
export interface MemoryOptions {
  /** Name of the destination. Default `'memory'`. */
  readonly name?: string | undefined
  /** Consent that the destination needs. Default `'analytics'`. */
  readonly consent?: ConsentNeed | undefined
  /**
   * Handling of events with invalid properties. Default: the tracker's `invalid`, else `'strip'` if the
   * destination needs `marketing` and `'flag'` if not.
   */
  readonly invalid?: InvalidPolicy | undefined
}

/** Creates a destination that keeps its events in memory, for tests, stories and previews. */
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
