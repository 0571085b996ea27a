import type { Database } from '../../platform/platform.ts'
import type { Epoch } from './epoch.ts'
import type { StorageKind } from './storage-kind.ts'

/** State of a tracker's storage, which the first chunk and the late part share. */
export interface StorageState {
  kind: StorageKind
  /** The open database. Writes go through the epoch. */
  opened?: Database | undefined
  epoch?: Epoch | undefined
  /** Epoch in local storage before this tab entered one. */
  found?: string | undefined
  ready?: Promise<void> | undefined
  isReady: boolean
  /** True if no database is available. */
  missing: boolean
  /** True if the browser has taken the database away, with all its data. */
  lost: boolean
  /**
   * True if the database was deleted and opened again: another tab may notice a withdrawal after this one got consent
   * again.
   */
  reopened: boolean
  /** True if the page was left: pending steps are neither done nor failed, and start again when it is back. */
  left: boolean
  /** True if the page is back, and the database has not answered since. */
  returned: boolean
  /** True if this tab may have missed a withdrawal: it was frozen, or the epoch was erased. */
  doubted: boolean
  /**
   * True while this tab handles a withdrawal in another tab, which has erased the data: later data must not be erased
   * here.
   */
  elsewhere: boolean
  closed: boolean
  /** Counts permits, withdrawals and losses. Steps that began under an earlier number are void. */
  turn: number
  /** Runs steps one after the other, so that a withdrawal does not erase what the next permit has written. */
  opening: Promise<void>
}
