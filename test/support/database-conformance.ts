import { describe, expect, test } from 'vitest'
import type { Database, Row, Writes } from '../../src/platform/platform.ts'

const one = (row: Row | undefined) => ((row?.['count'] as number | undefined) ?? 0) + 1

const rows = (writes: Record<string, Row | null>): Writes => new Map(Object.entries(writes))

/** What the engine relies on: IndexedDB must do it, and the manual platform must do the same. */
export function describeDatabase(what: string, openAnother: () => Promise<Database>): void {
  describe(what, () => {
    test('keeps what update() writes, and says so', async () => {
      const database = await openAnother()
      const written = await database.update(['a', 'b'], () => rows({ a: { count: 1 }, b: { count: 2 } }))
      expect(written).toEqual({ written: true, rows: [{ count: 1 }, { count: 2 }] })
      const other = await openAnother()
      expect(await other.update(['b', 'c'], () => undefined)).toEqual({
        written: false,
        rows: [{ count: 2 }, undefined],
      })
    })

    test('writes and removes without reading, and next to what it reads', async () => {
      const database = await openAnother()
      await database.update([], () => rows({ a: { count: 1 }, b: { count: 2 }, c: { count: 3 } }))
      const after = await database.update(['a', 'b'], ([a]) =>
        rows({ b: null, c: null, d: { count: one(a) } }),
      )
      expect(after).toEqual({ written: true, rows: [{ count: 1 }, undefined] })
      expect(Object.fromEntries(await database.readAll(''))).toEqual({ a: { count: 1 }, d: { count: 2 } })
    })

    test('lets one connection at a time read and write: no increment of many is lost', async () => {
      const connections = await Promise.all(Array.from({ length: 4 }, openAnother))
      await Promise.all(
        Array.from({ length: 100 }, (_, index) =>
          connections[index % 4]?.update(['count'], ([row]) => rows({ count: { count: one(row) } })),
        ),
      )
      expect((await connections[0]?.readAll(''))?.get('count')).toEqual({ count: 100 })
    })

    test('gives a claim to exactly one of many', async () => {
      const connections = await Promise.all(Array.from({ length: 8 }, openAnother))
      const answers = await Promise.all(
        connections.map((database) =>
          database.update(['claim'], ([row]) => (row ? undefined : rows({ claim: { times: [1] } }))),
        ),
      )
      expect(answers.filter(({ written }) => written)).toHaveLength(1)
      expect(answers.map(({ rows }) => rows)).toEqual(answers.map(() => [{ times: [1] }]))
    })

    test('does what one connection asks for in that order', async () => {
      const database = await openAnother()
      const first = database.update(['a'], () => rows({ a: { count: 1 } }))
      const cleared = database.clear('')
      const second = database.update(['a'], ([row]) => rows({ a: { count: one(row) } }))
      database.put(new Map([['b', { count: 7 }]]))
      await Promise.all([first, cleared, second])
      const third = await database.update(['a', 'b'], () => undefined)
      expect(third.rows).toEqual([{ count: 1 }, { count: 7 }])
    })

    test('reads and clears by prefix', async () => {
      const database = await openAnother()
      database.put(new Map(['user:a', 'user:b', 'session:a', 'user'].map((key) => [key, { key }])))
      expect([...(await database.readAll('user:')).keys()].sort()).toEqual(['user:a', 'user:b'])
      await database.clear('user:a')
      await database.clear('session:')
      expect([...(await database.readAll('')).keys()].sort()).toEqual(['user', 'user:b'])
    })

    test('gives copies: what a caller changes later is not stored', async () => {
      const database = await openAnother()
      const row = { times: [1] }
      await database.update(['a'], () => new Map([['a', row]]))
      row.times.push(2)
      expect((await database.readAll('')).get('a')).toEqual({ times: [1] })
    })

    test('once the page is left, gives up what has not read, and only puts and clears until it is back', async () => {
      const database = await openAnother()
      await database.update([], () => rows({ a: { count: 1 }, old: {} }))
      const pending = database.update(['a'], ([a]) => rows({ a: { count: one(a) } }))
      database.leave()
      database.put(rows({ b: { count: 1 } }))
      await expect(pending).rejects.toThrow('left')
      await expect(database.update([], () => rows({ c: {} }))).rejects.toThrow('left')
      await expect(database.readAll('')).rejects.toThrow('left')
      await database.clear('old')
      database.back()
      expect(Object.fromEntries(await database.readAll(''))).toEqual({ a: { count: 1 }, b: { count: 1 } })
    })

    test('refuses after close(), without a throw', async () => {
      const database = await openAnother()
      database.close()
      await expect(database.update(['a'], () => rows({ a: {} }))).rejects.toBeDefined()
      await expect(database.readAll('')).rejects.toBeDefined()
      await expect(database.clear('')).rejects.toBeDefined()
      expect(() => database.put(new Map([['a', {}]]))).not.toThrow()
    })
  })
}
