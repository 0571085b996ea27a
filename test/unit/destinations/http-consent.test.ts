import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ConsentState } from '../../../src/engine/types.ts'
import type { Database, Writes } from '../../../src/platform/platform.ts'
import { createManualPlatform } from '../../../src/testing/manual-platform.ts'
import { drain, openHttpTab } from '../../support/http-tab.ts'
import type { Answer } from '../../support/scripted-network.ts'

describe('while the answer is pending', () => {
  test('a copy waits in memory, and goes at the grant', async () => {
    const tab = await openHttpTab({ consent: 'pending' })
    tab.add('a', { priority: 'critical' })
    await tab.lane.flush('flush')
    await tab.lane.flush('hidden')
    await tab.pass(10_000)
    expect(tab.ends()).toEqual({ a: 'held' })
    expect(tab.net.requests).toEqual([])
    expect(tab.platform.stored()).toEqual({})
    tab.decide('granted')
    expect(tab.ends()).toEqual({ a: 'queued' })
    await tab.pass(2_000)
    expect(tab.last('a')).toMatchObject({ state: 'sent', attempts: 1 })
  })

  test('rows of an earlier visit are neither read nor sent until the grant', async () => {
    const earlier = await openHttpTab()
    earlier.net.disconnect()
    earlier.add('a')
    await drain()
    earlier.lane.dispose()
    let reads = 0
    const tab = await openHttpTab({
      platform: earlier.platform.reload(),
      consent: 'pending',
      watch: (database) => ({
        ...database,
        readAll: (prefix) => {
          reads++
          return database.readAll(prefix)
        },
      }),
    })
    await tab.pass(60_000)
    expect([reads, tab.net.requests]).toEqual([0, []])
    tab.decide('granted')
    await drain()
    expect(tab.net.arrived).toEqual(['a'])
    expect(tab.news).toEqual([expect.objectContaining({ id: undefined, state: 'sent', attempts: 1 })])
  })

  test('a failure that comes in then is held', async () => {
    const tab = await openHttpTab()
    tab.net.always('wait')
    tab.add('a')
    await tab.pass(2_000)
    tab.decide('pending')
    tab.net.answer(503)
    await tab.pass(600_000)
    expect(tab.last('a')).toMatchObject({ state: 'held', attempts: 1 })
    expect(tab.net.requests).toHaveLength(1)
    tab.net.always(200)
    tab.decide('granted')
    await drain()
    expect(tab.ends()).toEqual({ a: 'sent' })
  })
})

describe('when it is denied', () => {
  test('a copy ends', async () => {
    const tab = await openHttpTab({ consent: 'denied' })
    tab.add('a')
    await tab.pass(10_000)
    expect(tab.ends()).toEqual({ a: 'denied' })
    expect([tab.net.requests, tab.rows()]).toEqual([[], []])
  })

  test('one that the claim has stored is taken back', async () => {
    const tab = await openHttpTab()
    const copy = tab.copyOf('a')
    const writes = tab.lane.rowsOf?.(copy) ?? new Map()
    const database = await tab.platform.openDatabase('test')
    await database.update([], () => writes)
    expect(tab.rows()).toEqual(['a'])
    tab.decide('denied')
    await database.update([], () => writes)
    tab.lane.add(copy, true)
    await drain()
    expect(tab.rows()).toEqual([])
    expect(tab.lane.rowsOf?.(copy).size).toBe(0)
  })

  test('what waits, retries or is stored ends; the row of nobody is cleared', async () => {
    const tab = await openHttpTab()
    const other = await openHttpTab({ platform: tab.platform.openTab() })
    other.net.disconnect()
    other.add('theirs')
    tab.net.always(503)
    tab.add('a')
    await tab.lane.flush('flush')
    tab.add('b')
    await drain()
    tab.decide('denied')
    await tab.pass(600_000)
    expect(tab.ends()).toEqual({ a: 'denied', b: 'denied' })
    expect(tab.platform.stored()).toEqual({})
    expect(tab.net.requests).toHaveLength(1)
  })

  test('a request in flight is aborted, recorded, and not repeated', async () => {
    const tab = await openHttpTab()
    tab.net.always('wait')
    tab.add('a')
    await tab.pass(2_000)
    tab.decide('denied')
    expect(tab.net.requests[0]?.request.signal?.aborted).toBe(true)
    await tab.pass(60_000)
    expect(tab.last('a')).toMatchObject({ state: 'denied', error: 'in-flight-at-withdrawal' })
    expect(tab.net.requests).toHaveLength(1)
  })

  test('in another visit: rows and spills go as soon as storage is there', async () => {
    const earlier = await openHttpTab()
    earlier.net.disconnect()
    earlier.add('a')
    await drain()
    earlier.add('b')
    earlier.lane.leave()
    earlier.lane.dispose()
    await drain()
    expect(earlier.spills()).toHaveLength(1)
    const tab = await openHttpTab({ platform: earlier.platform.reload(), consent: 'denied' })
    await drain()
    expect(tab.platform.stored()).toEqual({})
  })

  test('withdrawn and granted again within a lease: nothing of before goes', async () => {
    const platform = createManualPlatform()
    const earlier = await openHttpTab({ platform })
    earlier.net.disconnect()
    earlier.add('a')
    await drain()
    earlier.lane.dispose()
    platform.advance(60_000)
    for (let turns = 0; turns < 30; turns++) {
      const tab = await openHttpTab({ platform: platform.openTab(), consent: 'pending' })
      tab.decide('granted')
      tab.decide('denied')
      tab.decide('pending')
      await drain()
      earlier.lane.dispose()
      const seeded = await platform.openDatabase('test')
      const row = { payload: '{"id":"a"}', time: platform.now(), attempts: 0, leaseBy: 'x', leaseUntil: 0 }
      await seeded.update([], () => new Map([['outbox:http:a', row]]))
      tab.decide('granted')
      await drain(turns)
      const before = tab.net.requests.length
      tab.decide('denied')
      tab.decide('granted')
      await tab.pass(1_000)
      expect(tab.net.requests.slice(before)).toEqual([])
      tab.lane.dispose()
    }
  })
})

