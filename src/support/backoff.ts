/** Bounds of the delay between retries. */
export interface Backoff {
  readonly firstMs: number
  readonly longestMs: number
}

/**
 * Returns the milliseconds to wait after `failures` failures in a row (from 1): exponential backoff with full jitter
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/). `random` returns 0 ≤ x < 1.
 */
export function backoffMs(failures: number, random: () => number, { firstMs, longestMs }: Backoff): number {
  return random() * Math.min(longestMs, firstMs * 2 ** (failures - 1))
}
