import type { DeliveryWait } from '../engine/types.ts'
import { backoffMs } from '../support/backoff.ts'
import { retryAfterMs } from './retry-after.ts'

const BACKOFF = { firstMs: 1_000, longestMs: 300_000 }
const BREAKER_FAILURES = 5
const LONG_MS = 60_000

/** How long to leave an endpoint alone that has failed. */
export function createPause(now: () => number) {
  let failures = 0
  let until = 0
  let lengthMs = 0
  let why: DeliveryWait | undefined
  /** It has refused every event of a batch, and accepted none since. */
  let suspect = false
  /** A clock that is set back meanwhile ends it. */
  function lasts(): boolean {
    const leftMs = until - now()
    return leftMs > 0 && leftMs <= lengthMs
  }
  return {
    lasts,
    /** Epoch ms; 0 without a pause. */
    until: () => (lasts() ? until : 0),
    /** The server has asked for it, or has failed too often: not even a flush or the end of the page cuts it short. */
    isFirm: () => why !== undefined && lasts(),
    why: () => why,
    /** Single events find out whether the endpoint is back. */
    probing: () => failures >= BREAKER_FAILURES,
    /** Five failures in a row, or more than a minute to wait: what comes meanwhile is no burst, but piles up. */
    isLong: () => failures >= BREAKER_FAILURES || (lasts() && lengthMs > LONG_MS),
    begin,
    /** Each event of a batch was refused alone: the endpoint may refuse all. As after five failures, single events find out. */
    suspect(): void {
      suspect = true
      failures = Math.max(failures, BREAKER_FAILURES - 1)
      begin()
    },
    /** The endpoint has taken a request, or refused it. */
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
    // Whole: a fraction is lost in the sum with the time, and the rest would be longer than the whole.
    lengthMs = Math.ceil(Math.max(wanted, backoffMs(failures, Math.random, BACKOFF)))
    until = now() + lengthMs
  }
}