test('storage that comes or goes', async () => {
  const tab = await openHttpTab({ stored: false })
  tab.net.disconnect()
  tab.add('a')
  await drain()
  await tab.giveStorage()
  await drain()
  expect(tab.rows()).toEqual(['a'])
  tab.takeStorage()
  tab.add('b')
  tab.net.connect()
  await drain()
  expect([...tab.net.arrived].sort()).toEqual(['a', 'b'])
})

const step = fc.oneof(
  fc
    .constantFrom<ConsentState>('pending', 'granted', 'denied')
    .map((to) => ({ what: 'decide' as const, to })),
  fc
    .constantFrom<Answer>(200, 413, 503, 'fail', 'wait', 400)
    .map((answer) => ({ what: 'answer' as const, answer })),
  fc.nat(40_000).map((ms) => ({ what: 'pass' as const, ms })),
  fc.nat(20).map((turns) => ({ what: 'drain' as const, turns })),
  fc
    .constantFrom(
      ...(['add', 'critical', 'hidden', 'flush', 'leave', 'restored', 'online', 'offline', 'other'] as const),
    )
    .map((what) => ({ what })),
)

test('no request starts and no row is written unless it is granted', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 25 }), async (steps) => {
      let consent: ConsentState = 'pending'
      const wrong: string[] = []
      const written = (writes: Writes | undefined) => {
        for (const [key, row] of writes ?? []) if (row && consent !== 'granted') wrong.push(`wrote ${key}`)
        return writes
      }
      const watch = (database: Database): Database => ({
        ...database,
        update: (keys, change) => database.update(keys, (rows) => written(change(rows))),
        put: (rows) => {
          written(rows)
          database.put(rows)
        },
      })
      const tab = await openHttpTab({
        consent,
        watch,
        onStart: (ids) => {
          if (consent !== 'granted') wrong.push(`sent ${ids}`)
        },
      })
      let count = 0
      for (const one of steps) {
        if (one.what === 'decide') {
          consent = one.to
          tab.decide(one.to)
        } else if (one.what === 'answer') tab.net.always(one.answer)
        else if (one.what === 'pass') {
          tab.platform.advance(one.ms)
          await drain(100)
        } else if (one.what === 'drain') await drain(one.turns)
        else if (one.what === 'add') tab.add(`e${count++}`)
        else if (one.what === 'critical') tab.add(`e${count++}`, { priority: 'critical' })
        else if (one.what === 'hidden' || one.what === 'flush') void tab.lane.flush(one.what)
        else if (one.what === 'leave') tab.lane.leave()
        else if (one.what === 'restored') tab.lane.restored()
        else if (one.what === 'online') tab.net.connect()
        else if (one.what === 'offline') tab.net.disconnect()
        else {
          // Another page has left something, with consent.
          const database = await tab.platform.openDatabase('test')
          const row = { payload: `{"id":"o${count}"}`, time: tab.platform.now(), leaseBy: 'x', leaseUntil: 0 }
          if (consent === 'granted')
            await database.update([], () => new Map([[`outbox:http:o${count}`, row]]))
        }
      }
      expect(wrong).toEqual([])
      consent = 'denied'
      tab.decide('denied')
      await drain()
      expect(tab.rows()).toEqual([])
      expect(tab.spills()).toEqual([])
      // Whatever happens, everything has an end that can be told.
      for (const state of Object.values(tab.ends())) {
        expect(['sent', 'rejected', 'denied', 'expired', 'unknown']).toContain(state)
      }
      tab.lane.dispose()
    }),
    { numRuns: 300 },
  )
})
