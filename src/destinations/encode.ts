import type { TrackedEvent } from '../engine/types.ts'

/** A wire format. Items are kept as text until they are delivered, and a batch is built from them without parsing. */
export interface Encoding {
  readonly item: (event: TrackedEvent) => string
  /** The body of one request. */
  readonly batch: (items: readonly string[], about: BatchInfo) => string
}

export interface BatchInfo {
  /** A UUID. */
  readonly requestId: string
  /** Epoch ms by the visitor's clock: what a server's clock says beyond it is to be added to the events' times. */
  readonly sentAt: number
}

export const BATCH_SCHEMA = 'react-microconversions/batch/1'

/** `{ schema, requestId, sentAt, events: TrackedEvent[] }`. */
export const nativeBatch: Encoding = {
  item: (event) => JSON.stringify(event),
  batch: (items, { requestId, sentAt }) =>
    `{"schema":"${BATCH_SCHEMA}","requestId":"${requestId}","sentAt":${sentAt},"events":[${items}]}`,
}
