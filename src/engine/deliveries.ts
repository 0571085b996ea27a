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

/** Copies of one event that may wait for another category. */
const MAX_WAITING = 1_000

/** One lane for each destination: a copy is queued, waits for its category, or ends. None can hold up another. */
export function createDeliveries({ destinations, consentOf, later, onDelivery }: DeliveriesOptions) {
  const lanes = destinations.map((destination) => ({
    name: destination.name,
    consent: () => consentFor(needOf(destination), consentOf),
    waiting: [] as Queued[],
    queue: createQueue({
      destination,
      later,
      onDelivery: (number, delivery) => onDelivery(number, destination.name, delivery),
    }),
  }))

  return {
    states: () => lanes.map(({ name, consent }) => ({ name, consent: consent() })),
    deliver(row: Queued, eligible: Readonly<Record<string, ConsentState>>): void {
      for (const lane of lanes) {
        if (!(lane.name in eligible)) continue
        const state = lane.consent()
        if (state === 'granted') lane.queue.add(row)
        else if (state === 'denied') onDelivery(row.number, lane.name, { state: 'denied', attempts: 0 })
        else {
          lane.waiting.push(row)
          const lost = lane.waiting.length > MAX_WAITING ? lane.waiting.shift() : undefined
          if (lost) onDelivery(lost.number, lane.name, { state: 'expired', attempts: 0 })
        }
      }
    },
    /** Consent has changed. */
    reconsider(): void {
      for (const lane of lanes) {
        const state = lane.consent()
        if (state === 'denied') lane.queue.drop()
        if (state === 'pending') continue
        const rows = lane.waiting
        lane.waiting = []
        for (const row of rows) {
          if (state === 'granted') lane.queue.add(row)
          onDelivery(row.number, lane.name, { state: state === 'granted' ? 'queued' : 'denied', attempts: 0 })
        }
      }
    },
    async flush(reason: SendReason): Promise<void> {
      await Promise.all(lanes.map((lane) => lane.queue.flush(reason)))
    },
  }
}

export type Deliveries = ReturnType<typeof createDeliveries>
