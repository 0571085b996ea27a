import { MicroconversionError } from '../../support/errors.ts'
import { clickhouse, clickhouseSettings } from '../sql/clickhouse.ts'
import type { SqlRow, SqlValue, Store } from './store.ts'
import { wholeNumber } from './whole-number.ts'

/** Address and table of ClickHouse. */
export interface ClickhouseSource {
  /** URL of the HTTP interface, such as `http://127.0.0.1:8123`. */
  readonly clickhouse: string
  /** Name of the table, with or without a database. Default `'events'`. */
  readonly table?: string | undefined
  /** Headers of each request, such as `X-ClickHouse-User` and `X-ClickHouse-Key`. Default: none. */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

interface Answer {
  readonly meta: readonly { readonly name: string; readonly type: string }[]
  readonly data: readonly Readonly<Record<string, unknown>>[]
}

const settings = {
  ...clickhouseSettings,
  default_format: 'JSON',
  // As texts, because JSON numbers beyond 2⁵³ lose digits.
  output_format_json_quote_64bit_integers: '1',
  session_timeout: '3600',
}

const LONGEST_FAULT = 300

/** Opens a table of ClickHouse over HTTP. Temporary tables are in a session of its own, and end with it. */
export function openClickhouse({ clickhouse: url, table = 'events', headers = {} }: ClickhouseSource): Store {
  if (!/^\w+(?:\.\w+)?$/.test(table))
    throw new MicroconversionError(
      'RMC605',
      `"${table}" is no name of a table. Write one like "analytics.events".`,
    )
  const address = new URL(url)
  for (const [name, value] of Object.entries({ ...settings, session_id: crypto.randomUUID() }))
    address.searchParams.set(name, value)

  async function run(sql: string): Promise<string> {
    const answer = await fetch(address, { method: 'POST', headers, body: sql })
    const said = await answer.text()
    if (answer.ok) return said
    throw new MicroconversionError(
      'RMC605',
      `ClickHouse answered ${answer.status}: ${said.slice(0, LONGEST_FAULT)}. Check the address, the table and the user's rights.`,
    )
  }

  return {
    dialect: clickhouse,
    rows: table,
    parsed: async () => table,
    async query<Row extends SqlRow>(select: string) {
      const { meta, data } = JSON.parse(await run(select)) as Answer
      return data.map((row) =>
        Object.fromEntries(meta.map(({ name, type }) => [name, cellOf(row[name], type)])),
      ) as unknown as readonly Row[]
    },
    async keep(name, select) {
      await run(`drop temporary table if exists ${name}`)
      await run(`create temporary table ${name} engine = Memory as ${select}`)
    },
    async append(name, select) {
      await run(`insert into ${name} ${select}`)
    },
    manifests: async () => [],
    close: async () => {},
  }
}

function cellOf(value: unknown, type: string): SqlValue {
  if (typeof value === 'string' && /\bU?Int(?:64|128|256)\b/.test(type)) return wholeNumber(value)
  return (value ?? null) as SqlValue
}
