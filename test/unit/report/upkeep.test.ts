import { copyFileSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pid } from 'node:process'
import { expect, test } from 'vitest'
import { simulate } from '../../../src/cli/demo/simulate.ts'
import { writeStore } from '../../../src/cli/demo/write-store.ts'
import { createCollector } from '../../../src/collector/create-collector.ts'
import { ndjson } from '../../../src/collector/node/ndjson.ts'
import { emptyRow } from '../../../src/collector/rows/empty-row.ts'
import type { EventRow } from '../../../src/collector/rows/row.ts'
import { report } from '../../../src/report/report.ts'
import { compact } from '../../../src/report/upkeep/compact.ts'
import { erase } from '../../../src/report/upkeep/erase.ts'
import { withLock } from '../../../src/report/upkeep/maintenance-lock.ts'
import { posting } from '../../support/collecting.ts'
import {
  DAY,
  manifestWith,
  opened,
  row,
  START,
  temporaryFolder,
  uuid,
} from '../../support/report/event-rows.ts'
import { fullBatch, plan, smallBatch } from '../../support/wire-batches.ts'

const until = Date.parse('2026-02-06')
const period = { from: '2026-02-03', to: '2026-02-05' }
const manifest = manifestWith({ page_view: {}, pricing_clicked: {}, demo_booked: { macro: true } })

/** Three days of users, some of whose clocks are two hours slow, so that a folder has rows of two days. */
function threeDays(): string {
  const folder = temporaryFolder()
  writeStore(folder, manifest, simulate({ users: 150, days: 3, until, seed: 3, copies: 0.2 }))
  return folder
}

async function countsOf(folder: string) {
  const store = await opened(folder)
  const { totals, rates } = await report(store, { period, now: until })
  await store.close()
  return { ...totals, copies: 0, rates: rates.map(({ event, now }) => [event, now.k, now.n]) }
}

test('a report is the same whenever a compaction was killed, and the next one completes it', async () => {
  const before = threeDays()
  const truth = await countsOf(before)
  const after = temporaryFolder()
  cpSync(before, after, { recursive: true })
  await compact(after, { now: until + DAY })
  const written = readdirSync(after).filter((name) => name.endsWith('.parquet'))
  const folders = readdirSync(before).filter((name) => /^\d/.test(name))
  expect(written.length).toBeGreaterThanOrEqual(3)
  expect(readdirSync(after).filter((name) => /^\d/.test(name))).toEqual([])

  // Days are written one by one, each under another name first, and only then are the lines deleted.
  const killedAfter = async (days: number, deleted: number) => {
    const folder = temporaryFolder()
    cpSync(before, folder, { recursive: true })
    for (const name of written.slice(0, days)) copyFileSync(join(after, name), join(folder, name))
    writeFileSync(join(folder, `${written[days] ?? written[0]}.draft`), 'PAR1 half')
    writeFileSync(join(folder, 'maintenance.lock'), '999999999')
    for (const name of folders.slice(0, deleted)) rmSync(join(folder, name), { recursive: true })
    expect(await countsOf(folder)).toEqual(truth)
    await compact(folder, { now: until + DAY })
    expect(await countsOf(folder)).toEqual(truth)
    expect(readdirSync(folder).filter((name) => !/parquet$|^plans$/.test(name))).toEqual([])
  }
  await killedAfter(0, 0)
  await killedAfter(2, 0)
  await killedAfter(written.length, 1)
})

test('today’s files stay as they are, and old days are deleted', async () => {
  const folder = threeDays()
  const today =
    readdirSync(folder)
      .filter((name) => /^\d/.test(name))
      .at(-1) ?? ''
  const content = readFileSync(join(folder, today, 'simulated.ndjson'), 'utf8')
  await compact(folder, { now: Date.parse(today) + 12 * 3_600_000 })
  expect(readFileSync(join(folder, today, 'simulated.ndjson'), 'utf8')).toBe(content)
  const { deleted } = await compact(folder, { now: Date.parse(today) + 2 * DAY, keep: '2d' })
  expect(deleted.length).toBeGreaterThan(0)
  expect(readdirSync(folder).filter((name) => name.includes(deleted[0] ?? ''))).toEqual([])
})

