import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ConsentState } from '../../../src/engine/permission/consent-types.ts'
import { drain, openHttpTab, WRITTEN_MS } from '../../support/http-tab.ts'
import type { Answer } from '../../support/scripted-network.ts'

describe('while the answer is pending', () => {
  test('a copy waits in memory, and goes at the grant', async () => {
    const tab = await openHttpTab({ consent: 'pending' })
    tab.add('a', { urgency: 'critical' })
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
    await earlier.pass(WRITTEN_MS)
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
    await tab.pass(WRITTEN_MS)
    const { length } = tab.net.requests
    tab.decide('denied')
    await tab.pass(600_000)
    expect(tab.ends()).toEqual({ a: 'denied', b: 'denied' })
    expect(tab.platform.stored()).toEqual({})
    expect(tab.net.requests).toHaveLength(length)
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
    await earlier.pass(WRITTEN_MS)
    earlier.add('b')
    earlier.lane.leave()
    earlier.lane.dispose()
    await drain()
    expect(earlier.spills()).toHaveLength(1)
    const tab = await openHttpTab({ platform: earlier.platform.reload(), consent: 'denied' })
    await drain()
    expect(tab.platform.stored()).toEqual({})
  })

  test('withdrawn and granted again, at any moment: nothing of before goes', async () => {
    for (let turns = 0; turns < 40; turns++) {
      const tab = await openHttpTab({ consent: 'pending' })
      const database = await tab.platform.openDatabase('test')
      const row = {
        payload: '{"id":"a"}',
        time: tab.platform.now(),
        attempts: 0,
        leaseBy: 'x',
        leaseUntil: 0,
      }
      await database.update([], () => new Map([['outbox:http:a', row]]))
      tab.decide('granted')
      tab.add('b')
      await drain(turns)
      const before = tab.net.requests.length
      tab.decide('denied')
      tab.decide('granted')
      await tab.pass(40_000)
      expect(tab.net.requests.slice(before)).toEqual([])
      expect(tab.rows()).toEqual([])
    }
  })

  test('undecided again, at any moment: nothing starts, nothing is written, nothing is lost', async () => {
    for (let turns = 0; turns < 40; turns++) {
      const tab = await openHttpTab({ consent: 'pending' })
      const row = {
        payload: '{"id":"a"}',
        time: tab.platform.now(),
        attempts: 0,
        leaseBy: 'x',
        leaseUntil: 0,
      }
      const database = await tab.platform.openDatabase('test')
      await database.update([], () => new Map([['outbox:http:a', row]]))
      tab.platform.local.set(
        'outbox:http:spill:x',
        JSON.stringify([{ id: 'c', row: { ...row, payload: '{"id":"c"}' } }]),
      )
      tab.decide('granted')
      tab.add('b')
      await drain(turns)
      tab.decide('pending')
      const before = [tab.net.requests.length, tab.rows().sort()]
      await tab.pass(5_000)
      const after = tab.rows().filter((id) => !(before[1] as string[]).includes(id))
      expect([tab.net.requests.length, after]).toEqual([before[0], []])
      tab.decide('granted')
      await tab.pass(40_000)
      expect([...tab.net.arrived].sort()).toEqual(['a', 'b', 'c'])
      expect([tab.rows(), tab.spills()]).toEqual([[], []])
    }
  })

  test('undecided again between the halves of a batch that was too large', async () => {
    const tab = await openHttpTab()
    tab.net.script(413, 'wait')
    tab.add('a')
    tab.add('b')
    await tab.pass(2_000)
    tab.decide('pending')
    tab.net.answer(200)
    await tab.pass(10_000)
    expect(tab.net.batches()).toEqual([['a', 'b'], ['a']])
  })
})

describe('storage that comes or goes', () => {
  test('what is stored is sent, what is not travels from memory', async () => {
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

  test('emptied and given again, at any moment: this page loses nothing', async () => {
    for (let turns = 0; turns < 40; turns++) {
      const tab = await openHttpTab()
      const database = await tab.platform.openDatabase('test')
      tab.net.disconnect()
      tab.add('a')
      await tab.pass(WRITTEN_MS)

      tab.add('c')
      tab.lane.restored()
      await drain(turns)
      tab.takeStorage()
      await database.clear('')
      await tab.giveStorage()
      tab.add('b')
      await drain(turns)
      tab.net.connect()
      await tab.pass(5_000)
      expect([...tab.net.arrived].sort()).toEqual(['a', 'b', 'c'])
      expect(tab.ends()).toEqual({ a: 'sent', b: 'sent', c: 'sent' })
    }
  })
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
      const tab = await openHttpTab({ consent })
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
        else if (one.what === 'critical') tab.add(`e${count++}`, { urgency: 'critical' })
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
      expect(tab.wrong).toEqual([])
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
