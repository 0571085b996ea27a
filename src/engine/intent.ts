import type { Plan } from '../plan/define-plan.ts'
import type { Intent } from '../plan/event.ts'
import type { History } from './types.ts'

export interface IntentView {
  /** 0-100, whole. */
  readonly score: number
  readonly level: Intent | 'none'
}

const DAY_MS = 24 * 60 * 60_000
/** What an event of each level adds when it occurs; after a day half of it is left. */
const weights: Readonly<Record<Intent, number>> = { low: 1, medium: 3, high: 9 }
/** The sum that makes 63. */
const SATURATION = 10
/** From which score on. One event reaches the level that it has in the plan, and keeps it for some hours. */
const thresholds: readonly (readonly [Intent, number])[] = [
  ['high', 50],
  ['medium', 20],
  ['low', 5],
]

/**
 * Pure: `score = 100 · (1 − e^(−sum / 10))`, where `sum` adds 1, 3 or 9 for each event of low, medium or high intent, halved
 * with each day since. High from 50, medium from 20, low from 5.
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
