import type { Destination } from '../engine/destination.ts'
import { copyOf } from '../support/copy-of.ts'

/**
 * A `send` that hands each payload to a vendor's client once: also when the client fails on another of them and all are
 * tried again. The client gets a copy that it may change. While there is no client it throws, and the queue tries later.
 */
export function handOver<Client, Payload extends object>(
  vendor: string,
  clientOf: () => Client | undefined,
  give: (client: Client, payload: Payload) => void,
): Destination<Payload>['send'] {
  const given = new WeakSet<Payload>()
  return (payloads) => {
    const client = clientOf()
    if (!client) throw new Error(`${vendor} is not on the page yet`)
    const failures: unknown[] = []
    for (const payload of payloads) {
      if (given.has(payload)) continue
      try {
        give(client, copyOf(payload))
        given.add(payload)
      } catch (failure) {
        failures.push(failure)
      }
    }
    if (failures.length) throw failures[0]
  }
}
