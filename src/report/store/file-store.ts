import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MicroconversionError } from '../../support/errors.ts'
import { duckdb } from '../sql/duckdb.ts'
import { columns } from './columns.ts'
import type { DuckDbOptions } from './duckdb-options.ts'
import { type EventFiles, eventFiles, manifestsIn } from './event-files.ts'
import { type DuckDb, loadDuckDb } from './load-duckdb.ts'
import type { SqlRow, SqlValue, Store } from './store.ts'
import { wholeNumber } from './whole-number.ts'

/** A connection of DuckDB. */
export type Connection = Awaited<ReturnType<InstanceType<DuckDb['DuckDBInstance']>['connect']>>

/** Opens a folder of event files with DuckDB in memory: without a lock, while collectors write. */
export async function openFiles(dir: string, options: DuckDbOptions = {}): Promise<Store> {
  const files = await eventFiles(dir)
  if (files.lines.length + files.parquet.length === 0) throw noEvents(dir)
  const { connection, close } = await connect(options)
  try {
    // No query depends on the order of rows that it does not ask for.
    await connection.run('set preserve_insertion_order = false')
    await connection.run(`create view stored_rows as ${relationOf(files)}`)
  } catch (error) {
    await close()
    throw error
  }
  return {
    dialect: duckdb,
    rows: 'stored_rows',
    async parsed(wanted) {
      if (files.lines.length === 0) return 'stored_rows'
      const list = wanted.join(', ')
      await connection.run(
        `create or replace temp table parsed_lines as select ${list} from ${linesOf(files)}`,
      )
      const parts = [`select ${list} from parsed_lines`, ...parquetPart(files, list)]
      await connection.run(`create or replace temp view parsed_rows as ${parts.join(' union all ')}`)
      return 'parsed_rows'
    },
    query: async <Row extends SqlRow>(select: string) => (await rowsOf(connection, select)) as readonly Row[],
    async keep(table, select) {
      await connection.run(`create or replace temp table ${table} as ${select}`)
    },
    async append(table, select) {
      await connection.run(`insert into ${table} ${select}`)
    },
    manifests: () => manifestsIn(dir),
    close,
  }
}

/** Opens a database in memory. What does not fit goes to a temporary folder, which `close` removes. */
export async function connect({ memory, threads }: DuckDbOptions = {}) {
  const { DuckDBInstance } = await loadDuckDb()
  const overflow = await mkdtemp(join(tmpdir(), 'microconversions-'))
  const instance = await DuckDBInstance.create(':memory:', {
    temp_directory: overflow,
    ...(memory && { memory_limit: memory }),
    ...(threads && { threads: String(threads) }),
  })
  const connection = await instance.connect()
  return {
    connection,
    async close() {
      connection.closeSync()
      instance.closeSync()
      await rm(overflow, { recursive: true, force: true })
    },
  }
}

/** Returns paths as a list in SQL. DuckDB would else read the name `events[1]` as a pattern, and take the files of `events1`. */
export const listOf = (paths: readonly string[]): string =>
  `[${paths.map((path) => duckdb.text(path.replaceAll(/[[*?]/g, '[$&]'))).join(', ')}]`
const names = Object.keys(columns).join(', ')

/** Returns a relation over lines; a line that is no row, such as a torn one, has null in each column. */
export function linesOf(
  { lines }: Pick<EventFiles, 'lines'>,
  added: Readonly<Record<string, string>> = {},
): string {
  const types = Object.entries({ ...columns, ...added }).map(
    ([name, type]) => `${duckdb.text(name)}: '${type}'`,
  )
  return `read_json(${listOf(lines)}, format = 'newline_delimited', ignore_errors = true, columns = {${types.join(', ')}})`
}

/** Returns a relation over all rows of a folder. */
function relationOf(files: EventFiles): string {
  const parts = [
    ...(files.lines.length ? [`select ${names} from ${linesOf(files)}`] : []),
    ...parquetPart(files, names),
  ]
  return parts.join(' union all ')
}

const parquetPart = ({ parquet }: EventFiles, selected: string): readonly string[] =>
  parquet.length > 0
    ? [`select ${selected} from read_parquet(${listOf(parquet)}, hive_partitioning = false)`]
    : []

async function rowsOf(connection: Connection, select: string): Promise<readonly SqlRow[]> {
  const result = await connection.runAndReadAll(select)
  return result
    .getRowObjectsJS()
    .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cellOf(value)])))
}

function cellOf(value: unknown): SqlValue {
  if (typeof value === 'bigint') return wholeNumber(value)
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  return (value ?? null) as SqlValue
}

export function noEvents(dir: string): MicroconversionError {
  return new MicroconversionError(
    'RMC601',
    `"${dir}" has no event files, so there is nothing to read. Give the folder that ndjson({ dir }) of your collector writes, which has a folder for each day.`,
  )
}
