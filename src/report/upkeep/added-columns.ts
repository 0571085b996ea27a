import { duckdb } from '../sql/duckdb.ts'
import { columns } from '../store/columns.ts'
import { type Connection, listOf } from '../store/file-store.ts'

const types: Readonly<Record<string, string>> = {
  UBIGINT: 'DOUBLE',
  BIGINT: 'DOUBLE',
  DOUBLE: 'DOUBLE',
  BOOLEAN: 'BOOLEAN',
}

const ofEachRow = Object.keys(columns).map(duckdb.text).join(', ')

/**
 * Returns the columns that `enrich` of the collector has added to any row of some files, with their types. All lines are read, because
 * not each row has them: rows of servers and of refused events do not.
 */
export async function addedColumns(
  connection: Connection,
  files: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  // A pointer of RFC 6901 has two escapes.
  const found = await connection.runAndReadAll(
    `select distinct name, json_type(json, concat('/', replace(replace(name, '~', '~0'), '/', '~1'))) as type from (
      select json, unnest(json_keys(json)) as name
      from read_ndjson_objects(${listOf(files)}, ignore_errors = true) where json_type(json) = 'OBJECT')
    where name not in (${ofEachRow}) order by name`,
  )
  const added = new Map<string, Set<string>>()
  for (const [name = '', type = ''] of found.getRowsJS().map((cells) => cells.map(String))) {
    const known = added.get(name) ?? new Set()
    // Null says nothing of a type.
    added.set(name, type === 'NULL' ? known : known.add(types[type] ?? 'VARCHAR'))
  }
  // Two types have only text in common.
  const typeOf = ([only = 'VARCHAR', ...others]: Iterable<string>) => (others.length > 0 ? 'VARCHAR' : only)
  return Object.fromEntries([...added].map(([name, those]) => [name, typeOf(those)]))
}
