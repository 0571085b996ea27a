import type { Store } from '../store/store.ts'
import type { Dialect } from './dialect.ts'

/** A store that answers nothing, and writes down the SQL that it is given. */
export interface RecordingStore extends Store {
  /** Statements, oldest first. */
  readonly statements: readonly string[]
}

/** Creates a store whose rows are in a table of another database, to print the SQL of a report. */
export function recordingStore(dialect: Dialect, table: string): RecordingStore {
  const statements: string[] = []
  const replace =
    dialect.name === 'duckdb' ? 'create or replace temp table' : 'create or replace temporary table'
  return {
    statements,
    dialect,
    rows: table,
    parsed: async () => table,
    query: async (select) => {
      statements.push(select)
      return []
    },
    keep: async (name, select) => void statements.push(`${replace} ${name} as ${select}`),
    append: async (name, select) => void statements.push(`insert into ${name} ${select}`),
    manifests: async () => [],
    close: async () => {},
  }
}
