import { upperShareOf } from '../statistics/poisson.ts'
import { rateOf, type Share } from '../statistics/rate.ts'
import { BASELINE_DAYS, sum } from './volume.ts'

/** Share that is worth an alarm. */
const MIN_SHARE = 0.01
const MIN_CASES = 5

/** Sums the counts of some days. */
export const totalOf = (days: readonly Share[]): Share => ({
  k: sum(days.map(({ k }) => k)),
  n: sum(days.map(({ n }) => n)),
})

/** Returns the last of some days, and the 28 before together. */
export function lastAndBefore(days: readonly Share[]): { readonly last: Share; readonly before: Share } {
  return {
    last: days.at(-1) ?? { k: 0, n: 0 },
    before: totalOf(days.slice(-1 - BASELINE_DAYS, -1)),
  }
}

/**
 * True if the share of the last day is certainly above what the 28 days before can explain, above 1 %, and made of 5 cases at least.
 * False without days before.
 */
export function hasRisen(days: readonly Share[]): boolean {
  const { last, before } = lastAndBefore(days)
  if (last.k < MIN_CASES || before.n === 0) return false
  const { value, low } = rateOf(last)
  return value > MIN_SHARE && low > upperShareOf(before)
}
