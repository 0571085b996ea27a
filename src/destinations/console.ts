import type { Destination } from '../engine/destination.ts'
import type { ConsentNeed } from '../engine/types.ts'

export interface ConsoleOptions {
  /** Default `'console'`. */
  readonly name?: string | undefined
  /** Default `'analytics'`. */
  readonly consent?: ConsentNeed | undefined
}

/** Prints each event: name, properties, and the whole event to unfold. */
export function consoleDestination({ name = 'console', consent }: ConsoleOptions = {}): Destination {
  return {
    name,
    consent,
    send: (events) => {
      for (const event of events)
        console.info(`[${event.context.plan}] ${event.name}`, event.properties, event)
    },
  }
}
