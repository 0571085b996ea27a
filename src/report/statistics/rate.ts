import type { Interval } from './interval.ts'
import { zOf } from './normal.ts'

/** A count out of a number of units, such as users. Counts that were divided by a dispersion may have fractions. */
export interface Share {
  readonly k: number
  readonly n: number
}

const MIN_EVENTS = 5
const MIN_UNITS = 20

/**
 * Returns k / n with Wilson's score interval. With n = 0 nothing is known: the value is NaN and the interval 0 to 1.
 *
 * Wilson 1927; Newcombe 1998, Statistics in Medicine 17:857-872, method 3.
 */
export function rateOf({ k, n }: Share, confidence = 0.95): Interval {
  if (n <= 0) return { value: Number.NaN, low: 0, high: 1 }
  const z = zOf(confidence)
  const value = k / n
  const middle = value + (z * z) / (2 * n)
  const half = z * Math.sqrt((value * (1 - value)) / n + (z * z) / (4 * n * n))
  const scale = 1 + (z * z) / n
  return {
    value,
    low: k <= 0 ? 0 : Math.max(0, (middle - half) / scale),
    high: k >= n ? 1 : Math.min(1, (middle + half) / scale),
  }
}

/** Returns true if a rate rests on too little to be compared: fewer than 5 events or 20 units. */
export const isTooFew = ({ k, n }: Share): boolean => k < MIN_EVENTS || n < MIN_UNITS
