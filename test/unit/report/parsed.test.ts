import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeStore } from '../../../src/cli/demo/write-store.ts'
import type { Store } from '../../../src/report/store/store.ts'
import { compact } from '../../../src/report/upkeep/compact.ts'
import { DAY, manifestWith, opened, row, START, temporaryFolder } from '../../support/report/event-rows.ts'

const namesIn = async (store: Store, relation: string) =>
  (await store.query<{ name: string }>(`select name from ${relation} order by name`)).map(({ name }) => name)

test('lines are parsed once, whatever happens to their files; Parquet is read beside them', async () => {
  const folder = temporaryFolder()
  writeStore(folder, manifestWith({}), [[row('compacted', 0), row('compacted', DAY, { user: 2 })]])
  await compact(folder, { now: START + 3 * DAY })
  writeStore(folder, manifestWith({}), [[row('line', 5 * DAY)]])
  const store = await opened(folder)
  const relation = await store.parsed(['name', 'kind'])
  rmSync(join(folder, '2026-02-07'), { recursive: true })
  expect(await namesIn(store, relation)).toEqual(['compacted', 'compacted', 'line'])
  await expect(namesIn(store, store.rows)).rejects.toThrow('2026-02-07')
})
