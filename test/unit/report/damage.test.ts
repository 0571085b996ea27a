import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { writeStore } from '../../../src/cli/demo/write-store.ts'
import { createCollector } from '../../../src/collector/create-collector.ts'
import { ndjson } from '../../../src/collector/node/ndjson.ts'
import { emptyRow } from '../../../src/collector/rows/empty-row.ts'
import type { Cell } from '../../../src/collector/rows/row.ts'
import { report } from '../../../src/report/report.ts'
import { columns } from '../../../src/report/store/columns.ts'
import { openStore } from '../../../src/report/store/open-store.ts'
import { compact } from '../../../src/report/upkeep/compact.ts'
import { exportEvents } from '../../../src/report/upkeep/export-events.ts'
import { posting } from '../../support/collecting.ts'
import {
  DAY,
  manifestWith,
  opened,
  row,
  START,
  temporaryFolder,
  uuid,
  week,
} from '../../support/report/event-rows.ts'
import { fullBatch, plan } from '../../support/wire-batches.ts'

const manifest = manifestWith({ a: {}, b: {} })

test('a torn line, a lone surrogate, a NUL, a key twice and a line of another kind leave all other rows intact, and are counted', async () => {
  const folder = temporaryFolder()
  writeStore(folder, manifest, [[row('a', 0), row('b', 1_000), row('a', 2_000, { user: 2 })]])
  mkdirSync(join(folder, '2026-02-03'), { recursive: true })
  const odd = [
    '{"kind":"event","id":"00000000-0000-4000-8000-000000000001","na\n',
    JSON.stringify({ ...row('a', 0), user_id: 'x' }).replace('"x"', '"\\ud83d"'),
    '\n[1,2]\nnot json\n',
    `${JSON.stringify({ ...row('b', 6_000), user_id: 'x' }).replace('"x"', '"\0"')}\n`,
    `${JSON.stringify(row('b', 4_000, { user: 4 })).replace('{', '{"kind":"event",')}\n`,
    JSON.stringify(row('b', 5_000, { user: 3 })),
    '\n{"kind":"event","id":"0000',
  ]
  appendFileSync(join(folder, '2026-02-03', '1-torn.ndjson'), odd.join(''))
  const { totals, quality } = await report(await opened(folder), { period: week })
  expect(totals).toMatchObject({ users: 4, events: 5, copies: 0 })
  expect(quality.unreadable).toBeGreaterThan(2)
})

test('a file that is being written can be read', async () => {
  const folder = temporaryFolder()
  const collector = createCollector({ plan, sink: ndjson({ dir: folder }) })
  await collector.fetch(posting(fullBatch(Date.now())))
  const store = await opened(folder)
  const [found] = await store.query<{ n: number }>(
    `select count(*) as n from ${store.rows} where kind = 'event'`,
  )
  expect(found?.n).toBeGreaterThan(0)
  expect((await store.manifests()).map((each) => each.plan)).toEqual(['acme'])
  await collector.close()
})

test('the columns are those of a row', () => {
  expect(Object.keys(columns)).toEqual(Object.keys(row('a', 0)))
})

test('an empty store is an error, and not an empty report', async () => {
  await expect(openStore(temporaryFolder())).rejects.toThrow('RMC601')
  await expect(openStore('/nowhere/at/all')).rejects.toThrow('RMC601')
})

test('compaction counts what it leaves out, and keeps the columns that enrich adds', async () => {
  const folder = temporaryFolder()
  writeStore(folder, manifest, [[{ ...row('a', 0), country: 'DE', score: 0.5 } as ReturnType<typeof row>]])
  appendFileSync(join(folder, '2026-02-02', 'torn.ndjson'), '{"kind":"ev')
  expect(await compact(folder)).toMatchObject({ rows: 1, unreadable: 1, days: ['2026-02-02'] })
  const store = await opened(folder)
  expect(
    await store.query(`select country, score from read_parquet('${join(folder, 'day=2026-02-02.parquet')}')`),
  ).toEqual([{ country: 'DE', score: 0.5 }])
  expect(START % DAY).toBe(0)
})

