import { existsSync } from 'node:fs'
import { readdir, rm, rmdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { duckdb } from '../sql/duckdb.ts'
import type { DuckDbOptions } from '../store/duckdb-options.ts'
import { eventFiles } from '../store/event-files.ts'
import { type Connection, connect, linesOf } from '../store/file-store.ts'
import { addedColumns } from './added-columns.ts'
import { deleteOld } from './delete-old.ts'
import { withLock } from './maintenance-lock.ts'
import { parquetOf, removeDrafts, writeParquet } from './parquet.ts'

/** Options of `compact`. */
export interface CompactOptions extends DuckDbOptions {
  /** Time after which rows are deleted, by the day on which they were received, such as `'400d'`. Default: never. */
  readonly keep?: string | undefined
  /** Time in epoch ms, which decides which days are closed. Default: now. */
  readonly now?: number | undefined
}

/** Result of `compact`. */
export interface Compacted {
  /** Days whose Parquet file was written. */
  readonly days: readonly string[]
  /** Rows read from NDJSON. */
  readonly rows: number
  /** Lines that were no rows, and are gone. */
  readonly unreadable: number
  /** Days whose files were deleted because of `keep`. */
  readonly deleted: readonly string[]
}

/** Time after midnight at which a day counts as closed. */
const CLOSING_MS = 3_600_000

/**
 * Turns the NDJSON files of closed days into one Parquet file for each day of the events' own clock, without copies, and deletes
 * them. Collectors may write meanwhile: today's files stay as they are. If it is killed, rows may be there twice until the next run;
 * reports count them once.
 */
export async function compact(dir: string, options: CompactOptions = {}): Promise<Compacted> {
  return withLock(dir, async () => {
    await removeDrafts((await readdir(dir)).map((name) => join(dir, name)))
    const { connection, close } = await connect(options)
    try {
      const deleted = await deleteOld(connection, dir, options)
      return { ...(await compactClosed(connection, dir, options)), deleted }
    } finally {
      await close()
    }
  })
}

async function compactClosed(
  connection: Connection,
  dir: string,
  { now = Date.now() }: CompactOptions,
): Promise<Omit<Compacted, 'deleted'>> {
  // A write that began before midnight may end after it.
  const today = new Date(now - CLOSING_MS).toISOString().slice(0, 10)
  const { lines } = await eventFiles(dir)
  const days = new Set<string>()
  let [rows, unreadable] = [0, 0]
  // A folder at a time, because all rows may not fit into memory.
  for (const folder of new Set(lines.map((path) => dirname(path)))) {
    if (basename(folder) >= today) continue
    const files = lines.filter((path) => dirname(path) === folder)
    const sizes = await sizesOf(files)
    const loaded = await loadLines(connection, files)
    rows += loaded.rows
    unreadable += loaded.unreadable
    for (const day of loaded.days) {
      await mergeDay(connection, dir, day)
      days.add(day)
    }
    // A process that was stopped for an hour may have added rows meanwhile, which the next run reads.
    const sizesNow = await sizesOf(files)
    for (const [index, path] of files.entries()) if (sizesNow[index] === sizes[index]) await rm(path)
    // Fails if the folder is not empty.
    await rmdir(folder).catch(() => {})
  }
  return { days: [...days].sort(), rows, unreadable }
}

const sizesOf = (files: readonly string[]): Promise<readonly number[]> =>
  Promise.all(files.map(async (path) => (await stat(path)).size))

async function loadLines(connection: Connection, files: readonly string[]) {
  const source = linesOf({ lines: files }, await addedColumns(connection, files))
  await connection.run(`create or replace temp table lines as select * from ${source}`)
  const counts = await connection.runAndReadAll(
    `select count(*) filter (where kind is not null), count(*) filter (where kind is null) from lines`,
  )
  const [[rows, unreadable] = []] = counts.getRowsJS()
  const days = await connection.runAndReadAll(
    `select distinct cast(day as varchar) as day from lines where kind in ('event', 'refused') order by day`,
  )
  return {
    rows: Number(rows),
    unreadable: Number(unreadable),
    days: days.getRowsJS().map(([day]) => String(day)),
  }
}

/** Writes the union of a day's rows and its Parquet file; of copies, the earliest received. */
async function mergeDay(connection: Connection, dir: string, day: string): Promise<void> {
  const path = join(dir, `day=${day}.parquet`)
  const own = `select * from lines where kind in ('event', 'refused') and day = ${duckdb.text(day)}`
  const before = existsSync(path) ? `union all by name select * from ${parquetOf([path])}` : ''
  await writeParquet(
    connection,
    path,
    `select * from (${own} ${before})
      qualify row_number() over (partition by kind, plan, name, id, origin order by received_at, time) = 1
      order by anonymous_id, time`,
  )
}
