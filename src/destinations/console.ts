import type { InvalidPolicy } from '../engine/decision/issue.ts'
import type { Destination } from '../engine/delivery/destination.ts'
import type { ConsentNeed } from '../engine/permission/consent-types.ts'

/** Options of the console destination. */
export interface ConsoleOptions {
  /** Name of the destination. Default `'console'`. */
  readonly name?: string | undefined
  /** Consent that the destination needs. Default `'analytics'`. */
  readonly consent?: ConsentNeed | undefined
  /**
   * Handling of events with invalid properties. Default: the tracker's `invalid`, else `'strip'` if the
   * destination needs `marketing` and `'flag'` if not.
   */
  readonly invalid?: InvalidPolicy | undefined
}

/**
 * Creates a destination that prints each event to the console: its name, its properties and the whole event to expand.
 */
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
