import type { Dialect } from './dialect.ts'

const text = (value: string) => `'${value.replaceAll("'", "''")}'`

export const duckdb: Dialect = {
  name: 'duckdb',
  text,
  quantile: (x, p) => `quantile_cont(${x}, ${p})`,
  first: (x, by) => `arg_min(${x}, ${by})`,
  oneOf: (column, texts) => `try_cast(${column} as enum(${texts.map(text).join(', ') || "''"}))`,
  inTextOrder: (id) => id,
  quotient: (a, b) => `((${a}) // ${b})`,
  // A path would read dots and quotes in the key; a pointer of RFC 6901 has two escapes.
  jsonText: (column, key) =>
    `json_extract_string(${column}, ${text(`/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`)})`,
}
