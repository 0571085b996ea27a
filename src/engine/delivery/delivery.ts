/** State of a delivery. `unknown`: handed to a beacon or to a vendor that does not answer. */
export type DeliveryState =
  | 'held'
  | 'queued'
  | 'sent'
  | 'retrying'
  | 'rejected'
  | 'expired'
  | 'denied'
  | 'unknown'

/** Delivery of one event to one destination. */
export interface Delivery {
  readonly state: DeliveryState
  readonly attempts: number
  readonly error?: string | undefined
  /** Time of the next try, epoch ms, for `retrying`. */
  readonly nextAt?: number | undefined
  /** Parts that the destination left out or cut to be able to take the event. */
  readonly notes?: readonly string[] | undefined
  /** The event in the form that the destination takes. Absent in production unless the overlay is open. */
  readonly payload?: unknown
  /** Time at which the event was mapped and queued, epoch ms. */
  readonly queuedAt?: number | undefined
  /** Reason why the next try waits, for `retrying`. Undefined: the usual pause after a failure. */
  readonly waits?: DeliveryWait | undefined
  /**
   * Requests that contained the event, oldest first: the first one and the newest four. Absent in production unless the
   * overlay is open.
   */
  readonly requests?: readonly DeliveryRequest[] | undefined
}

/**
 * Reason for a pause: `breaker`, five failures in a row, after which single events test the endpoint; `retry-after`,
 * the server asked for it; `offline`, the browser has no network.
 */
export type DeliveryWait = 'breaker' | 'retry-after' | 'offline'

/** One request, or one call of a destination's `send`, with all events in it. */
export interface DeliveryRequest {
  /** Id that is unique in its destination. For `http()`, the `requestId` of the batch. */
  readonly requestId: string
  /** Way of sending. `send`: the destination's own code, or a vendor's client. */
  readonly transport: 'fetch' | 'keepalive' | 'beacon' | 'send'
  /** Address without query. */
  readonly url?: string | undefined
  /** Ids of all events in it, also of those that an earlier page has left. */
  readonly eventIds: readonly string[]
  /** Time of sending, epoch ms. */
  readonly sentAt: number
  /** Time of the outcome, epoch ms. Undefined while the request is pending, and for a beacon. */
  readonly answeredAt?: number | undefined
  /** HTTP status. Undefined without a response. */
  readonly status?: number | undefined
  /** Value of the response's `Retry-After` header. */
  readonly retryAfter?: string | undefined
  /** First 500 characters of the response. */
  readonly body?: string | undefined
  readonly error?: string | undefined
}

/** Number of deliveries by state. */
export type DeliveryCounts = Readonly<Partial<Record<DeliveryState, number>>>
