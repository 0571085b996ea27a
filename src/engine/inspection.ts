import type { PlannedEvent } from '../plan/define-plan.ts'
import type { SignalledCategories } from './consent.ts'
import type { World } from './decide.ts'
import type { AnyDestination, LaneStatus } from './destination.ts'
import type { Session, Visitor } from './identity.ts'
import type {
  AnyTracker,
  Decision,
  Occurrence,
  PersonalDataPolicy,
  Properties,
  TriggerContext,
} from './types.ts'

export interface Attempt {
  readonly event: string
  readonly properties?: Properties | undefined
  /** Default: a call by hand. */
  readonly trigger?: TriggerContext | undefined
}

/** What a decision is made of: the arguments of `decide`. */
export interface Look {
  readonly occurrence: Occurrence
  readonly planned: PlannedEvent | undefined
  readonly world: World
}

/** What the overlay sees and moves beyond the record: no application needs it, and no tracker shows it. */
export interface Inspection {
  /** When the tracker was made, epoch ms. */
  readonly bornAt: number
  /** False: it was disposed. */
  readonly isLive: () => boolean
  /** Whether what has no answer yet waits for one. */
  readonly holds: boolean
  readonly personalData: PersonalDataPolicy
  readonly signals: SignalledCategories
  /** A session ends after so long without activity, and after so long in all. */
  readonly idleMs: number
  readonly maxMs: number
  readonly destinations: readonly AnyDestination[]
  /** How things stand in the lane of a destination; undefined: it keeps only what the record shows. */
  readonly status: (destination: string) => LaneStatus | undefined
  /** What a decision of this attempt would look at now. Without effects. */
  readonly look: (attempt: Attempt) => Look
  /** A tester's act: it counts nothing and goes nowhere, unless `deliver`, which makes it an event like any other. */
  readonly simulate: (attempt: Attempt, deliver?: boolean) => Decision
  /** As last known; looking begins no session. */
  readonly who: () => { readonly visitor: Readonly<Visitor>; readonly session: Readonly<Session> }
  /** As if the visitor had been away for too long: another session begins. */
  readonly endSession: () => void
  /** Frees what the frequency rules of an event have counted for this page, tab, session and visitor. */
  readonly forgetCounts: (event: string) => void
}

const inspections = new WeakMap<AnyTracker, Inspection>()

export function inspectable<T extends AnyTracker>(tracker: T, inspection: Inspection): T {
  inspections.set(tracker, inspection)
  return tracker
}

/** Undefined: nothing is tracked there. */
export const inspectionOf = (tracker: AnyTracker): Inspection | undefined => inspections.get(tracker)
