import type { Properties } from '../pipeline/occurrence.ts'

/** Visits of the user. */
export interface UserContext {
  /** Number of sessions of this user, from 1. */
  readonly visit: number
  readonly returning: boolean
  /**
   * Whole days, of 24 hours, from the beginning of the previous visit to the beginning of this one. Undefined at the
   * first visit.
   */
  readonly daysSinceLast?: number | undefined
}

/** Options of `identify`. */
export interface IdentifyOptions {
  /**
   * Hash function for the id. `sha-256` hashes it before it is stored or sent; events of the same task are still sent
   * without it. Default: none.
   */
  readonly hash?: 'sha-256' | undefined
  /** Properties of the user. Only those named in the tracker's `traits` are sent, in `context.traits`. Never stored. */
  readonly traits?: Properties | undefined
}
