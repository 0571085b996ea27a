import type { UnknownReason } from '../../support/unknown-outcome.ts'
import type { DeliveryCounts } from '../delivery/delivery.ts'
import type { AnomalyKind } from '../journey/journey-view.ts'
import type { ConsentSnapshot } from '../permission/consent-types.ts'
import type { PersonalDataKind } from '../personal-data/finding.ts'
import type { StorageKind } from '../storage/storage-kind.ts'
import type { Decision, Outcome } from './decision.ts'

/** A submitted form whose success or failure is not counted, because nothing reported its outcome. */
export interface UnknownOutcome {
  /** Name of the form. */
  readonly form: string
  /** Event that its success would have been. Undefined: none. */
  readonly event: string | undefined
  /** `attemptId` of the form's other events. */
  readonly attemptId: string
  readonly why: UnknownReason
}

/** State of the record. */
export interface RecordState {
  /** Decisions, oldest first. */
  readonly decisions: readonly Decision[]
  /** Forms with an unknown outcome: the last 100, oldest first. Absent if there is none. */
  readonly unknownOutcomes?: readonly UnknownOutcome[] | undefined
  /** Number of decisions that were removed, because the record is bounded. */
  readonly forgotten: number
  /** Outcomes by event name, never removed. Beyond 1,000 names they are counted together, as `(other)`. */
  readonly counts: Readonly<Record<string, Readonly<Record<Outcome, number>>>>
  /** Results of deliveries by destination, never removed; also of events that an earlier page has left. */
  readonly delivered: Readonly<Record<string, DeliveryCounts>>
  /** Number of finds of personal data by kind, never removed. */
  readonly personalData: Readonly<Partial<Record<PersonalDataKind, number>>>
  /** Number of anomalies by kind, never removed. */
  readonly anomalies: Readonly<Partial<Record<AnomalyKind, number>>>
  /**
   * Components and hooks that could not observe, wholly or in part, and the reason:
   * `{ 'Impression hero': 'IntersectionObserver is not defined' }`. The first 100, never removed. Undefined while there
   * is none.
   */
  readonly unobserved?: Readonly<Record<string, string>> | undefined
  readonly consent: ConsentSnapshot
  readonly storage: StorageKind
}

/**
 * Bounded log of decisions: 10,000 while it is watched, 1,000 in development, otherwise 100 without property values.
 */
export interface RecordView {
  readonly get: () => RecordState
  /** Returns an unsubscribe function. */
  readonly subscribe: (listener: () => void) => () => void
  /** Keeps full detail until the returned function is called. */
  readonly watch: () => () => void
  /** Removes the decisions. The counts stay. */
  readonly clear: () => void
}
