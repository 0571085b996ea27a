import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { eraseIndexedDb, openIndexedDb } from '../../../src/platform/indexed-db.ts'
import { describeDatabase } from '../../support/database-conformance.ts'

let name: string
let count = 0
beforeEach(() => {
  count++
  name = `rmc-test-${count}`
  return remove(name)
})

const settle = (request: IDBOpenDBRequest) =>
  new Promise<string>((resolve) => {
    request.onsuccess = () => resolve('success')
    request.onerror = () => resolve('error')
    request.onblocked = () => resolve('blocked')
  })
const remove = (database: string) => settle(indexedDB.deleteDatabase(database))

describeDatabase('IndexedDB', () => openIndexedDb(name))

test('a database of another version is refused, not repaired', async () => {
  const request = indexedDB.open(name, 7)
  await settle(request)
  request.result.close()
  await expect(openIndexedDb(name)).rejects.toBeDefined()
})

test('one without our store refuses each step', async () => {
  const request = indexedDB.open(name, 1)
  await settle(request)
  request.result.close()
  const database = await openIndexedDb(name)
  await expect(database.readAll('')).rejects.toBeDefined()
  await expect(database.update(['a'], () => new Map([['a', {}]]))).rejects.toBeDefined()
  database.close()
})

test('makes way for whoever wants to delete the database', async () => {
  const database = await openIndexedDb(name)
  await database.update(['a'], () => new Map([['a', { count: 1 }]]))
  expect(await remove(name)).toBe('success')
  await expect(database.readAll('')).rejects.toBeDefined()
})

const databases = async () => (await indexedDB.databases()).map((each) => each.name)

test('erasing leaves neither row nor database, and makes none where there is none', async () => {
  await eraseIndexedDb(name)
  expect(await databases()).not.toContain(name)
  const database = await openIndexedDb(name)
  await database.update([], () => new Map([['a', { count: 1 }]]))
  await eraseIndexedDb(name)
  expect(await databases()).not.toContain(name)
  await expect(database.readAll('')).rejects.toBeDefined()
  const next = await openIndexedDb(name)
  expect(await next.readAll('')).toEqual(new Map())
  next.close()
})

test('erasing does not wait for a connection that does not close; the database goes with that', async () => {
  const opening = indexedDB.open(name, 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore('rows')
  const foreign = await new Promise<IDBDatabase>((resolve) => {
    opening.onsuccess = () => resolve(opening.result)
  })
  await eraseIndexedDb(name)
  foreign.close()
  await expect.poll(databases).not.toContain(name)
})

test('a database that the page deletes is told as lost, once', async () => {
  const name = `deleted ${crypto.randomUUID()}`
  let lost = 0
  const database = await openIndexedDb(name, () => lost++)
  await new Promise((resolve) => {
    indexedDB.deleteDatabase(name).onsuccess = resolve
  })
  expect(lost).toBe(1)
  await expect(database.update([], () => undefined)).rejects.toThrow()
})

test.each([
  ['is missing', undefined],
  [
    'throws',
    () => {
      throw new DOMException('not active', 'InvalidStateError')
    },
  ],
])('a transaction whose commit() %s commits by itself', async (_, commit) => {
  const right = IDBTransaction.prototype.commit
  Object.assign(IDBTransaction.prototype, { commit })
  onTestFinished(() => void Object.assign(IDBTransaction.prototype, { commit: right }))
  const database = await openIndexedDb(name)
  await database.update(['a'], () => new Map([['a', { count: 1 }]]))
  await database.update([], () => new Map([['b', { count: 2 }]]))
  database.put(new Map([['c', { count: 3 }]]))
  expect([...(await database.readAll('')).keys()]).toEqual(['a', 'b', 'c'])
  database.close()
})

test('a change that throws rejects, writes nothing, and is no error of the page', async () => {
  const errors: unknown[] = []
  const hear = (event: ErrorEvent) => errors.push(event.error)
  addEventListener('error', hear)
  onTestFinished(() => removeEventListener('error', hear))
  const database = await openIndexedDb(name)
  const failing = () => {
    throw new Error('a bug of ours')
  }
  await expect(database.update(['a'], failing)).rejects.toBeDefined()
  await expect(database.update([], failing)).rejects.toBeDefined()
  expect(await database.readAll('')).toEqual(new Map())
  expect(errors).toEqual([])
  database.close()
})
