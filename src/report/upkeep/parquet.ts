import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { duckdb } from '../sql/duckdb.ts'
import { type Connection, listOf } from '../store/file-store.ts'

/** Returns a relation over Parquet files. DuckDB would else read a column `day` from the file names. */
export const parquetOf = (paths: readonly string[]): string =>
  `read_parquet(${listOf(paths)}, hive_partitioning = false, union_by_name = true)`

/** Writes the rows of a `select` to a Parquet file under a temporary name first: readers see the file before, or all of the new one. */
export async function writeParquet(connection: Connection, path: string, select: string): Promise<void> {
  const draft = `${path}.draft`
  await connection.run(
    `copy (${select}) to ${duckdb.text(draft)} (format parquet, compression zstd, row_group_size 100000)`,
  )
  await sync(draft)
  await rename(draft, path)
  await sync(dirname(path))
}

/** Forces a file or a folder's names to disk. Windows cannot sync a folder, and does not need it. */
async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r+').catch(() => open(path, 'r').catch(() => undefined))
  await handle?.sync().catch(() => {})
  await handle?.close()
}

/** Removes what a run that was killed has left. */
export const removeDrafts = (paths: readonly string[]): Promise<unknown> =>
  Promise.all(paths.filter((path) => path.endsWith('.draft')).map((path) => rm(path, { force: true })))