test('two at a time are refused', async () => {
  const folder = threeDays()
  writeFileSync(join(folder, 'maintenance.lock'), String(pid))
  await expect(compact(folder)).rejects.toThrow('RMC609')
  await expect(erase(folder, { anonymousId: uuid(1) })).rejects.toThrow('RMC609')
})

test('a lock whose holder has not written its id yet is held', async () => {
  const folder = threeDays()
  writeFileSync(join(folder, 'maintenance.lock'), '')
  await expect(compact(folder)).rejects.toThrow('RMC609')
})

test('of several that find the lock of a process that was killed, one at a time goes on', async () => {
  // Many rounds, because the order of their reads and writes is that of the system.
  for (let round = 0; round < 80; round++) {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'maintenance.lock'), '999999999')
    let [inside, most] = [0, 0]
    const task = async () => {
      most = Math.max(most, ++inside)
      await new Promise((done) => setTimeout(done, 10))
      inside--
    }
    await Promise.allSettled(Array.from({ length: 8 }, () => withLock(folder, task)))
    expect(most).toBe(1)
    expect(readdirSync(folder)).toEqual([])
  }
})

const days = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.parquet'))

test('compaction keeps both of two plans with one id of their own, and any column that enrich adds', async () => {
  const folder = temporaryFolder()
  const order = { id: uuid(77), given_id: '1001', copy: 'a' }
  const rows = [
    row('purchase', 0, { ...order, plan: 'shop-de' }),
    row('purchase', 0, { ...order, plan: 'shop-at' }),
  ]
  writeStore(folder, manifest, [rows])
  await compact(folder, { now: START + 2 * DAY })
  const store = await opened(folder)
  expect(await store.query(`select plan from ${store.rows} order by plan`)).toEqual([
    { plan: 'shop-at' },
    { plan: 'shop-de' },
  ])
})

test('a folder whose name is a pattern keeps its rows apart from a folder that the pattern matches', async () => {
  const parent = temporaryFolder()
  const folders = ['events[1]', 'events1'].map((name) => join(parent, name))
  for (const [index, folder] of folders.entries()) {
    writeStore(folder, manifest, [[row('page_view', 0, { user: index + 1 })]])
    await compact(folder, { now: START + 2 * DAY })
    writeStore(folder, manifest, [[row('page_view', 1_000, { user: index + 1 })]])
  }
  for (const folder of folders) await compact(folder, { now: START + 2 * DAY })
  for (const [index, folder] of folders.entries()) {
    const store = await opened(folder)
    expect(
      await store.query(
        `select cast(anonymous_id as varchar) as id, count(*) as n from ${store.rows} group by anonymous_id`,
      ),
    ).toEqual([{ id: uuid(index + 1), n: 2 }])
  }
})

test('rows are kept by the time of receipt, however wrong the clock of the browser is', async () => {
  const folder = temporaryFolder()
  const wrong = (day: string, cells: Partial<EventRow> = {}) =>
    row('page_view', 0, { day, time_raw: Date.parse(day), ...cells })
  const received = START + 30 * DAY
  // Rows of other tools may not say when they were received.
  const unsaid = wrong('1970-01-01', { received_at: null as never })
  const rows = [
    wrong('1970-01-01'),
    wrong('1970-01-01', { received_at: received }),
    unsaid,
    wrong('2099-01-01'),
  ]
  writeStore(folder, manifest, [rows])
  await compact(folder, { now: received + 2 * DAY })
  expect(days(folder)).toEqual(['day=1970-01-01.parquet', 'day=2099-01-01.parquet'])
  const { deleted } = await compact(folder, { now: received + 2 * DAY, keep: '10d' })
  expect(deleted).toEqual(['2099-01-01'])
  const store = await opened(folder)
  expect(await store.query(`select day, received_at from ${store.rows} order by received_at`)).toEqual([
    { day: '1970-01-01', received_at: received },
    { day: '1970-01-01', received_at: null },
  ])
})

