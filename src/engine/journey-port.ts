import type { Plan } from '../plan/define-plan.ts'
import type { Platform } from '../platform/platform.ts'
import type { Advice } from './advice.ts'
import type { Identity, Who } from './identity.ts'
import type { DecisionRecord } from './record.ts'
import type { Storage } from './storage.ts'
import type { Decision, JourneyView, Occurrence } from './types.ts'

/** What the journey asks of the tracker that it belongs to. */
export interface JourneyPort {
  readonly plan: Plan
  readonly platform: Pick<Platform, 'now' | 'newId' | 'later'>
  readonly identity: Pick<Identity, 'present'>
  readonly storage: Pick<Storage, 'shared' | 'kind' | 'ready'>
  /** What surrounds an occurrence of now. */
  readonly surroundings: () => Surroundings
  /** Without `who` it is the present visitor's. */
  readonly admit: (occurrence: Occurrence, who?: Who) => Pick<Decision, 'outcome'>
  readonly refuse: (occurrence: Occurrence) => void
  readonly record: Pick<DecisionRecord, 'change' | 'setAnomalies'>
  readonly advice: Pick<Advice, 'anomaly' | 'threw'> | undefined
}

export type Surroundings = Pick<Occurrence, 'time' | 'page' | 'scope' | 'device'>

/** An occurrence that passed plan, properties, success criterion and frequency: a cause. */
export interface Counted {
  /** Of its decision. */
  readonly number: number
  readonly occurrence: Occurrence
  readonly who: Who
  /** Only shadow events follow from it, and it is never stored, because storing needs consent. */
  readonly shadow: boolean
  readonly eventId?: string | undefined
  readonly sentTo?: readonly string[] | undefined
}

export interface Journey extends JourneyView {
  /** `waits`: it is held, and comes again, or is discounted. */
  readonly count: (counted: Counted, waits?: boolean) => void
  /** What was counted while it was held does not count after all. */
  readonly discount: (number: number) => void
  /** A page has begun: finds what became due while no page was open. */
  readonly begin: () => void
  readonly storageChanged: () => void
  /** Another tab has stored something. */
  readonly onStorage: (key: string | undefined) => void
  /** Resolves when what was counted is stored. */
  readonly idle: () => Promise<void>
  /** Somebody else is here. */
  readonly forget: () => void
}
