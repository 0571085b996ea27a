/** Options of DuckDB. */
export interface DuckDbOptions {
  /** Maximum memory, such as `'4GB'`. Default: 80 % of the machine's. */
  readonly memory?: string | undefined
  /** Maximum number of threads. Default: one for each core. */
  readonly threads?: number | undefined
}
