import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test, vi } from 'vitest'
import { writeStore } from '../../../src/cli/demo/write-store.ts'
import { eventFiles } from '../../../src/report/store/event-files.ts'
import { compact } from '../../../src/report/upkeep/compact.ts'
import { erase } from '../../../src/report/upkeep/erase.ts'
import { DAY, manifestWith, opened, row, START, temporaryFolder } from '../../support/report/event-rows.ts'

/** Called before a folder is listed or a file is renamed. */
const before = vi.hoisted(() => ({
  listing: async (_path: string): Promise<void> => {},
  renaming: async (): Promise<void> => {},
}))

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>()
  const readdir = async (path: string) => {
    await before.listing(path)
    return real.readdir(path)
  }
  const rename = async (from: string, to: string) => {
    await before.renaming()
    await real.rename(from, to)
  }
  return { ...real, readdir, rename }
})

beforeEach(() => {
  before.listing = async () => {}
  before.renaming = async () => {}
})

const manifest = manifestWith({})
const eventsIn = async (folder: string) => {
  const store = await opened(folder)
  const [found] = await store.query(`select count(distinct id) as n from ${store.rows} where kind = 'event'`)
  return found?.['n']
}

test('a day that is compacted while files are listed is in one of the lists', async () => {
  const folder = temporaryFolder()
  writeStore(folder, manifest, [[row('page_view', 0)]])
  before.listing = async (path) => {
    if (!path.endsWith('2026-02-02')) return
    before.listing = async () => {}
    await compact(folder)
  }
  const { lines, parquet } = await eventFiles(folder)
  expect([lines.length, parquet.length]).toEqual([0, 1])
})

test('a row that a slow process appends to a day while it is compacted stays, and is compacted next', async () => {
  const folder = temporaryFolder()
  writeStore(folder, manifest, [[row('page_view', 0)]])
  before.renaming = async () => {
    before.renaming = async () => {}
    appendFileSync(
      join(folder, '2026-02-02', 'simulated.ndjson'),
      `${JSON.stringify(row('page_view', 1_000))}\n`,
    )
  }
  await compact(folder)
  expect(await eventsIn(folder)).toBe(2)
  await compact(folder)
  expect(await eventsIn(folder)).toBe(2)
  expect((await eventFiles(folder)).lines).toEqual([])
})

test('an erase that was interrupted can be repeated', async () => {
  const folder = temporaryFolder()
  writeStore(folder, manifest, [[row('page_view', 0), row('page_view', 0, { user: 2 })]])
  await compact(folder, { now: START + 1.5 * DAY })
  // Only this row says which profile is the user's.
  writeStore(folder, manifest, [[row('page_view', DAY, { user_id: 'ada' })]])
  before.renaming = async () => {
    throw new Error('killed')
  }
  await expect(erase(folder, { userId: 'ada' })).rejects.toThrow('killed')
  before.renaming = async () => {}
  expect(await erase(folder, { userId: 'ada' })).toEqual({ rows: 2, files: 2 })
  expect(await eventsIn(folder)).toBe(1)
})
