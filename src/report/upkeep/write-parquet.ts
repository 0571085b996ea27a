import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { duckdb } from '../sql/duckdb.ts'
import type { Connection } from '../store/file-store.ts'

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
