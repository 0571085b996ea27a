import { rm, rmdir } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { durationMs } from '../../support/duration.ts'
import { eventFiles, parquetFile } from '../store/event-files.ts'
import type { Connection } from '../store/file-store.ts'
import { parquetOf, writeParquet } from './parquet.ts'

const DAY_MS = 86_400_000

/**
 * Deletes the rows that were received on days before `keep`, and returns the days whose files are gone. The day in the name of a
 * Parquet file does not count: it is that of the browsers' clocks, some of which are years wrong.
 */
export async function deleteOld(
  connection: Connection,
  dir: string,
  { keep, now = Date.now() }: { readonly keep?: string | undefined; readonly now?: number | undefined },
): Promise<readonly string[]> {
  const age = keep === undefined ? Number.NaN : durationMs(keep)
  if (Number.isNaN(age)) return []
  const first = new Date(now - Math.max(age, DAY_MS)).toISOString().slice(0, 10)
  const { lines, parquet } = await eventFiles(dir)
  const gone = new Set<string>()
  for (const path of lines) {
    const folder = dirname(path)
    if (basename(folder) >= first) continue
    await rm(path)
    await rmdir(folder).catch(() => {})
    gone.add(basename(folder))
  }
  for (const path of parquet)
    if (await deleteRows(connection, path, Date.parse(first)))
      gone.add(parquetFile.exec(basename(path))?.[1] ?? '')
  return [...gone].sort()
}

/** Removes the rows of a Parquet file that were received before a time. Returns true if the file is gone, because no row is left. */
async function deleteRows(connection: Connection, path: string, before: number): Promise<boolean> {
  const source = parquetOf([path])
  const isOld = `coalesce(received_at < ${before}, false)`
  const counted = await connection.runAndReadAll(
    `select count(*) filter (where ${isOld}), count(*) filter (where not ${isOld}) from ${source}`,
  )
  const [old, others] = (counted.getRowsJS()[0] ?? []).map(Number)
  if (old === 0) return false
  if (others === 0) await rm(path)
  else await writeParquet(connection, path, `select * from ${source} where not ${isOld}`)
  return others === 0
}
