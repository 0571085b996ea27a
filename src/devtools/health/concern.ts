import type { Decision } from '../../engine/types.ts'
import { clockTime } from '../parts/time-words.ts'

/** Something of which somebody should know. `problem`: the numbers are wrong, or soon will be. */
export interface Concern {
  /** Stable while it lasts. */
  readonly id: string
  readonly tone: 'problem' | 'note'
  readonly title: string
  /** What was seen; never a value. */
  readonly evidence: readonly string[]
  /** Numbers of the newest attempts that show it. */
  readonly attempts: readonly number[]
  readonly mend: string
}

/** As many as are shown as evidence. */
export const MAX_SHOWN = 5

/** The attempts to look at, by number. */
export const newest = (decisions: readonly Decision[]) =>
  decisions.slice(-MAX_SHOWN).map(({ number }) => number)
const whereOf = ({ trigger }: Decision) =>
  `${trigger.component} (${trigger.fact}${trigger.factKey ? `, ${trigger.factKey}` : ''})`
/** Times and pages of the decisions. */
export const seenAt = (decisions: readonly Decision[]) =>
  decisions
    .slice(-MAX_SHOWN)
    .map((decision) => `attempt ${decision.number}, ${clockTime(decision.time)}: ${whereOf(decision)}`)
