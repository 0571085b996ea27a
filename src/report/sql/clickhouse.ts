import type { Dialect } from './dialect.ts'

const text = (value: string) => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`

/** Settings without which ClickHouse reads the same text differently. */
export const clickhouseSettings = {
  // Otherwise a left join without a match returns 0 and '' where DuckDB returns null.
  join_use_nulls: '1',
  cast_keep_nullable: '1',
  // Otherwise `min(time) as time` is an error.
  prefer_column_name_to_alias: '1',
} as const

export const clickhouse: Dialect = {
  name: 'clickhouse',
  text,
  quantile: (x, p) => `quantileExactInclusive(${p})(${x})`,
  first: (x, by) => `argMin(${x}, ${by})`,
  oneOf: (column, texts) =>
    `case when ${column} in (${texts.map(text).join(', ') || 'null'}) then ${column} else null end`,
  // ClickHouse orders by the second half of a UUID first.
  inTextOrder: (id) => `toString(${id})`,
  quotient: (a, b) => `intDiv(${a}, ${b})`,
  jsonText: (column, key) => {
    const from = `coalesce(${column}, '')`
    const found = `JSONExtractString(${from}, ${text(key)})`
    const raw = `JSONExtractRaw(${from}, ${text(key)})`
    return `nullIf(if(startsWith(${raw}, '"'), ${found}, ${raw}), '')`
  },
}
