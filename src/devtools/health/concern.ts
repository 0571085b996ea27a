import type { Decision } from '../../engine/record/decision.ts'
import { clockTime } from '../parts/time-words.ts'

/** One finding of the Health view. `problem`: the numbers are wrong, or soon will be. */
export interface Concern {
  /** Identifies the finding for as long as it applies. */
  readonly id: string
  readonly tone: 'problem' | 'note'
  readonly title: string
  /** Observations that support the finding; never property values. */
  readonly evidence: readonly string[]
  /** Numbers of the newest attempts that show the problem. */
  readonly attempts: readonly number[]
  readonly fix: string
}

/** Maximum attempts and lines of evidence in a finding. */
export const MAX_SHOWN = 5

/** Returns the numbers of the newest `MAX_SHOWN` decisions. */
export const newest = (decisions: readonly Decision[]) =>
  decisions.slice(-MAX_SHOWN).map(({ number }) => number)
const whereOf = ({ trigger }: Decision) =>
  `${trigger.component} (${trigger.fact}${trigger.factKey ? `, ${trigger.factKey}` : ''})`
/** Describes each of the newest decisions: attempt number, time, component and fact. */
export const seenAt = (decisions: readonly Decision[]) =>
  decisions
    .slice(-MAX_SHOWN)
    .map((decision) => `attempt ${decision.number}, ${clockTime(decision.time)}: ${whereOf(decision)}`)
