import { consentFor } from './consent.ts'
import { createQueue, type Queued } from './queue.ts'
import type { ConsentNeed, ConsentState, Delivery, Destination, SendReason } from './types.ts'

interface DeliveriesOptions {
  readonly destinations: readonly Destination[]
  readonly consentOf: (category: string) => ConsentState
  readonly later: (delayMs: number, run: () => void) => () => void
  readonly onDelivery: (number: number, destination: string, delivery: Delivery) => void
}

export const DEFAULT_CATEGORY = 'analytics'

export const needOf = (destination: Destination): ConsentNeed => destination.consent ?? DEFAULT_CATEGORY

/** One lane for each destination: a copy is queued, waits for its category, or ends. None can hold up another. */
export function createDeliveries({ destinations, consentOf, later, onDelivery }: DeliveriesOptions) {
  const lanes = destinations.map((destination) => {
    const consent = () => consentFor(needOf(destination), consentOf)
    const end = (number: number, delivery: Delivery) => onDelivery(number, destination.name, delivery)
    return {
      name: destination.name,
      consent,
      end,
      queue: createQueue({ destination, consent, later, onDelivery: end }),
    }
  })

  return {
    states: () => lanes.map(({ name, consent }) => ({ name, consent: consent() })),
    deliver(row: Queued, eligible: Readonly<Record<string, ConsentState>>): void {
      for (const { name, consent, queue, end } of lanes) {
        if (!(name in eligible)) continue
        if (consent() === 'denied') end(row.number, { state: 'denied', attempts: 0 })
        else queue.add(row)
      }
    },
    /** Consent has changed. */
    reconsider(): void {
      for (const { queue } of lanes) queue.reconsider()
    },
    async flush(reason: SendReason): Promise<void> {
      await Promise.all(lanes.map(({ queue }) => queue.flush(reason)))
    },
  }
}

export type Deliveries = ReturnType<typeof createDeliveries>
