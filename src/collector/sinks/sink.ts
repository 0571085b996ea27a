import type { Manifest } from '../../plan/manifest.ts'
import type { EventRow } from '../rows/row.ts'

/** Storage for rows. Your own sink is an object with `append`. */
export interface Sink {
  /** Resolves once the rows are durable: the browser then deletes its copies. Rejects otherwise: the browser sends them again. */
  append(rows: readonly EventRow[]): Promise<void>
  /** Stores the manifest of a plan beside the rows. The collector calls it before the first rows. */
  describe?(manifest: Manifest): Promise<void>
  /** Resolves when all pending writes have ended. */
  close?(): Promise<void>
}
