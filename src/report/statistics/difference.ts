import type { Interval } from './interval.ts'
import { rateOf, type Share } from './rate.ts'

/**
 * Returns the difference of two rates, `now` minus `before`, with its interval. `dispersion` is φ of `dispersionOf`: both counts
 * are divided by it, because days differ more than chance allows, and an interval without φ calls a third of unchanged periods
 * changed.
 *
 * Newcombe 1998, Statistics in Medicine 17:873-890, method 10.
 */
export function differenceOf(
  now: Share,
  before: Share,
  { dispersion = 1, confidence = 0.95 }: { dispersion?: number; confidence?: number } = {},
): Interval {
  const a = rateOf({ k: now.k / dispersion, n: now.n / dispersion }, confidence)
  const b = rateOf({ k: before.k / dispersion, n: before.n / dispersion }, confidence)
  const value = a.value - b.value
  if (Number.isNaN(value)) return { value, low: -1, high: 1 }
  return {
    value,
    low: Math.max(-1, value - Math.hypot(a.value - a.low, b.high - b.value)),
    high: Math.min(1, value + Math.hypot(a.high - a.value, b.value - b.low)),
  }
}

/**
 * Returns φ, by how much the days of some periods differ more than chance allows, at least 1: the mean of the squared Pearson
 * residuals of each day from the rate of its own period.
 *
 * McCullagh & Nelder 1989, Generalized Linear Models, 4.5.2.
 */
export function dispersionOf(...periods: readonly (readonly Share[])[]): number {
  const fitted = periods.flatMap((days) => {
    const rate = sum(days, ({ k }) => k) / sum(days, ({ n }) => n)
    return rate > 0 && rate < 1 ? [{ days: days.filter(({ n }) => n > 0), rate }] : []
  })
  const freedom = sum(fitted, ({ days }) => days.length - 1)
  const squares = sum(fitted, ({ days, rate }) =>
    sum(days, ({ k, n }) => (k - n * rate) ** 2 / (n * rate * (1 - rate))),
  )
  return freedom > 0 ? Math.max(1, squares / freedom) : 1
}

const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0)
