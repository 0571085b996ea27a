import type { Destination } from '../engine/destination.ts'
import { copyOf } from '../support/copy-of.ts'
import { UncertainError } from '../support/uncertain-error.ts'

/** Names of the functions that `Client` must have to be there; none: it is a function itself. */
type Methods<Client> = readonly (keyof Client & string)[]

/**
 * A `send` that gives each payload to a vendor's client, at most once. While the client is not there it throws, and the
 * queue tries later. A call that throws is not repeated: a page that wraps `dataLayer.push` or `fbq` may throw after the
 * vendor has taken the event. The client gets a copy that it may change.
 */
export function handOver<Client, Payload extends object>(
  vendor: string,
  clientOf: () => Client | undefined,
  methods: Methods<Client>,
  give: (client: Client, payload: Payload) => unknown,
): Destination<Payload>['send'] {
  return (payloads) => {
    const client = clientOf()
    if (!isThere(client, methods)) throw new Error(`${vendor} is not on the page yet`)
    const reasons = new Map<Payload, unknown>()
    for (const payload of payloads) {
      try {
        // A promise of theirs rejects when a plug-in of theirs fails: the vendor has the event, and the page is spared.
        Promise.resolve(give(client, copyOf(payload))).catch(() => {})
      } catch (thrown) {
        reasons.set(payload, thrown)
      }
    }
    if (reasons.size) throw new UncertainError(reasons)
  }
}

function isThere<Client>(client: Client | undefined, methods: Methods<Client>): client is Client {
  if (methods.length === 0) return typeof client === 'function'
  return methods.every((method) => typeof client?.[method] === 'function')
}
