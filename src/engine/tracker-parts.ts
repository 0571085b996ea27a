import type { AnyPlan } from '../plan/define-plan.ts'
import type { Admission } from './admission.ts'
import type { Deliveries } from './deliveries.ts'
import type { Guard } from './guard.ts'
import type { Identity } from './identity.ts'
import type { Surroundings } from './journey-port.ts'
import type { Ledger } from './ledger.ts'
import type { DecisionRecord } from './record.ts'
import type { Storage } from './storage.ts'
import type { TrackerOptions } from './tracker-options.ts'
import type { AnyTracker, Decision, PersonalDataPolicy, Properties, TriggerContext } from './types.ts'

/**
 * Parts of a tracker: for `inspection.ts`, which a bundle without the overlay does not have, and for
 * components.
 */
export interface TrackerParts {
  readonly options: TrackerOptions<AnyPlan>
  readonly personalData: PersonalDataPolicy
  /** When the tracker was made, epoch ms. */
  readonly bornAt: number
  /** False: it was disposed. */
  readonly isLive: () => boolean
  /** A session ends after so long without activity, and after so long in all. */
  readonly idleMs: number
  readonly maxMs: number
  readonly newId: () => string
  readonly track: (event: string, properties: Properties | undefined, trigger: TriggerContext) => Decision
  /** Takes what a trigger threw: the record says what is not observed, and development warns once. */
  readonly notObserved: (component: string, name: string, error: unknown) => void
  /** What surrounds an occurrence of now. */
  readonly surroundings: () => Surroundings
  /** Notes that the outcome of a submitted form is unknown. */
  readonly noteUnknown: DecisionRecord['noteUnknown']
  readonly guard: Guard
  readonly identity: Identity
  readonly storage: Storage
  readonly ledgers: readonly Ledger[]
  readonly admission: Admission
  readonly deliveries: Deliveries
}

const parts = new WeakMap<AnyTracker, TrackerParts>()

export function withParts<T extends AnyTracker>(tracker: T, its: TrackerParts): T {
  parts.set(tracker, its)
  return tracker
}

/** Undefined: nothing is tracked there. */
export const partsOf = (tracker: AnyTracker): TrackerParts | undefined => parts.get(tracker)

export const byHand: TriggerContext = { component: 'track', fact: 'call' }
