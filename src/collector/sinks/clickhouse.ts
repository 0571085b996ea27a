import type { Sink } from './sink.ts'

/** Options of `clickhouse`. */
export interface ClickhouseOptions {
  /** URL of the HTTP interface, such as `http://127.0.0.1:8123`. */
  readonly url: string
  /** Name of the table, with or without a database: `'analytics.events'`. Default `'events'`. */
  readonly table?: string | undefined
  /** Headers of each request, such as `X-ClickHouse-User` and `X-ClickHouse-Key`. Default: none. */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

const TIMEOUT_MS = 30_000
const LONGEST_FAULT = 300

/**
 * Inserts rows over ClickHouse's HTTP interface, and waits until they are on its disk (at most 30 s). The server combines inserts
 * into batches (`async_insert`).
 *
 * @example
 * createCollector({ plan, sink: clickhouse({ url: 'http://127.0.0.1:8123', table: 'analytics.events' }) })
 */
export function clickhouse({ url, table = 'events', headers = {} }: ClickhouseOptions): Sink {
  if (!/^\w+(?:\.\w+)?$/.test(table)) throw new TypeError(`clickhouse(): "${table}" is no name of a table.`)
  const address = new URL(url)
  const settings = {
    query: `INSERT INTO ${table} FORMAT JSONEachRow`,
    async_insert: '1',
    wait_for_async_insert: '1',
    // The table need not have the columns that `enrich` or a later release adds.
    input_format_skip_unknown_fields: '1',
  }
  for (const [name, value] of Object.entries(settings)) address.searchParams.set(name, value)
  return {
    async append(rows) {
      const answer = await fetch(address, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/x-ndjson' },
        body: rows.map((row) => JSON.stringify(row)).join('\n'),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
      const said = await answer.text()
      if (!answer.ok) throw new Error(`ClickHouse ${answer.status}: ${said.slice(0, LONGEST_FAULT)}`)
    },
  }
}
