import type { Urgency } from '../../plan/event.ts'
import type { Database, KeyValue, Writes } from '../../platform/platform.ts'
import type { InvalidPolicy } from '../decision/issue.ts'
import type { ConsentNeed, ConsentState } from '../permission/consent-types.ts'
import type { TrackedEvent } from '../pipeline/tracked-event.ts'
import type { DeliveryRequest, DeliveryState, DeliveryWait } from './delivery.ts'

/** An event in the form that a destination takes. */
export interface Mapped<Payload> {
  readonly payload: Payload
  /** Parts that were left out or cut, for the record. */
  readonly notes?: readonly string[] | undefined
}

/** A receiver of events, such as `http()` or `ga4()`. */
export interface Destination<Payload = TrackedEvent> {
  readonly name: string
  /** Consent that the destination needs. Default `'analytics'`. */
  readonly consent?: ConsentNeed | undefined
  /**
   * Handling of events with invalid properties at this destination. Default: the tracker's `invalid`, or else `'strip'`
   * for a destination that needs `marketing`, and `'flag'` for all others.
   */
  readonly invalid?: InvalidPolicy | undefined
  /**
   * True if the destination also gets events with `status: 'shadow'`, marked `shadow: true`, once it has consent. Their
   * frequency is counted by each page for itself. Default false.
   */
  readonly shadow?: boolean | undefined
  /**
   * Returns the event in the form that this destination takes. `override` is the plan's setting for the destination.
   * Must be pure. If it throws, this event alone is rejected. Default: the event itself.
   */
  readonly map?: ((event: TrackedEvent, override?: unknown) => Mapped<Payload>) | undefined
  /**
   * True if `map` only reads the event, and keeps no part of it: `map` then gets the event itself. Default: false, `map`
   * gets a copy.
   */
  readonly readsOnly?: boolean | undefined
  /**
   * Delivers a batch, at least once. If it throws or rejects, the batch is tried again, eight times at most; after a
   * `PermanentError` it is not. A batch that is refused, or fails a third time, is divided until the event at fault is
   * alone: events that the destination accepted before it threw are sent again. `permitted` returns false once the
   * destination has lost consent: a `send` that makes several requests then starts no more.
   */
  readonly send: (
    payloads: readonly Payload[],
    why: { readonly reason: SendReason; readonly permitted?: (() => boolean) | undefined },
  ) => void | Promise<void>
  /**
   * False if the destination hands events to a client that does not answer: its deliveries end as `unknown`. Default
   * true.
   */
  readonly acknowledges?: boolean | undefined
  /** Creates a queue for this destination. Default: a queue in memory. */
  readonly openLane?: ((port: LanePort) => Lane<Payload>) | undefined
}
/** A destination with any payload. */
export type AnyDestination = Pick<
  Destination,
  'name' | 'consent' | 'invalid' | 'shadow' | 'acknowledges' | 'readsOnly'
> & {
  readonly map?: ((event: TrackedEvent, override?: unknown) => Mapped<unknown>) | undefined
  readonly send: Destination<never>['send']
  readonly openLane?: ((port: LanePort) => Lane<never>) | undefined
}
/** Reason for sending: events were queued, `tracker.flush()` was called, or the page became hidden. */
export type SendReason = 'batch' | 'flush' | 'hidden'

/** One event on its way to one destination. */
export interface Copy<Payload> {
  readonly eventId: string
  /** Wire name of the event. Two events may have one id. */
  readonly name?: string | undefined
  /** Number of its decision. */
  readonly number: number
  readonly urgency: Urgency
  readonly payload: Payload
}

/** Functions of the tracker that a lane may use. */
export interface LanePort {
  /** Returns the state of the consent that the destination needs. */
  readonly consent: () => ConsentState
  /** Returns the time in epoch ms. */
  readonly now: () => number
  readonly later: (delayMs: number, run: () => void) => () => void
  readonly newId: () => string
  /** Reports the state of some copies; without a number, of a copy that an earlier page or another tab has left. */
  readonly onDelivery: (
    copies: readonly { readonly number?: number | undefined }[],
    delivery: DeliveryNews,
  ) => void
  /**
   * Returns the storage that tabs share. Undefined while it is not permitted or not available. It refuses access while
   * it opens.
   */
  readonly storage: () => LaneStorage | undefined
}
/** Change in the state of a delivery. */
export interface DeliveryNews {
  readonly state: DeliveryState
  readonly error?: string | undefined
  /** Number of tries so far. Default: no change. */
  readonly attempts?: number | undefined
  readonly nextAt?: number | undefined
  readonly waits?: DeliveryWait | undefined
  /** Request that ended in this state. */
  readonly request?: DeliveryRequest | undefined
}
/** Storage of a lane. The lane chooses its keys, which begin with `prefix`. */
export interface LaneStorage {
  readonly prefix: string
  readonly database: Database
  readonly local: KeyValue
}

/** Queue of the copies for one destination. */
export interface Lane<Payload> {
  /**
   * Returns the rows to store with the event's claim, in one transaction; then `add` is called, with `stored` if they
   * were. Only called for an event with a claim. Default: no rows.
   */
  readonly rowsOf?: ((copy: Copy<Payload>) => Writes) | undefined
  readonly add: (copy: Copy<Payload>, stored: boolean) => void
  /** Resolves when all waiting copies have been tried. `tracker.flush()` waits up to 30 seconds for it. */
  readonly flush: (reason: SendReason) => Promise<void>
  /** Called when the page is being left, or may not come back: nothing that takes time will happen. */
  readonly leave: () => void
  /** Called when the page is back from the back/forward cache. */
  readonly restored: () => void
  /**
   * Called when consent has changed: waiting copies are sent, wait on, or end. Nothing is sent without consent any
   * more.
   */
  readonly reconsider: () => void
  /** Called when storage was opened or taken away. */
  readonly storageChanged: () => void
  /** Returns the state of the lane, for the overlay. */
  readonly status?: (() => LaneStatus | undefined) | undefined
  readonly dispose: () => void
}

/** State of a lane in this tab. */
export interface LaneStatus {
  /** Times at which copies arrived that are not being sent, epoch ms. */
  readonly waiting: readonly number[]
  /** Reason why nothing is sent before `until`, or at all. */
  readonly waits?: DeliveryWait | undefined
  /** End of the pause, epoch ms. A time in the past: there is no pause. */
  readonly until: number
  /** The newest request, pending or answered. */
  readonly request?: DeliveryRequest | undefined
}