test('a refused event counts once while a compaction that was killed has left it twice', async () => {
  const folder = temporaryFolder()
  const refused: EventRow = {
    ...emptyRow,
    id: uuid(5),
    received_at: START,
    day: '2026-02-02',
    site_day: '2026-02-02',
  }
  writeStore(folder, manifest, [[row('page_view', 0), refused]])
  const before = temporaryFolder()
  cpSync(folder, before, { recursive: true })
  await compact(folder, { now: START + 2 * DAY })
  cpSync(join(before, '2026-02-02'), join(folder, '2026-02-02'), { recursive: true })
  const { quality, totals } = await report(await opened(folder), {
    period: { from: '2026-02-02', to: '2026-02-02' },
  })
  expect([totals.events, quality.refused]).toEqual([1, 1])
})

test('a person without an id has no rows to erase', async () => {
  const folder = temporaryFolder()
  writeStore(folder, manifest, [[row('page_view', 0), row('page_view', DAY, { user: 2 })]])
  await compact(folder, { now: START + DAY + DAY / 2 })
  for (const person of [{ userId: '' }, { anonymousId: '' }, {}])
    expect(await erase(folder, person)).toEqual({ rows: 0, files: 0 })
  const store = await opened(folder)
  expect(await store.query(`select count(*) as n from ${store.rows} where kind = 'event'`)).toEqual([
    { n: 2 },
  ])
})

test('erase keeps rows that belong to no profile', async () => {
  const folder = temporaryFolder()
  const none = { anonymous_id: null as unknown as string, user_id: null }
  const theirs = { ...none, user_id: 'u1' }
  const rows = [row('page_view', 0), row('page_view', 1_000, none), row('page_view', 2_000, theirs)]
  writeStore(folder, manifest, [rows, rows.map((each) => ({ ...each, received_at: each.received_at + DAY }))])
  await compact(folder, { now: START + DAY + DAY / 2 })
  expect(await erase(folder, { userId: 'u1' })).toEqual({ rows: 2, files: 2 })
  const store = await opened(folder)
  expect(await store.query(`select count(*) as n from ${store.rows} where kind = 'event'`)).toEqual([
    { n: 4 },
  ])
})

const bytesOf = (folder: string): string =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ndjson|parquet)$/.test(name))
    .map((name) => readFileSync(join(folder, name), 'latin1'))
    .join('')

test('after erase, no byte of the person is in any file, and all others are as before', async () => {
  const folder = temporaryFolder()
  const theirs = { user: 1, user_id: 'ada@example.test' }
  const first = [row('page_view', 0, theirs), row('page_view', 1_000, { user: 2 })]
  writeStore(folder, manifest, [first])
  await compact(folder, { now: START + 2 * DAY })
  const later = [row('page_view', DAY, { user: 1, session: 8 }), row('page_view', DAY, { user: 3 })]
  writeStore(folder, manifest, [later])
  expect(existsSync(join(folder, 'day=2026-02-02.parquet'))).toBe(true)
  expect(await erase(folder, { userId: 'ada@example.test' })).toEqual({ rows: 2, files: 2 })
  const bytes = bytesOf(folder)
  for (const mark of ['ada@example', uuid(1), uuid(1_000_008)]) expect(bytes).not.toContain(mark)
  const store = await opened(folder)
  expect(
    await store.query(
      `select cast(anonymous_id as varchar) as id from ${store.rows} where kind = 'event' order by id`,
    ),
  ).toEqual([{ id: uuid(2) }, { id: uuid(3) }])
  expect((await report(store, { period: { from: '2026-02-02', to: '2026-02-08' } })).quality.unreadable).toBe(
    0,
  )
})

test('a collector goes on writing to a file in which a person was erased', async () => {
  const folder = temporaryFolder()
  const collector = createCollector({ plan, sink: ndjson({ dir: folder }) })
  await collector.fetch(posting(fullBatch(Date.now())))
  const [{ id } = { id: '' }] = await (await opened(folder)).query<{ id: string }>(
    'select cast(anonymous_id as varchar) as id from stored_rows',
  )
  const { rows } = await erase(folder, { anonymousId: id })
  expect(rows).toBeGreaterThan(0)
  await collector.fetch(posting(smallBatch(Date.now())))
  await collector.close()
  const store = await opened(folder)
  expect(
    await store.query(`select kind, count(*) as n from ${store.rows} group by kind order by kind`),
  ).toEqual([
    { kind: 'erased', n: rows },
    { kind: 'event', n: 1 },
  ])
})
