import { expect, test } from 'vitest'
import { endEpoch, enterEpoch } from '../../../src/engine/storage/epoch.ts'
import type { Row } from '../../../src/platform/platform.ts'
import { createManualPlatform } from '../../../src/testing/manual-platform.ts'

/** A tab in its epoch, and the storage under it, in which another tab may withdraw. */
async function enter() {
  const platform = createManualPlatform()
  const database = await platform.openDatabase('rmc1:acme')
  let over = 0
  const { local, newId } = platform
  const { epoch } = await enterEpoch(
    { database, local, newId, stands: () => true, onOver: () => over++, onCleared: () => {} },
    [],
    () => undefined,
  )
  return { epoch, database, local: platform.local, over: () => over }
}
const row = (): ReadonlyMap<string, Row> => new Map([['a', { count: 1 }]])

test('in its epoch a tab writes', async () => {
  const { epoch, database, local } = await enter()
  epoch.local.set('a', '1')
  await epoch.database.update([], row)
  expect([local.get('a'), (await database.readAll('a')).size]).toEqual(['1', 1])
})

test('where another tab has erased it, nothing is written: neither to local storage nor in the last task of a page', async () => {
  const { epoch, database, local, over } = await enter()
  for (const key of local.keys()) local.remove(key)
  await database.clear('')
  epoch.local.set('a', '1')
  epoch.database.put(row())
  await expect(epoch.database.update([], row)).rejects.toThrow('consent was withdrawn')
  expect([local.keys(), [...(await database.readAll('')).keys()], over()]).toEqual([[], [], 1])
})

test('nor in the epoch of a user who has agreed again elsewhere', async () => {
  const { epoch, database, local } = await enter()
  local.set('epoch', 'another')
  await database.update([], () => new Map([['epoch', { id: 'another' }]]))
  epoch.local.set('a', '1')
  epoch.database.put(row())
  await expect(epoch.database.update([], row)).rejects.toThrow()
  expect([local.get('a'), (await database.readAll('a')).size]).toEqual([undefined, 0])
})

test('a tab that hears late of a withdrawal clears what was stored before, and nothing of a later epoch', async () => {
  const { epoch, database } = await enter()
  await epoch.database.update([], row)
  await database.update([], () => new Map([['epoch', { id: 'another' }]]))
  expect(await endEpoch(database, epoch.id)).toBe(false)
  expect([...(await database.readAll('')).keys()].sort()).toEqual(['a', 'epoch'])
  expect(await endEpoch(database, 'another')).toBe(true)
  expect([...(await database.readAll('')).keys()]).toEqual([])
})
