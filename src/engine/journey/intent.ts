import type { Plan } from '../../plan/define-plan.ts'
import type { Intent } from '../../plan/event.ts'
import type { History } from './journey-view.ts'

/** Intent of a user, as their events show it. */
export interface IntentView {
  /** Score from 0 to 100, a whole number. */
  readonly score: number
  readonly level: Intent | 'none'
}

const DAY_MS = 24 * 60 * 60_000
/** Points that an event of each level adds when it occurs; half of them are left after a day. */
const weights: Readonly<Record<Intent, number>> = { low: 1, medium: 3, high: 9 }
/** Sum that results in a score of 63. */
const SATURATION = 10
/** Minimum score of each level. One event reaches the level that it has in the plan, and keeps it for some hours. */
const thresholds: readonly (readonly [Intent, number])[] = [
  ['high', 50],
  ['medium', 20],
  ['low', 5],
]

/**
 * Returns the intent: `score = 100 · (1 − e^(−sum / 10))`, where `sum` adds 1, 3 or 9 for each event of low, medium or
 * high intent, halved with each day since. Levels: high from 50, medium from 20, low from 5. Pure.
 */
export function intentOf(events: Plan['events'], { steps, now }: History): IntentView {
  let sum = 0
  for (const { event, time } of steps) {
    const level = events.get(event)?.intent
    if (level) sum += weights[level] * 2 ** -(Math.max(0, now - time) / DAY_MS)
  }
  const score = Math.round(100 * (1 - Math.exp(-sum / SATURATION)))
  return { score, level: thresholds.find(([, least]) => score >= least)?.[0] ?? 'none' }
}
