import type { Interval } from './interval.ts'
import { normalP, zOf } from './normal.ts'
import { countOf } from './poisson.ts'

/** Users in one bin of the active clock: how long they were watched, and how many reached the goal, by whether they had done the step. */
export interface RiskSet {
  /** Time before the step, in any unit that all sets share. */
  readonly unexposedTime: number
  /** Time after the step, in the same unit. */
  readonly exposedTime: number
  /** Goals reached before the step, or at the same time. */
  readonly unexposedGoals: number
  /** Goals reached after the step. */
  readonly exposedGoals: number
}

/** How many times as often users who had done a step reached the goal as users who had been there as long and had not. */
export interface Lift {
  /** Rate ratio with its 95 % interval. */
  readonly ratio: Interval
  /** 90 % interval, which two one-sided tests at 5 % compare with the limits of equivalence. */
  readonly narrow: Interval
  /** p-value of no difference, not adjusted for other lifts. */
  readonly p: number
  /** Goals after the step. */
  readonly exposedGoals: number
  /** Goals without the step. */
  readonly unexposedGoals: number
  /** Goals to expect after the step if it made no difference. */
  readonly expected: number
}

/**
 * Returns the rate ratio of Mantel and Haenszel over risk sets. A step that is done before every goal has the ratio Infinity; where
 * no goal followed the step, the interval is Garwood's for 0 events out of those expected.
 *
 * Greenland & Robins 1985, Biometrics 41:55-68; Rothman 2012, Epidemiology, table 10-5. Exposure that depends on time: Mantel &
 * Byar 1974, JASA 69:81-86.
 */
export function liftOf(sets: readonly RiskSet[]): Lift {
  const totals = { exposed: 0, unexposed: 0, variance: 0, expected: 0, exposedGoals: 0, unexposedGoals: 0 }
  for (const { unexposedTime, exposedTime, unexposedGoals, exposedGoals } of sets) {
    totals.exposedGoals += exposedGoals
    totals.unexposedGoals += unexposedGoals
    const time = unexposedTime + exposedTime
    if (time <= 0) continue
    const goals = unexposedGoals + exposedGoals
    totals.exposed += (exposedGoals * unexposedTime) / time
    totals.unexposed += (unexposedGoals * exposedTime) / time
    totals.variance += (goals * unexposedTime * exposedTime) / time ** 2
    totals.expected += (goals * exposedTime) / time
  }
  const { exposed, unexposed, expected, exposedGoals, unexposedGoals } = totals
  const counts = { exposedGoals, unexposedGoals, expected }
  if (unexposed === 0 && exposed === 0) return { ...counts, ...unknown }
  if (exposed === 0) return { ...counts, ...noneAfter(expected) }
  if (unexposed === 0) return { ...counts, ...unknown, ratio: { ...unknown.ratio, value: Infinity } }
  const log = Math.log(exposed / unexposed)
  const error = Math.sqrt(totals.variance / (exposed * unexposed))
  const within = (confidence: number): Interval => ({
    value: exposed / unexposed,
    low: Math.exp(log - zOf(confidence) * error),
    high: Math.exp(log + zOf(confidence) * error),
  })
  return { ...counts, ratio: within(0.95), narrow: within(0.9), p: normalP(log / error) }
}

const nothing: Interval = { value: Number.NaN, low: 0, high: Infinity }
const unknown = { ratio: nothing, narrow: nothing, p: 1 }

function noneAfter(expected: number): Pick<Lift, 'ratio' | 'narrow' | 'p'> {
  const within = (confidence: number): Interval => ({
    value: 0,
    low: 0,
    high: countOf(0, confidence).high / expected,
  })
  return { ratio: within(0.95), narrow: within(0.9), p: Math.min(1, 2 * Math.exp(-expected)) }
}
