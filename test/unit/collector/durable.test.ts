import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type CollectorIssue, createCollector } from '../../../src/collector/create-collector.ts'
import { toNode } from '../../../src/collector/node/to-node.ts'
import type { EventRow } from '../../../src/collector/rows/row.ts'
import { clickhouse } from '../../../src/collector/sinks/clickhouse.ts'
import type { Sink } from '../../../src/collector/sinks/sink.ts'
import { collecting, posting } from '../../support/collecting.ts'
import { fullBatch, fullBatchOfVersion1, plan, smallBatch, uuidAt } from '../../support/wire-batches.ts'

/** A sink that keeps rows while it works, and whose writes end when `release` is called. */
function gatedSink() {
  const rows: EventRow[] = []
  const waiting: (() => void)[] = []
  let works = true
  const sink: Sink = {
    async append(more) {
      if (!works) throw new Error('disk full')
      await new Promise<void>((done) => waiting.push(done))
      rows.push(...more)
    },
  }
  return {
    sink,
    rows,
    waiting,
    fail: (does: boolean) => {
      works = !does
    },
    release: () => {
      for (const done of waiting.splice(0)) done()
    },
  }
}

describe('an answer', () => {
  test('waits until the rows are durable', async () => {
    const { sink, rows, waiting, release } = gatedSink()
    const collector = createCollector({ plan, sink })
    let status: number | undefined
    const answered = collector.fetch(posting(smallBatch(Date.now()))).then((answer) => {
      status = answer.status
    })
    await expect.poll(() => waiting.length).toBe(1)
    expect(status).toBeUndefined()
    release()
    await answered
    expect(status).toBe(204)
    expect(rows).toHaveLength(1)
  })

  test('of a failing sink asks to come again, readable for other origins; the retry is stored', async () => {
    const { sink, rows, waiting, fail, release } = gatedSink()
    const issues: CollectorIssue[] = []
    const collector = createCollector({ sink, origins: () => true, onIssue: (issue) => issues.push(issue) })
    const ask = () =>
      collector.fetch(posting(smallBatch(Date.now()), { headers: { origin: 'https://a.test' } }))
    fail(true)
    const refused = await ask()
    expect(refused.status).toBe(503)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(refused.headers.get('access-control-expose-headers')).toBe('retry-after')
    expect(issues).toEqual([{ kind: 'sink', message: 'disk full' }])
    fail(false)
    const again = ask()
    await expect.poll(() => waiting.length).toBe(1)
    release()
    expect((await again).status).toBe(204)
    expect(rows).toHaveLength(1)
  })

  test('to more requests than may wait is 429', async () => {
    const { sink, waiting, release } = gatedSink()
    const collector = createCollector({ sink, limits: { pending: 2 } })
    const ask = (id: number) => collector.fetch(posting(smallBatch(Date.now(), [uuidAt(id)])))
    const first = [ask(1), ask(2)]
    await expect.poll(() => waiting.length).toBe(2)
    const third = await ask(3)
    expect(third.status).toBe(429)
    expect(third.headers.get('retry-after')).not.toBeNull()
    release()
    expect((await Promise.all(first)).map(({ status }) => status)).toEqual([204, 204])
  })

  test('costs no row for a copy of what is stored', async () => {
    const { sink, post } = collecting()
    await post(smallBatch(Date.now(), [uuidAt(1)]))
    expect(await post(smallBatch(Date.now(), [uuidAt(1), uuidAt(2)]))).toBe(204)
    await post(smallBatch(Date.now(), [uuidAt(1)], { name: 'demo_booked' }))
    expect(sink.rows.map(({ id, name }) => [id, name])).toEqual([
      [uuidAt(1), 'page_view'],
      [uuidAt(2), 'page_view'],
      [uuidAt(1), 'demo_booked'],
    ])
  })

  test('waits for the manifest, and tries again to write it', async () => {
    let attempts = 0
    const appended: number[] = []
    const sink: Sink = {
      async append(rows) {
        appended.push(rows.length)
      },
      async describe() {
        if (++attempts === 1) throw new Error('no')
      },
    }
    const collector = createCollector({ plan, sink })
    const ask = async (id: number) =>
      (await collector.fetch(posting(smallBatch(Date.now(), [uuidAt(id)])))).status
    expect([await ask(1), await ask(1), await ask(2)]).toEqual([503, 204, 204])
    expect(attempts).toBe(2)
    expect(appended).toEqual([1, 1])
  })
})

