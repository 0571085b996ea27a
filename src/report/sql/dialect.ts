/** The words that DuckDB and ClickHouse spell differently. All other SQL is the same text for both. */
export interface Dialect {
  readonly name: 'duckdb' | 'clickhouse'
  /** Literal of a text. */
  readonly text: (value: string) => string
  /** Quantile with linear interpolation. */
  readonly quantile: (x: string, p: number) => string
  /** First `x` that is not null, by the order of `by`. */
  readonly first: (x: string, by: string) => string
  /** A text if it is one of a list, else null; held in as few bytes as the database can. */
  readonly oneOf: (column: string, texts: readonly string[]) => string
  /** A UUID, to order by as its text is ordered. */
  readonly inTextOrder: (id: string) => string
  /** Quotient of whole numbers, rounded down. */
  readonly quotient: (a: string, b: number) => string
  /** Text at a key of a column that holds a JSON object; null if it is absent. */
  readonly jsonText: (column: string, key: string) => string
}
