import type { DeliveryWait } from '../../engine/delivery/delivery.ts'
import type { LaneStatus } from '../../engine/delivery/destination.ts'
import type { Decision } from '../../engine/record/decision.ts'
import type { RecordState } from '../../engine/record/record-view.ts'

/** Deliveries of all destinations together. */
export interface QueueState {
  /** Deliveries that wait to be sent. */
  readonly waiting: number
  /** Reason why a destination sends nothing at present. */
  readonly paused: DeliveryWait | undefined
  /** Deliveries that ended without success. */
  readonly lost: number
}

interface Sources {
  readonly delivered: RecordState['delivered']
  /** Destinations of the attempts in the record that wait for a delivery, one name for each delivery. */
  readonly queued: readonly string[]
  /** State of each destination; undefined for one that does not report it. */
  readonly lanes: Readonly<Record<string, LaneStatus | undefined>>
  /** Current time in epoch ms. */
  readonly now: number
}

/** Returns the destinations at which an attempt waits to be sent. */
export function queuedAt({ deliveries }: Decision): readonly string[] {
  return Object.keys(deliveries).filter((name) => /^(queued|retrying)$/.test(deliveries[name]?.state ?? ''))
}

/** Adds up the queues. A destination's own queue includes events of earlier pages, which the record does not have. */
export function queueState({ delivered, queued, lanes, now }: Sources): QueueState {
  const own = Object.values(lanes).filter((lane) => lane !== undefined)
  const others = queued.filter((name) => !lanes[name])
  const ended = Object.values(delivered)
  return {
    waiting: others.length + own.reduce((sum, { waiting }) => sum + waiting.length, 0),
    paused: own.find(({ until, waits }) => until > now && waits)?.waits,
    lost: ended.reduce((sum, { rejected = 0, expired = 0 }) => sum + rejected + expired, 0),
  }
}

const pauses: Readonly<Record<DeliveryWait, string>> = {
  breaker: 'paused after failures',
  offline: 'offline',
  'retry-after': 'paused by the server',
}

/** Describes what waits, such as `3 queued`. */
export const queueInWords = ({ waiting }: QueueState): string => `${waiting || 'none'} queued`

/** Describes why a destination sends nothing, such as `paused after failures`; empty if all send. */
export const pauseInWords = ({ paused }: QueueState): string => (paused ? pauses[paused] : '')
