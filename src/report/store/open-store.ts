import { type ClickhouseSource, openClickhouse } from './clickhouse-store.ts'
import type { DuckDbOptions } from './duckdb-options.ts'
import { openFiles } from './file-store.ts'
import type { Store } from './store.ts'

/** Place of the events: a folder that `ndjson({ dir })` writes, or a table of ClickHouse. */
export type StoreSource = string | ClickhouseSource

/**
 * Opens stored events for reading. A folder needs `@duckdb/node-api`, an optional peer dependency; DuckDB runs in memory and locks
 * nothing. Throws if the folder has no event files.
 *
 * @example
 * const store = await openStore('events')
 * console.log(toText(await report(store)))
 * await store.close()
 */
export async function openStore(source: StoreSource, options: DuckDbOptions = {}): Promise<Store> {
  return typeof source === 'string' ? openFiles(source, options) : openClickhouse(source)
}
