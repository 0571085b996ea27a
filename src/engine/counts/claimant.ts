import type { KeyValue, Writes } from '../../platform/platform.ts'
import type { Claim } from './frequency.ts'

/** A claim with the id under which it is counted. */
export interface Entry {
  readonly claim: Claim
  readonly id: string
}

/** An occurrence that asks the ledger for its claims. */
export interface Claimant {
  readonly time: number
  /** Rows that are stored in the transaction that grants the claims. */
  readonly rows: Writes
  /** Returns whether the occurrence still waits for the answer. */
  readonly isWaiting: () => boolean
  /**
   * Returns whether the mirror has refused it when it had to leave without an answer, or no destination may have it any
   * more.
   */
  readonly isRefused: () => boolean
  /** Called inside the transaction that grants the claims, before any other tab can ask. */
  readonly decided: () => void
}

/** Copies of the database in web storage. They may refuse a claim, but never grant one. */
export interface Mirrors {
  readonly local: KeyValue
  readonly tab: KeyValue
}
