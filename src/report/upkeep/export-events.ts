import { extname } from 'node:path'
import { duckdb } from '../sql/duckdb.ts'
import { columns } from '../store/columns.ts'
import type { DuckDbOptions } from '../store/duckdb-options.ts'
import { eventFiles } from '../store/event-files.ts'
import { connect, noEvents, relationOf } from '../store/file-store.ts'

/** Formats of `exportEvents`, by the extension of the file. */
export const exportFormats = ['parquet', 'csv', 'ndjson'] as const

const settings: Readonly<Record<string, string>> = {
  parquet: 'format parquet, compression zstd',
  csv: 'format csv, header true',
  ndjson: 'format json',
}

/** Writes each event once to one file, for other tools. Returns the number of events. */
export async function exportEvents(dir: string, path: string, options: DuckDbOptions = {}): Promise<number> {
  const format = extname(path).slice(1)
  const files = await eventFiles(dir)
  if (files.lines.length + files.parquet.length === 0) throw noEvents(dir)
  const { connection, close } = await connect(options)
  try {
    const events = `select * exclude (copy) from (
      select *, row_number() over (partition by day, name, id, origin order by received_at, time) as copy
      from (${relationOf(files)}) where kind = 'event') where copy = 1`
    const cells = format === 'csv' ? Object.entries(columns).map(csvCell).join(', ') : '*'
    const done = await connection.run(
      `copy (select ${cells} from (${events})) to ${duckdb.text(path)} (${settings[format] ?? settings['parquet']})`,
    )
    return done.rowsChanged
  } finally {
    await close()
  }
}

/** A spreadsheet runs a cell that begins with one of these as a formula; an apostrophe makes it text. */
const csvCell = ([name, type]: readonly [string, string]): string =>
  type === 'VARCHAR'
    ? `case when regexp_matches(${name}, '^[=+@\\t\\r-]') then concat('''', ${name}) else ${name} end as ${name}`
    : name