describe('whatever is posted', () => {
  const oddities = fc.oneof(
    fc.constantFrom<unknown>(undefined, null, -1, 1e300, '', '\ud83d', 'a\0b', [], {}, [[]], { length: 3 }),
    fc.jsonValue(),
  )

  /** Replaces each field, at any depth, that the path picks. */
  function odd(value: unknown, path: readonly number[], to: unknown): unknown {
    const [first, ...rest] = path
    if (first === undefined || typeof value !== 'object' || value === null) return to
    const keys = Object.keys(value)
    const key = keys[first % (keys.length || 1)] ?? 'more'
    return Object.assign(Array.isArray(value) ? [...value] : { ...value }, {
      [key]: odd(Object(value)[key], rest, to),
    })
  }

  const schemas = [1, 2].map((version) => `react-microconversions/batch/${version}`)
  const batches = [fullBatch(1_700_000_000_000), fullBatchOfVersion1(1_700_000_000_000)] as const

  test('has an answer by its class, and each event is a row or a refused one', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<object>(...batches),
        fc.array(fc.nat(40), { minLength: 1, maxLength: 6 }),
        oddities,
        async (batch, path, value) => {
          const { sink, collector } = collectingAnew()
          const body = JSON.stringify(odd(batch, path, value)) ?? ''
          const given = parsed(body)
          const { status } = await collector.fetch(posting(body))
          const { schema, events } = Object(given)
          const readable = schemas.includes(schema) && Array.isArray(events)
          expect(status).toBe(readable ? 204 : 400)
          expect(sink.rows).toHaveLength(readable ? events.length : 0)
          for (const row of sink.rows) expectStorable(row)
        },
      ),
      { numRuns: 1_500 },
    )
  })

  test('has 400 for texts that are no batch', async () => {
    const { collector } = collectingAnew()
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (body) => {
        expect((await collector.fetch(posting(body))).status).toBe(400)
      }),
      { numRuns: 500 },
    )
  })

  function collectingAnew() {
    const rows: EventRow[] = []
    const sink = { rows, append: async (more: readonly EventRow[]) => void rows.push(...more) }
    return { sink, collector: createCollector({ plan, sink }) }
  }

  const parsed = (body: string): unknown => {
    try {
      return JSON.parse(body)
    } catch {
      return undefined
    }
  }

  /** Asserts that DuckDB and ClickHouse can read a row. */
  function expectStorable(row: EventRow): void {
    const text = JSON.stringify(row)
    expect(text.includes('\\ud') || text.includes('\\u0000')).toBe(false)
    for (const day of [row.day, row.site_day]) expect(day).toMatch(/^\d{4}-\d\d-\d\d$/)
    for (const whole of [
      row.time,
      row.time_raw,
      row.received_at,
      row.due_at ?? 0,
      row.skew ?? 0,
      row.visit ?? 0,
    ])
      expect(Number.isSafeInteger(whole)).toBe(true)
    for (const json of [row.properties, row.scope, row.traits, row.consent, row.issues, row.causes])
      if (json !== null) JSON.parse(json)
    expect(row.id).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/)
  }
})

describe('clickhouse()', () => {
  /** Takes inserts as ClickHouse's HTTP interface does. */
  async function server(status: number) {
    const inserts: { readonly url: URL; readonly rows: readonly EventRow[]; readonly key: unknown }[] = []
    const listener = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      const lines = Buffer.concat(chunks).toString().split('\n')
      inserts.push({
        url: new URL(request.url ?? '', 'http://localhost'),
        rows: lines.map((line) => JSON.parse(line)),
        key: request.headers['x-clickhouse-key'],
      })
      response.writeHead(status).end('Code: 60. DB::Exception: no such table')
    })
    await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done))
    onTestFinished(() => void listener.close())
    return { inserts, url: `http://127.0.0.1:${(listener.address() as AddressInfo).port}` }
  }

  test('inserts rows, and waits until the server has stored them', async () => {
    const { inserts, url } = await server(200)
    const sink = clickhouse({ url, table: 'web.events', headers: { 'x-clickhouse-key': 'k' } })
    const { post } = collecting({ sink })
    expect(await post(smallBatch(Date.now(), [uuidAt(1), uuidAt(2)]))).toBe(204)
    expect(inserts).toHaveLength(1)
    expect(inserts[0]!.rows.map(({ id }) => id)).toEqual([uuidAt(1), uuidAt(2)])
    expect(inserts[0]!.key).toBe('k')
    expect(Object.fromEntries(inserts[0]!.url.searchParams)).toEqual({
      query: 'INSERT INTO web.events FORMAT JSONEachRow',
      async_insert: '1',
      wait_for_async_insert: '1',
      input_format_skip_unknown_fields: '1',
    })
  })

  test('reports what the server says, and the browser tries again', async () => {
    const { url } = await server(404)
    const issues: CollectorIssue[] = []
    const { post } = collecting({ sink: clickhouse({ url }), onIssue: (issue) => issues.push(issue) })
    expect(await post(smallBatch(Date.now()))).toBe(503)
    expect(issues[0]!.message).toBe('ClickHouse 404: Code: 60. DB::Exception: no such table')
  })

  test('takes no other text for a table', () => {
    expect(() => clickhouse({ url: 'http://a.test', table: 'events; drop' })).toThrow(TypeError)
  })
})

test('toNode() serves a collector that is mounted anywhere', async () => {
  const { collector, sink } = collecting()
  const listener = createServer(toNode(collector))
  await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done))
  onTestFinished(() => void listener.close())
  const { port } = listener.address() as AddressInfo
  const answer = await fetch(`http://127.0.0.1:${port}//odd//path?a=%ff`, {
    method: 'POST',
    body: JSON.stringify(smallBatch(Date.now())),
  })
  expect(answer.status).toBe(204)
  expect(sink.rows).toHaveLength(1)
})
