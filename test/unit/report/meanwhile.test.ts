import { expect, test, vi } from 'vitest'
import { writeStore } from '../../../src/cli/demo/write-store.ts'
import { eventFiles } from '../../../src/report/store/event-files.ts'
import { compact } from '../../../src/report/upkeep/compact.ts'
import { manifestWith, row, temporaryFolder } from '../../support/report/event-rows.ts'

/** Called before each folder is listed. */
const beforeListing = vi.hoisted(() => ({ run: async (_path: string): Promise<void> => {} }))

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>()
  const readdir = async (path: string) => {
    await beforeListing.run(path)
    return real.readdir(path)
  }
  return { ...real, readdir }
})

test('a day that is compacted while files are listed is in one of the lists', async () => {
  const folder = temporaryFolder()
  writeStore(folder, manifestWith({}), [[row('page_view', 0)]])
  beforeListing.run = async (path) => {
    if (!path.endsWith('2026-02-02')) return
    beforeListing.run = async () => {}
    await compact(folder)
  }
  const { lines, parquet } = await eventFiles(folder)
  expect([lines.length, parquet.length]).toEqual([0, 1])
})
