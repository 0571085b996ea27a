import type { Destination } from '../engine/destination.ts'
import type { ConsentNeed, InvalidPolicy } from '../engine/types.ts'

export interface ConsoleOptions {
  /** Default `'console'`. */
  readonly name?: string | undefined
  /** Default `'analytics'`. */
  readonly consent?: ConsentNeed | undefined
  /**
   * Handling of events with invalid properties. Default: the tracker's `invalid`, else `'strip'` if the
   * destination needs `marketing` and `'flag'` if not.
   */
  readonly invalid?: InvalidPolicy | undefined
}

/** Prints each event: name, properties, and the whole event to unfold. */
export function consoleDestination({ name = 'console', consent, invalid }: ConsoleOptions = {}): Destination {
  return {
    name,
    consent,
    invalid,
    send: (events) => {
      for (const event of events)
        console.info(`[${event.context.plan}] ${event.name}`, event.properties, event)
    },
  }
}
