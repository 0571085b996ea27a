export interface Backoff {
  readonly firstMs: number
  readonly longestMs: number
}

/**
 * Milliseconds to wait after `failures` (from 1) in a row: exponential, with full jitter
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/). `random` gives 0 ≤ x < 1.
 */
export function backoffMs(failures: number, random: () => number, { firstMs, longestMs }: Backoff): number {
  return random() * Math.min(longestMs, firstMs * 2 ** (failures - 1))
}
