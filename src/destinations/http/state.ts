import type { DeliveryRequest, DeliveryState } from '../../engine/delivery/delivery.ts'
import type { DeliveryNews, LanePort } from '../../engine/delivery/destination.ts'
import type { Alarm } from './alarm.ts'
import type { createOffline } from './offline.ts'
import type { Entry, Flight, Outbox } from './outbox.ts'
import type { createPause } from './pause.ts'
import type { Transport } from './transport.ts'

export interface HttpLaneOptions {
  readonly port: LanePort
  readonly transport: Transport
  readonly maxEvents: number
  readonly maxBytes: number
  readonly maxAgeMs: number
  readonly finalStatuses: readonly number[]
}

/** State of one lane of `http()`, which its steps share. */
export interface State extends HttpLaneOptions {
  /** Events that this tab delivers, by id. */
  readonly outbox: Outbox
  /** Entries of copies whose rows were handed out, to be stored together with a claim. */
  readonly claimed: WeakMap<object, Entry>
  readonly pause: ReturnType<typeof createPause>
  readonly offline: ReturnType<typeof createOffline>
  /** Alarm for the next round. */
  readonly alarm: Alarm
  /** Id of this tab, which its leases carry. */
  readonly tab: string
  /** Parts that the newest event shares with others, by their place. */
  readonly lines: string[]
  readonly flights: Set<Flight>
  /** Entries that were handled while the page is being left, which may take several steps. */
  readonly departed: Set<Entry>
  newest?: DeliveryRequest | undefined
  consent: DeliveryConsent
  left: boolean
  disposed: boolean

  /** Resolves when no further round is requested. */
  running?: Promise<void> | undefined
  /**
   * Another round is requested; `all`: including entries that would wait for others; `urgent`: a critical event has
   * arrived.
   */
  asked: boolean
  all: boolean
  urgent: boolean
  /** Number and UTF-16 units of the entries added since the last round. */
  count: number
  units: number
  /** Scheduled work: after the present task; in it, when the page is left; when new entries are written. */
  planned: boolean
  lastPlanned: boolean
  writePlanned: boolean

  /** Counts consent withdrawals, page exits and storage changes: steps that began under an earlier number are void. */
  turn: number
  /** Number of rows created so far, and of times that the page was left. */
  rows: number
  spills: number
  /** UTF-16 units written to local storage since the page was shown. */
  spilled: number
  /** True while spilled events of other pages may not be in rows yet. */
  spillsWait: boolean
  lookedAt: number
  /** Time, in epoch ms, at which rows of other tabs may be free. */
  lookAt: number
  /** True while a database step takes too long. Until it ends, later steps are not awaited. */
  stalled: boolean
}
type DeliveryConsent = ReturnType<LanePort['consent']>

/** True if events may be sent and written. */
export const granted = ({ disposed, port }: State): boolean => !disposed && port.consent() === 'granted'

/** Reports the delivery state of entries. */
export function report(
  { port }: Pick<State, 'port'>,
  list: readonly Entry[],
  state: DeliveryState,
  news?: Partial<DeliveryNews>,
): void {
  for (const entry of list) port.onDelivery([entry], { ...news, state, attempts: entry.attempts })
}
