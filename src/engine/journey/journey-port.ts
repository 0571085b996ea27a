import type { Plan } from '../../plan/define-plan.ts'
import type { Platform } from '../../platform/platform.ts'
import type { Advice } from '../decision/advice.ts'
import type { Occurrence } from '../pipeline/occurrence.ts'
import type { Decision } from '../record/decision.ts'
import type { DecisionRecord } from '../record/record.ts'
import type { Storage } from '../storage/storage.ts'
import type { Identity } from '../who/identity.ts'
import type { Who } from '../who/who.ts'
import type { JourneyView } from './journey-view.ts'

/** Functions of the tracker that the journey uses. */
export interface JourneyPort {
  readonly plan: Plan
  readonly platform: Pick<Platform, 'now' | 'newId' | 'later'>
  readonly identity: Pick<Identity, 'present'>
  readonly storage: Pick<Storage, 'shared' | 'kind' | 'ready'>
  /** Returns the surroundings of an occurrence that happens now. */
  readonly surroundings: () => Surroundings
  /** Admits an occurrence. Default `who`: the present user. */
  readonly admit: (occurrence: Occurrence, who?: Who) => Pick<Decision, 'outcome'>
  readonly refuse: (occurrence: Occurrence) => void
  readonly record: Pick<DecisionRecord, 'change' | 'setAnomalies'>
  readonly advice: Pick<Advice, 'anomaly' | 'threw'> | undefined
}

export type Surroundings = Pick<Occurrence, 'time' | 'page' | 'scope' | 'device' | 'added'>

/** An occurrence that passed plan, properties, success criterion and frequency: a cause. */
export interface Counted {
  /** Number of its decision. */
  readonly number: number
  readonly occurrence: Occurrence
  readonly who: Who
  /**
   * True for a shadow event: only shadow events follow from it, and it is never stored, because storing needs consent.
   */
  readonly shadow: boolean
  readonly eventId?: string | undefined
  readonly sentTo?: readonly string[] | undefined
}

export interface Journey extends JourneyView {
  /** Counts a cause. `waits`: it is held, and will be counted again or discounted. */
  readonly count: (counted: Counted, waits?: boolean) => void
  /** Removes a cause that was counted while it was held, and does not count after all. */
  readonly discount: (number: number) => void
  /** Called when a page begins: finds events that became due while no page was open. */
  readonly begin: () => void
  readonly storageChanged: () => void
  /** Called when another tab has changed local storage. */
  readonly onStorage: (key: string | undefined) => void
  /** Resolves when all counted causes are stored. */
  readonly idle: () => Promise<void>
  /** Called when another user is here: forgets all steps. */
  readonly forget: () => void
}
