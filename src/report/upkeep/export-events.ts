import { extname } from 'node:path'
import { FORMULA, FORMULA_INSIDE } from '../../support/formula.ts'
import { duckdb } from '../sql/duckdb.ts'
import type { DuckDbOptions } from '../store/duckdb-options.ts'
import { type EventFiles, eventFiles } from '../store/event-files.ts'
import { type Connection, connect, linesOf, noEvents } from '../store/file-store.ts'
import { addedColumns } from './added-columns.ts'
import { parquetOf } from './parquet.ts'

/** Formats of `exportEvents`, by the extension of the file. */
export const exportFormats = ['parquet', 'csv', 'ndjson'] as const

const settings: Readonly<Record<string, string>> = {
  parquet: 'format parquet, compression zstd',
  csv: 'format csv, header true',
  ndjson: 'format json',
}

/** Writes each event once to one file, with the columns that `enrich` has added, for other tools. Returns the number of events. */
export async function exportEvents(dir: string, path: string, options: DuckDbOptions = {}): Promise<number> {
  const format = extname(path).slice(1)
  const files = await eventFiles(dir)
  if (files.lines.length + files.parquet.length === 0) throw noEvents(dir)
  const { connection, close } = await connect(options)
  try {
    const events = `select * from (${await allColumnsOf(connection, files)}) where kind = 'event'
      qualify row_number() over (partition by plan, name, id, origin order by received_at, time) = 1`
    const cells = format === 'csv' ? await csvCells(connection, events) : '*'
    const done = await connection.run(
      `copy (select ${cells} from (${events})) to ${duckdb.text(path)} (${settings[format] ?? settings['parquet']})`,
    )
    return done.rowsChanged
  } finally {
    await close()
  }
}

async function allColumnsOf(connection: Connection, { lines, parquet }: EventFiles): Promise<string> {
  const parts = [
    ...(lines.length > 0
      ? [`select * from ${linesOf({ lines }, await addedColumns(connection, lines))}`]
      : []),
    ...(parquet.length > 0 ? [`select * from ${parquetOf(parquet)}`] : []),
  ]
  return parts.join(' union all by name ')
}

async function csvCells(connection: Connection, events: string): Promise<string> {
  const described = await connection.runAndReadAll(`describe ${events}`)
  return described
    .getRowsJS()
    .map(([name, type]) => {
      const column = `"${String(name).replaceAll('"', '""')}"`
      if (type !== 'VARCHAR') return column
      const safe = `regexp_replace(${column}, ${duckdb.text(FORMULA)}, '''\\0')`
      return `regexp_replace(${safe}, ${duckdb.text(FORMULA_INSIDE)}, '\\1''\\2', 'g') as ${column}`
    })
    .join(', ')
}
