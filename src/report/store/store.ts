import type { Manifest } from '../../plan/manifest.ts'
import type { Dialect } from '../sql/dialect.ts'
import type { Column } from './columns.ts'

/** Value in a result. Whole numbers are numbers; one beyond 2⁵³ is an error. Days are `YYYY-MM-DD`. */
export type SqlValue = string | number | boolean | null
/** Row of a result, by column. */
export type SqlRow = Readonly<Record<string, SqlValue>>

/** Stored events, in files or in ClickHouse, as `openStore` returns them. */
export interface Store {
  readonly dialect: Dialect
  /**
   * Relation with all stored rows, copies included, with the columns of `EventRow`: put it after `from`. The column `kind` tells
   * events from refused ones, and is null for a line that is no row; bots and test events are in it.
   */
  readonly rows: string
  /**
   * Returns a relation with some columns of `rows`, for several passes: files of lines are parsed here, once. One such relation at a
   * time for each store.
   */
  parsed(columns: readonly Column[]): Promise<string>
  /** Runs one `select`, and returns its rows. */
  query<Row extends SqlRow = SqlRow>(select: string): Promise<readonly Row[]>
  /** Creates or replaces a temporary table of this connection from a `select`. */
  keep(table: string, select: string): Promise<void>
  /** Adds the rows of a `select` to a table of `keep`. */
  append(table: string, select: string): Promise<void>
  /** Manifests of the plans in the store. */
  manifests(): Promise<readonly Manifest[]>
  close(): Promise<void>
}
