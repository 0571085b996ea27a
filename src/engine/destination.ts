import type { Priority } from '../plan/event.ts'
import type { Database, KeyValue, Writes } from '../platform/platform.ts'
import type {
  ConsentNeed,
  ConsentState,
  DeliveryRequest,
  DeliveryState,
  DeliveryWait,
  InvalidPolicy,
  TrackedEvent,
} from './types.ts'

/** What a destination makes of an event. */
export interface Mapped<Payload> {
  readonly payload: Payload
  /** What was left out or cut, for the record. */
  readonly notes?: readonly string[] | undefined
}

export interface Destination<Payload = TrackedEvent> {
  readonly name: string
  /** Default `'analytics'`. */
  readonly consent?: ConsentNeed | undefined
  /**
   * Handling of events with invalid properties here. Default: the tracker's `invalid`; without it, `'strip'`
   * for what needs `marketing`, and `'flag'` for all others.
   */
  readonly invalid?: InvalidPolicy | undefined
  /**
   * Pure: the form in which this destination takes an event; `override` is what the plan says of it under the
   * destination's name. A throw rejects this event alone. Default: the event itself.
   */
  readonly map?: ((event: TrackedEvent, override?: unknown) => Mapped<Payload>) | undefined
  /**
   * Delivers a batch, at least once. A throw or a rejection is retried, eight times at most; a `PermanentError` is not. A
   * batch that is refused, or fails a third time, is divided until the event at fault is alone: what was
   * taken before the throw comes again.
   */
  readonly send: (payloads: readonly Payload[], why: { readonly reason: SendReason }) => void | Promise<void>
  /** False: it hands over to a client that does not answer, so that deliveries end as `unknown`. Default true. */
  readonly acknowledges?: boolean | undefined
  /** A queue of its own, in place of the one in memory. */
  readonly openLane?: ((port: LanePort) => Lane<Payload>) | undefined
}
/** A destination of whatever payload. */
export type AnyDestination = Pick<Destination, 'name' | 'consent' | 'invalid' | 'acknowledges'> & {
  readonly map?: ((event: TrackedEvent, override?: unknown) => Mapped<unknown>) | undefined
  readonly send: Destination<never>['send']
  readonly openLane?: ((port: LanePort) => Lane<never>) | undefined
}
export type SendReason = 'batch' | 'flush' | 'hidden'

/** One event on its way to one destination. */
export interface Copy<Payload> {
  readonly eventId: string
  /** The event's wire name: two events may be given one id. */
  readonly name?: string | undefined
  /** Of its decision. */
  readonly number: number
  readonly priority: Priority
  readonly payload: Payload
}

/** What a lane may use of the tracker. */
export interface LanePort {
  /** Of what the destination needs. */
  readonly consent: () => ConsentState
  /** Epoch ms. */
  readonly now: () => number
  readonly later: (delayMs: number, run: () => void) => () => void
  readonly newId: () => string
  /** News of some copies; without a number, of one that an earlier page or another tab has left. */
  readonly onDelivery: (
    copies: readonly { readonly number?: number | undefined }[],
    delivery: DeliveryNews,
  ) => void
  /** What the tabs share; undefined while it is not permitted, or not to be had. Refuses while it opens. */
  readonly storage: () => LaneStorage | undefined
}
export interface DeliveryNews {
  readonly state: DeliveryState
  readonly error?: string | undefined
  /** Tries so far. Default: as before. */
  readonly attempts?: number | undefined
  readonly nextAt?: number | undefined
  readonly waits?: DeliveryWait | undefined
  /** The one that has ended so. */
  readonly request?: DeliveryRequest | undefined
}
/** Keys are the lane's to choose, beginning with `prefix`. */
export interface LaneStorage {
  readonly prefix: string
  readonly database: Database
  readonly local: KeyValue
}

/** How copies travel to one destination. */
export interface Lane<Payload> {
  /** What is to be stored with the event's claim, in one transaction; `add` follows with `stored`. Default: nothing. */
  readonly rowsOf?: ((copy: Copy<Payload>) => Writes) | undefined
  readonly add: (copy: Copy<Payload>, stored: boolean) => void
  /** Resolves when what was waiting has been tried. */
  readonly flush: (reason: SendReason) => Promise<void>
  /** The page is being left, or may not come back: nothing that takes time will happen. */
  readonly leave: () => void
  /** Back from the back/forward cache. */
  readonly restored: () => void
  /** Consent has changed: what waits goes, waits on, or ends. Nothing starts without it any more. */
  readonly reconsider: () => void
  /** Storage was opened, or taken away. */
  readonly storageChanged: () => void
  /** For the overlay. */
  readonly status?: (() => LaneStatus) | undefined
  readonly dispose: () => void
}

/** How things stand in a lane of this tab. */
export interface LaneStatus {
  /** Epoch ms at which each copy came that is not on its way. */
  readonly waiting: readonly number[]
  /** Why nothing leaves before `until`, or at all. */
  readonly waits?: DeliveryWait | undefined
  /** Epoch ms; in the past, there is no pause. */
  readonly until: number
  /** The newest, on its way or answered. */
  readonly request?: DeliveryRequest | undefined
}
