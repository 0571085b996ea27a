import { MicroconversionError } from '../../support/errors.ts'

/** The module `@duckdb/node-api`. */
export type DuckDb = typeof import('@duckdb/node-api')

/** Imports DuckDB, an optional peer dependency. Throws an error that says what to install. */
export async function loadDuckDb(load = () => import('@duckdb/node-api')): Promise<DuckDb> {
  try {
    return await load()
  } catch (cause) {
    const error = new MicroconversionError(
      'RMC600',
      'Reports over files need DuckDB, an optional peer dependency that could not be loaded. Install it: npm install --save-dev @duckdb/node-api',
    )
    error.cause = cause
    throw error
  }
}
