import type { PlannedEvent } from '../plan/define-plan.ts'
import type { Row, Writes } from '../platform/platform.ts'
import { messageOf } from '../support/message-of.ts'
import { consentFor } from './consent.ts'
import type {
  AnyDestination,
  Copy,
  DeliveryNews,
  Destination,
  LaneStorage,
  SendReason,
} from './destination.ts'
import { createQueue } from './queue.ts'
import type { ConsentNeed, ConsentState, Delivery, Derivation, TrackedEvent } from './types.ts'

interface DeliveriesOptions {
  readonly destinations: readonly AnyDestination[]
  readonly consentOf: (category: string) => ConsentState
  readonly now: () => number
  readonly later: (delayMs: number, run: () => void) => () => void
  readonly newId: () => string
  readonly storage: () => Omit<LaneStorage, 'prefix'> | undefined
  /** News of one copy; without a number, of a decision that another page has made. */
  readonly onDelivery: (
    number: number | undefined,
    destination: string,
    news: DeliveryNews & Pick<Delivery, 'payload' | 'notes' | 'queuedAt'>,
  ) => void
}

export const DEFAULT_CATEGORY = 'analytics'

export const needOf = (destination: AnyDestination): ConsentNeed => destination.consent ?? DEFAULT_CATEGORY

/** The destinations that the plan and the decision allow; a `denied` of earlier stays. */
type Eligible = Readonly<Record<string, ConsentState>>

/** An event in the forms in which its destinations take it. */
export interface Prepared {
  /** What is to be stored with the event's claim. */
  readonly rows: Writes
  /** Those that may have it at once. */
  readonly takers: readonly string[]
  /** `eligible`: as it stands now. */
  readonly deliver: (stored: boolean, eligible: Eligible) => void
}

/** One lane for each destination: a copy is queued, waits for its category, or ends. None can hold up another. */
export function createDeliveries(options: DeliveriesOptions) {
  const { destinations, consentOf, now, later, newId, storage, onDelivery } = options
  // What a destination makes of an event goes to that destination alone.
  const lanes = (destinations as readonly Destination<unknown>[]).map((destination) => {
    const { name, acknowledges = true } = destination
    const consent = () => consentFor(needOf(destination), consentOf)
    const port = {
      consent,
      now,
      later,
      newId,
      storage: () => {
        const open = storage()
        return open && { ...open, prefix: `out:${encodeURIComponent(name)}:` }
      },
      onDelivery: (copies: readonly { readonly number?: number | undefined }[], news: DeliveryNews) => {
        const state = news.state === 'sent' && !acknowledges ? 'unknown' : news.state
        for (const { number } of copies) onDelivery(number, name, { ...news, state })
      },
    }
    const lane = destination.openLane?.(port) ?? createQueue(port, destination)
    return { destination, name, consent, lane }
  })

  const each = (step: 'reconsider' | 'storageChanged' | 'leave' | 'restored' | 'dispose') => () => {
    for (const { lane } of lanes) lane[step]()
  }

  /** Undefined: the destination cannot take it. */
  function mapped(
    { name, map }: Destination<unknown>,
    event: TrackedEvent,
    planned: PlannedEvent,
    number: number,
    state: 'queued' | 'held',
  ) {
    const override = planned.destinations?.[name] || undefined
    try {
      const made = map?.(event, override)
      onDelivery(number, name, { ...made, state, queuedAt: now() })
      return made ?? { payload: event }
    } catch (error) {
      const message = messageOf(error)
      onDelivery(number, name, { state: 'rejected', error: message })
      return undefined
    }
  }

  return {
    states: () => lanes.map(({ name, consent }) => ({ name, consent: consent() })),
    status: (name: string) => lanes.find((lane) => lane.name === name)?.lane.status?.(),
    prepare(
      event: TrackedEvent,
      planned: PlannedEvent,
      number: number,
      eligible: Eligible,
      derived?: Derivation,
    ): Prepared {
      const copies = lanes.flatMap(({ destination, name, consent, lane }) => {
        if (!(name in eligible)) return []
        const state = eligible[name] === 'denied' ? 'denied' : consent()
        if (state === 'denied') {
          onDelivery(number, name, { state })
          return []
        }
        const told = derived ? { ...event, ...derivationFor(name, derived) } : event
        const found = mapped(destination, told, planned, number, state === 'granted' ? 'queued' : 'held')
        if (!found) return []
        const copy: Copy<unknown> = {
          eventId: event.id,
          number,
          priority: planned.priority ?? 'normal',
          payload: found.payload,
        }
        const rows: Writes = lane.rowsOf?.(copy) ?? new Map<string, Row>()
        return [{ name, state, lane, copy, rows }]
      })
      return {
        rows: new Map(copies.flatMap(({ rows }) => [...rows])),
        takers: copies.flatMap(({ name, state }) => (state === 'granted' ? [name] : [])),
        deliver: (stored, present) => {
          for (const { name, lane, copy, rows } of copies) {
            if (present[name] === 'denied') onDelivery(number, name, { state: 'denied' })
            else lane.add(copy, stored && rows.size > 0)
          }
        },
      }
    },
    async flush(reason: SendReason): Promise<void> {
      await Promise.all(lanes.map(({ lane }) => lane.flush(reason)))
    },
    /** Consent has changed. */
    reconsider: each('reconsider'),
    storageChanged: each('storageChanged'),
    leave: each('leave'),
    restored: each('restored'),
    dispose: each('dispose'),
  }
}

/** A destination hears of the causes that it has got, and of no other (J2). */
function derivationFor(name: string, { causes, dueAt }: Derivation): Pick<TrackedEvent, 'causes' | 'dueAt'> {
  return {
    dueAt,
    causes: causes?.().flatMap(({ eventId, sentTo }) => (eventId && sentTo?.includes(name) ? eventId : [])),
  }
}

export type Deliveries = ReturnType<typeof createDeliveries>
