import { dirname, join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { ndjson } from '../../../src/collector/node/ndjson.ts'
import type { EventRow } from '../../../src/collector/rows/row.ts'
import { temporaryFolder } from '../../support/start-collector-process.ts'
import { storedRows } from '../../support/stored-rows.ts'

const synced = vi.hoisted(() => [] as string[])

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>()
  const open = async (path: string, flags: string) => {
    const handle = await real.open(path, flags)
    const sync = handle.sync.bind(handle)
    handle.sync = async () => {
      await sync()
      synced.push(path)
    }
    return handle
  }
  return { ...real, open }
})

test.skipIf(process.platform === 'win32')(
  'the names of a new file and of its folder are on disk with the rows',
  async () => {
    const dir = temporaryFolder()
    const sink = ndjson({ dir })
    await sink.append([{ id: 'a' } as EventRow])
    await sink.close?.()
    const [file = ''] = storedRows(dir).files
    expect(synced).toEqual([join(dir, dirname(file)), dir])
  },
)
