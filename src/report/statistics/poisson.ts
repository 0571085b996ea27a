import { incompleteGamma } from './gamma.ts'
import type { Interval } from './interval.ts'

/**
 * Returns a count with the exact interval of its expected value: [.025, 5.57] for 1, [0, 3.69] for 0.
 *
 * Garwood 1936, Biometrika 28:437-442.
 */
export function countOf(k: number, confidence = 0.95): Interval {
  const tail = (1 - confidence) / 2
  const far = k + 20 + 10 * Math.sqrt(k + 1)
  return {
    value: k,
    low: k === 0 ? 0 : meanWhere((mean) => incompleteGamma(k, mean).lower > tail, far),
    high: meanWhere((mean) => incompleteGamma(k + 1, mean).upper < tail, far),
  }
}

/**
 * Returns the upper limit of a share at 95 %, one-sided: 3 / n if none of n had it.
 *
 * Hanley & Lippman-Hand 1983, JAMA 249:1743-1745, with Garwood's limit.
 */
export const upperShareOf = ({ k, n }: { readonly k: number; readonly n: number }): number =>
  n > 0 ? Math.min(1, countOf(k, 0.9).high / n) : 1

/** Returns the cost per event with its interval. Without an event only `low` is known: `value` and `high` are Infinity. */
export function costPer(cost: number, k: number, confidence = 0.95): Interval {
  const count = countOf(k, confidence)
  return { value: cost / count.value, low: cost / count.high, high: cost / count.low }
}

/** Returns the smallest mean that is too large, by bisection. */
function meanWhere(isTooLarge: (mean: number) => boolean, far: number): number {
  let low = 0
  let high = far
  for (;;) {
    const middle = (low + high) / 2
    if (middle <= low || middle >= high) return middle
    if (isTooLarge(middle)) high = middle
    else low = middle
  }
}
