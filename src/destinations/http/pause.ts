import type { DeliveryWait } from '../../engine/delivery/delivery.ts'
import { backoffMs } from '../../support/backoff.ts'
import { retryAfterMs } from './retry-after.ts'

const BACKOFF = { firstMs: 1_000, longestMs: 300_000 }
const BREAKER_FAILURES = 5
const LONG_MS = 60_000

/** Decides how long to pause after failures of the endpoint. */
export function createPause(now: () => number) {
  let failures = 0
  let until = 0
  let lengthMs = 0
  let why: DeliveryWait | undefined
  /** True if the endpoint has refused every event of a batch, and accepted none since. */
  let suspect = false
  /** Returns true during a pause. Setting the clock back ends it. */
  function lasts(): boolean {
    const leftMs = until - now()
    return leftMs > 0 && leftMs <= lengthMs
  }
  return {
    lasts,
    /** End of the pause, in epoch ms; 0 without one. */
    until: () => (lasts() ? until : 0),
    /**
     * True if the server asked for the pause, or has failed too often: not even a flush or the end of the page cuts it
     * short.
     */
    isFirm: () => why !== undefined && lasts(),
    /** Reason for the pause; undefined without one, or during an ordinary backoff. */
    why: () => (lasts() ? why : undefined),
    /** True if requests should hold a single event, to test whether the endpoint is available again. */
    probing: () => failures >= BREAKER_FAILURES,
    /** True after five failures in a row, or if the pause is longer than a minute: new events then accumulate. */
    isLong: () => failures >= BREAKER_FAILURES || (lasts() && lengthMs > LONG_MS),
    begin,
    /**
     * Records that each event of a batch was refused individually: the endpoint may refuse all events. As after five
     * failures, single events then test it.
     */
    suspect(): void {
      suspect = true
      failures = Math.max(failures, BREAKER_FAILURES - 1)
      begin()
    },
    /** Records that the endpoint accepted a request or refused it. */
    answered(accepted: boolean): void {
      suspect &&= !accepted
      if (suspect) begin()
      else failures = until = 0
    },
    cutShort(): void {
      if (!why) until = 0
    },
  }
  function begin(retryAfter?: string): void {
    failures++
    const wanted = retryAfterMs(retryAfter, now())
    why = wanted > 0 ? 'retry-after' : failures < BREAKER_FAILURES ? undefined : 'breaker'
    // Rounded up: a fraction is lost in the sum with the time, and the remaining time would exceed the length.
    lengthMs = Math.ceil(Math.max(wanted, backoffMs(failures, Math.random, BACKOFF)))
    until = now() + lengthMs
  }
}
