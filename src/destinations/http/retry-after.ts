const LONGEST_MS = 3_600_000

/**
 * Returns the delay, in ms, that a `Retry-After` header requests in seconds or as a date (RFC 9110 §10.2.3); at most
 * one hour.
 */
export function retryAfterMs(header: string | undefined, now: number): number {
  const asked = /^\s*\d+\s*$/.test(header ?? '') ? Number(header) * 1_000 : Date.parse(header ?? '') - now
  return asked > 0 ? Math.min(asked, LONGEST_MS) : 0
}