test('an order that is reported again on another day is exported once', async () => {
  const folder = temporaryFolder()
  const order = { id: uuid(77), given_id: '1001' }
  writeStore(folder, manifest, [
    [row('a', DAY, { ...order, amount: 2 }), row('a', 0, { ...order, amount: 1 })],
  ])
  const path = join(temporaryFolder(), 'out.ndjson')
  expect(await exportEvents(folder, path)).toBe(1)
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ given_id: '1001', amount: 1 })
})

test('no cell of an exported CSV is a formula, whatever separates the cells', async () => {
  const folder = temporaryFolder()
  const texts = {
    user_id: '=1+1',
    utm_source: ' \t=1+1',
    utm_medium: '\n@SUM(1)',
    utm_campaign: 'spring;=1+1',
    utm_term: 'spring\t-1+1',
    utm_content: 'spring\n+1',
    page_path: '＝1+1',
    properties: '{"note":"a;\\"=1+1","price":-1}',
    goal: 'a-b; c=d',
  }
  writeStore(folder, manifest, [[row('a', 0, texts)]])
  const path = join(temporaryFolder(), 'out.csv')
  await exportEvents(folder, path)
  const text = readFileSync(path, 'utf8')
  expect(text).not.toMatch(/(?:^|[;|\t\r\n,])[\s"]*[=+@＝-]/m)
  expect(text).toContain('a-b; c=d')
  expect(text).toContain('""price"":-1')
})

describe('columns that enrich adds', () => {
  const enriched = (at: number, added: Readonly<Record<string, Cell>>) =>
    ({ ...row('a', at), ...added }) as ReturnType<typeof row>
  const refused = { ...emptyRow, id: uuid(1), received_at: START, day: '2026-02-02', site_day: '2026-02-02' }

  /** A folder whose first line has no such column, as that of a refused event or of an erased one. */
  function folderWithout(first: object): string {
    const folder = temporaryFolder()
    mkdirSync(join(folder, '2026-02-02'))
    const lines = [
      first,
      row('b', 1_000),
      enriched(2_000, { country: 'DE', score: 1, paid: null, mixed: 5, note: null }),
      enriched(3_000, { country: 'FR', score: 0.5, paid: true, mixed: '=1+1', note: null }),
    ]
    writeFileSync(
      join(folder, '2026-02-02', '1-a.ndjson'),
      `torn\n[1]\n${lines.map((line) => JSON.stringify(line)).join('\n')}`,
    )
    return folder
  }

  const added = [
    { country: 'DE', score: 1, paid: null, mixed: '5', note: null },
    { country: 'FR', score: 0.5, paid: true, mixed: '=1+1', note: null },
  ]

  test.each([
    ['a refused event', refused],
    ['an erased row', { kind: 'erased' }],
  ])('stay if a file begins with %s', async (_, first) => {
    const folder = folderWithout(first)
    await compact(folder)
    const store = await opened(folder)
    const path = join(folder, 'day=2026-02-02.parquet')
    expect(
      await store.query(
        `select country, score, paid, mixed, note from read_parquet('${path}') where country is not null order by time`,
      ),
    ).toEqual(added)
  })

  test('are exported, from lines and from compacted days', async () => {
    const folder = folderWithout(refused)
    const exported = async (name: string): Promise<readonly string[]> => {
      const path = join(temporaryFolder(), name)
      expect(await exportEvents(folder, path)).toBe(3)
      return readFileSync(path, 'utf8').trim().split('\n')
    }
    const cellsOf = (lines: readonly string[]) =>
      lines
        .map((line) => JSON.parse(line) as Record<string, Cell>)
        .filter(({ country }) => country !== null)
        .map(({ country, score, paid, mixed, note }) => ({ country, score, paid, mixed, note }))
        .sort((a, b) => (String(a.country) < String(b.country) ? -1 : 1))
    expect(cellsOf(await exported('lines.ndjson'))).toEqual(added)
    await compact(folder)
    expect(cellsOf(await exported('days.ndjson'))).toEqual(added)
    const [head, ...rows] = await exported('days.csv')
    expect(head?.split(',').slice(0, 3)).toEqual(['kind', 'id', 'given_id'])
    expect(head).toContain('country')
    expect(rows.join('\n')).toContain("'=1+1")
  })
})
