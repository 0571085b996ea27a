import type { Destination } from '../engine/delivery/destination.ts'
import { copyOf } from '../support/copy-of.ts'
import { UncertainError } from '../support/uncertain-error.ts'

/** Methods that the client must have to count as ready; if empty, the client itself must be a function. */
type Methods<Client> = readonly (keyof Client & string)[]

/**
 * Creates a `send` that passes each payload to a vendor's client, at most once. It throws while the client is not
 * ready, and the queue tries again later. A call that throws is not repeated: a page that wraps `dataLayer.push` or
 * `fbq` may throw after the vendor received the event. The client receives a copy that it may change.
 */
export function handOver<Client, Payload extends object>(
  vendor: string,
  clientOf: () => Client | undefined,
  methods: Methods<Client>,
  give: (client: Client, payload: Payload) => unknown,
): Destination<Payload>['send'] {
  return (payloads, { permitted }) => {
    const client = clientOf()
    if (!isThere(client, methods)) throw new Error(`${vendor} is not on the page yet`)
    const reasons = new Map<Payload, unknown>()
    const kept: Payload[] = []
    for (const payload of payloads) {
      // The client may run code of the page that withdraws consent, as Tag Manager does.
      if (permitted?.() === false) {
        kept.push(payload)
        continue
      }
      try {
        // A vendor's promise rejects if one of its plug-ins fails: the vendor has the event, and the rejection must not
        // reach the page.
        Promise.resolve(give(client, copyOf(payload))).catch(() => {})
      } catch (thrown) {
        reasons.set(payload, thrown)
      }
    }
    if (reasons.size || kept.length) throw new UncertainError(reasons, kept)
  }
}

function isThere<Client>(client: Client | undefined, methods: Methods<Client>): client is Client {
  if (methods.length === 0) return typeof client === 'function'
  return methods.every((method) => typeof client?.[method] === 'function')
}
