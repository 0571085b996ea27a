import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Database } from '../../../src/platform/platform.ts'
import { createManualPlatform } from '../../../src/testing/manual-platform.ts'
import { drain, openHttpTab, PREFIX, WRITTEN_MS } from '../../support/http-tab.ts'

beforeEach(() => {
  const random = vi.spyOn(Math, 'random').mockReturnValue(1)
  return () => random.mockRestore()
})

/** As WebKit: what is written in the last task is lost. */
function dying() {
  let dead = false
  return {
    watch: (database: Database): Database => ({
      ...database,
      put: (rows) => dead || database.put(rows),
      update: (keys, change) => (dead ? new Promise(() => {}) : database.update(keys, change)),
    }),
    die: () => {
      dead = true
    },
    live: () => {
      dead = false
    },
  }
}
const nextPage = async (tab: Awaited<ReturnType<typeof openHttpTab>>) => {
  tab.lane.dispose()
  return openHttpTab({ platform: tab.platform.reload() })
}

describe('hidden', () => {
  test('what waits goes at once, in a request that outlives the page', async () => {
    const tab = await openHttpTab()
    tab.add('a')
    tab.add('b')
    const flushed = tab.lane.flush('hidden')
    expect(tab.net.requests.map(({ ids, request }) => [ids, request.keepalive])).toEqual([[['a', 'b'], true]])
    await flushed
    await drain()
    expect(tab.ends()).toEqual({ a: 'sent', b: 'sent' })
    expect(tab.rows()).toEqual([])
    await tab.pass(10_000)
    expect(tab.net.requests).toHaveLength(1)
  })

  test('at most 48 kB; the rest goes as usual', async () => {
    const tab = await openHttpTab()
    for (let index = 0; index < 10; index++) tab.add(`e${index}`, { size: 6_000 })
    await drain()
    const first = tab.net.requests.length
    for (let index = 0; index < 10; index++) tab.add(`f${index}`, { size: 5_500 })
    void tab.lane.flush('hidden')
    const { request, ids } = tab.net.requests[first]!
    expect(request.keepalive).toBe(true)
    expect(request.body.length).toBeLessThan(48_000)
    expect(ids).toHaveLength(8)
    await tab.pass(5_000)
    expect([...tab.net.arrived].sort()).toEqual([...new Set(tab.net.arrived)].sort())
    expect(tab.net.arrived).toHaveLength(20)
  })

  test('bodies of ours in flight count', async () => {
    const tab = await openHttpTab()
    tab.net.always('wait')
    for (let index = 0; index < 6; index++) tab.add(`e${index}`, { size: 6_000 })
    void tab.lane.flush('hidden')
    for (let index = 0; index < 6; index++) tab.add(`f${index}`, { size: 6_000 })
    void tab.lane.flush('hidden')
    expect(tab.net.requests.map(({ ids }) => ids.length)).toEqual([6, 1])
  })

  test('a failure is tried again', async () => {
    const tab = await openHttpTab()
    tab.net.script('fail')
    tab.add('a')
    await tab.lane.flush('hidden')
    expect(tab.last('a')).toMatchObject({ state: 'retrying', attempts: 1 })
    await tab.pass(1_000)
    expect(tab.ends()).toEqual({ a: 'sent' })
  })

  test('while a batch is about to go, at any moment: once', async () => {
    for (let turns = 0; turns < 40; turns++) {
      const tab = await openHttpTab()
      tab.add('a', { urgency: 'critical' })
      await drain(turns)
      await tab.lane.flush('hidden')
      await tab.pass(5_000)
      expect(tab.net.arrived).toEqual(['a'])
      expect(tab.news.map(({ id, state }) => [id, state])).toEqual([['a', 'sent']])
    }
  })

  test('what is on its way holds nothing up', async () => {
    const tab = await openHttpTab({ options: { batch: { maxEvents: 2 } } })
    tab.net.script('wait')
    tab.add('a')
    void tab.lane.flush('hidden')
    for (const id of ['b', 'c', 'd']) tab.add(id)
    await tab.pass(5_000)
    expect(tab.net.arrived).toEqual(['b', 'c', 'd'])
    tab.net.answer(200)
    await drain()
    expect(tab.net.arrived).toEqual(['b', 'c', 'd', 'a'])
  })

  test('nothing of another tab, and nothing twice', async () => {
    const tab = await openHttpTab()
    const other = await openHttpTab({ platform: tab.platform.openTab() })
    other.add('b')
    await drain()
    tab.net.always('wait')
    tab.add('a')
    await tab.pass(2_000)
    await tab.lane.flush('hidden')
    expect(tab.net.batches()).toEqual([['a']])
    other.lane.dispose()
  })
})

describe('leaving', () => {
  test('what is in an ordinary request goes again: that one is cut', async () => {
    const tab = await openHttpTab()
    tab.net.always('wait')
    tab.add('a')
    await tab.pass(2_000)
    tab.add('b')
    tab.lane.leave()
    expect(tab.net.requests.map(({ ids, request }) => [ids, request.keepalive])).toEqual([
      [['a'], false],
      [['a', 'b'], true],
    ])
    tab.net.answer('fail')
    await drain()
    await tab.lane.flush('hidden')
    tab.net.answer(200)
    await drain()
    expect(tab.news.map(({ id, state }) => [id, state])).toEqual([
      ['a', 'sent'],
      ['b', 'sent'],
    ])
    expect(tab.rows()).toEqual([])
    expect(tab.net.requests).toHaveLength(2)
  })

  test('hidden and left: sent once', async () => {
    const tab = await openHttpTab()
    tab.net.always('wait')
    tab.add('a')
    void tab.lane.flush('hidden')
    tab.lane.leave()
    void tab.lane.flush('hidden')
    tab.lane.leave()
    expect(tab.net.batches()).toEqual([['a']])
    expect(tab.net.beacons).toEqual([])
  })

  test('in several steps: nothing goes twice, and no spill replaces another', async () => {
    const page = dying()
    const tab = await openHttpTab({ watch: page.watch, options: { batch: { maxBytes: 10_000_000 } } })
    tab.net.always('wait')
    for (let index = 0; index < 13; index++) tab.add(`e${index}`, { size: 4_000 })
    await tab.pass(WRITTEN_MS)
    tab.net.leaveBeaconsRoom(12_000)
    page.die()
    tab.add('hidden')
    void tab.lane.flush('hidden')
    tab.add('first')
    tab.lane.leave()
    tab.add('second')
    tab.lane.leave()
    await drain()
    const all = [...tab.net.batches(), ...tab.net.beacons.map(({ ids }) => ids)].flat()
    expect(all).toHaveLength(new Set(all).size)
    expect(tab.net.beacons.map(({ ids }) => ids)).toEqual([['e11', 'e12', 'hidden', 'first']])
    expect(tab.net.batches().at(-1)).toEqual(['second'])
    tab.lane.dispose()
    const next = await openHttpTab({ platform: tab.platform.reload() })
    await next.pass(31_000)
    expect([...next.net.arrived].sort()).toEqual(
      [...Array.from({ length: 13 }, (_, index) => `e${index}`), 'hidden', 'first', 'second'].sort(),
    )
  })

  test('48 kB by a request, then beacons, then it stays stored', async () => {
    const tab = await openHttpTab({ options: { batch: { maxBytes: 10_000_000 } } })
    tab.net.always('wait')
    tab.net.leaveBeaconsRoom(16_000)
    for (let index = 0; index < 20; index++) tab.add(`e${index}`, { size: 4_000 })
    await tab.pass(WRITTEN_MS)
    tab.lane.leave()
    expect(tab.net.requests.map(({ ids }) => ids.length)).toEqual([11])
    expect(tab.net.requests[0]?.request.body.length).toBeLessThan(48_000)
    expect(tab.net.beacons.map(({ ids, type }) => [ids.length, type])).toEqual([[3, 'application/json']])
    expect(tab.last('e11')).toMatchObject({ state: 'unknown', attempts: 1 })
    await drain()
    expect(tab.rows()).toHaveLength(20)

    const next = await nextPage(tab)
    // What was sent and shares a row with what was not goes once more.
    const unsent = ['e14', 'e15', 'e16', 'e17', 'e18', 'e19']
    expect(next.net.arrived.slice(-unsent.length)).toEqual(unsent)
    expect(next.net.arrived).not.toContain('e0')
    await next.pass(11_000)
    expect(next.net.arrived).toHaveLength(20)
    expect(next.rows()).toEqual([])
  })

  test.each([
    ['own origin', { credentials: 'same-origin' }, 1],
    ['own origin, no cookies', { credentials: 'omit' }, 0],
    ['headers', { headers: { authorization: 'token' } }, 0],
    ['another origin, no cookies', { url: 'https://collector.test/' }, 0],
    ['another origin, cookies', { url: 'https://collector.test/', credentials: 'include' }, 1],
  ] as const)('beacons only where a request would have the same cookies: %s', async (_, options, count) => {
    const tab = await openHttpTab({ options: { ...options, batch: { maxBytes: 10_000_000 } } })
    for (let index = 0; index < 15; index++) tab.add(`e${index}`, { size: 4_000 })
    tab.lane.leave()
    expect(Math.min(1, tab.net.beacons.length)).toBe(count)
  })

  test('a request that the browser refuses goes by beacon', async () => {
    const tab = await openHttpTab()
    tab.net.script('fail')
    tab.add('a')
    tab.lane.leave()
    await drain()
    expect(tab.net.beacons.map(({ ids }) => ids)).toEqual([['a']])
    expect(tab.last('a')).toMatchObject({ state: 'unknown' })
  })

  test('not by beacon: what the server has refused, or what consent no longer covers', async () => {
    const refused = await openHttpTab()
    refused.net.script(503)
    refused.add('a')
    refused.lane.leave()
    await drain()
    const withdrawn = await openHttpTab()
    withdrawn.net.script('fail')
    withdrawn.add('a')
    withdrawn.lane.leave()
    withdrawn.decide('pending')
    await drain()
    expect([...refused.net.beacons, ...withdrawn.net.beacons]).toEqual([])
  })

  test('offline: nothing is tried, all of it waits for the next page', async () => {
    const tab = await openHttpTab()
    tab.net.disconnect()
    tab.add('a')
    await tab.pass(WRITTEN_MS)
    tab.lane.leave()
    expect([...tab.net.requests, ...tab.net.beacons]).toEqual([])
    await drain()
    const next = await nextPage(tab)
    expect(next.net.arrived).toEqual(['a'])
  })

  test('what was born there is spilled, and the next page adopts it', async () => {
    const page = dying()
    const tab = await openHttpTab({ watch: page.watch })
    tab.net.always('wait')
    tab.add('stored')
    await tab.pass(WRITTEN_MS)
    page.die()
    tab.add('born')
    tab.lane.leave()
    await drain()
    expect([tab.rows(), tab.spills().length]).toEqual([['stored'], 1])
    tab.lane.dispose()
    const next = await openHttpTab({ platform: tab.platform.reload() })
    expect(next.spills()).toEqual([])
    expect(next.rows()).toContain('born')
    await next.pass(40_000)
    expect([...next.net.arrived].sort()).toEqual(['born', 'stored'])
    expect(next.rows()).toEqual([])
  })

  test('of the spill only so much as fits, over all steps, critical first', async () => {
    const page = dying()
    const tab = await openHttpTab({ watch: page.watch })
    tab.net.disconnect()
    page.die()
    for (let index = 0; index < 4; index++) tab.add(`e${index}`, { size: 190_000 })
    tab.add('critical', { urgency: 'critical', size: 190_000 })
    tab.lane.leave()
    tab.add('late', { size: 190_000 })
    tab.lane.leave()
    const spills = Object.entries(tab.platform.stored()).filter(([key]) => key.includes('spill:'))
    expect(spills.join().length).toBeLessThanOrEqual(500_000)
    await drain()
    tab.lane.dispose()
    const next = await openHttpTab({ platform: tab.platform.reload() })
    await next.pass(5_000)
    expect([...next.net.arrived].sort()).toEqual(['critical', 'e0'])
  })

  test('a hundred events, more than the last requests take: all are there for the next page, once', async () => {
    const page = dying()
    const tab = await openHttpTab({ watch: page.watch, options: { batch: { maxBytes: 10_000_000 } } })
    tab.net.always('wait')
    tab.net.leaveBeaconsRoom(0)
    page.die()
    const ids = Array.from({ length: 100 }, (_, index) => `e${index}`)
    for (const id of ids) tab.add(id, { size: 1_000 })
    tab.lane.leave()
    const [sent] = tab.net.batches()
    expect(sent?.length).toBeGreaterThan(40)
    await drain()
    tab.lane.dispose()
    const next = await openHttpTab({ platform: tab.platform.reload() })
    await next.pass(15_000)
    expect(next.net.arrived).toHaveLength(100)
    expect(new Set(next.net.arrived)).toEqual(new Set(ids))
    expect([next.rows(), next.spills()]).toEqual([[], []])
  })

  test('where not all fits on disk, what the last requests took is left out first', async () => {
    const page = dying()
    const tab = await openHttpTab({ watch: page.watch, options: { batch: { maxBytes: 10_000_000 } } })
    tab.net.always('wait')
    page.die()
    for (let index = 0; index < 4; index++) tab.add(`sent${index}`, { size: 10_000 })
    for (let index = 0; index < 2; index++) tab.add(`unsent${index}`, { size: 230_000 })
    tab.lane.leave()
    expect(tab.net.batches()).toEqual([['sent0', 'sent1', 'sent2', 'sent3']])
    await drain()
    tab.lane.dispose()
    const next = await openHttpTab({ platform: tab.platform.reload() })
    expect(next.net.arrived).toEqual(['unsent0', 'unsent1'])
  })

  test('where deletions of the last task are done, and what was put is lost: nothing is', async () => {
    const tab = await openHttpTab({
      watch: (database) => ({
        ...database,
        put: (rows) => database.put(new Map([...rows].filter(([, row]) => row === null))),
      }),
    })
    tab.net.always(503)
    tab.add('stored')
    await tab.pass(WRITTEN_MS)
    tab.add('fresh')
    tab.lane.leave()
    await drain()
    const next = await nextPage(tab)
    await next.pass(60_000)
    expect([...next.net.arrived].sort()).toEqual(['fresh', 'stored'])
  })

  test('what is born after that, one by one, is stored at once and goes in one request', async () => {
    const page = dying()
    const tab = await openHttpTab({ watch: page.watch })
    tab.net.always('wait')
    tab.add('first')
    tab.lane.leave()
    page.die()
    for (let index = 0; index < 20; index++) {
      tab.add(`e${index}`)
      tab.lane.leave()
    }
    expect(tab.spills()).toHaveLength(21)
    expect(tab.net.batches()).toEqual([['first']])
    await drain()
    expect(tab.net.batches().map((ids) => ids.length)).toEqual([1, 20])
    tab.lane.dispose()
    const next = await openHttpTab({ platform: tab.platform.reload() })
    expect(next.spills()).toEqual([])
    await next.pass(15_000)
    expect(new Set(next.net.arrived).size).toBe(21)
  })

  test('a spill takes no row from the tab that has leased it', async () => {
    const tab = await openHttpTab({ consent: 'pending' })
    const now = tab.platform.now()
    const row = { payload: '{"id":"a"}', time: now, attempts: 0, leaseBy: 'x', leaseUntil: 0 }
    tab.platform.local.set(`${PREFIX}spill:x`, JSON.stringify([{ id: 'a', row }]))
    const database = await tab.platform.openDatabase('test')
    await database.update([], () => new Map([[`${PREFIX}a`, { ...row, leaseUntil: now + 20_000 }]]))
    tab.decide('granted')
    await tab.pass(19_000)
    expect(tab.net.requests).toEqual([])
    await tab.pass(2_000)
    expect(tab.net.arrived).toEqual(['a'])
  })

  test('a broken spill is dropped', async () => {
    const tab = await openHttpTab({ consent: 'pending' })
    tab.platform.local.set(`${PREFIX}spill:x`, '[{"id":3},{"id":"a","row":{"payload":7}}, nonsense')
    tab.platform.local.set(`${PREFIX}spill:y`, '[{"id":3},null,{"id":"a","row":{"payload":7}}]')
    tab.decide('granted')
    await drain()
    expect(tab.spills()).toEqual([])
    expect(tab.rows()).toEqual([])
  })

  test('rows that are no rows are removed', async () => {
    const tab = await openHttpTab({ consent: 'pending' })
    const database = await tab.platform.openDatabase('test')
    await database.update([], () => new Map([[`${PREFIX}x`, { nonsense: 1 }]]))
    tab.decide('granted')
    await tab.pass(5_000)
    expect(tab.rows()).toEqual([])
    expect(tab.net.requests).toEqual([])
  })

  test('without consent nothing goes, and nothing stays', async () => {
    const tab = await openHttpTab({ consent: 'pending' })
    tab.add('a')
    tab.lane.leave()
    await drain()
    expect([...tab.net.requests, ...tab.net.beacons]).toEqual([])
    expect(tab.platform.stored()).toEqual({})
  })
})

describe('back from the back/forward cache', () => {
  test('what was cut goes on, and nothing is left over', async () => {
    const tab = await openHttpTab()
    tab.net.always('wait')
    tab.add('a')
    await tab.pass(2_000)
    tab.add('b')
    tab.lane.leave()
    await drain()
    tab.net.answer('fail')
    tab.net.answer('cut')
    tab.net.always(200)
    tab.lane.restored()
    await tab.pass(10_000)
    expect(tab.ends()).toEqual({ a: 'sent', b: 'sent' })
    expect([tab.rows(), tab.spills()]).toEqual([[], []])
  })

  test('left once more: what is still open goes once more', async () => {
    const tab = await openHttpTab()
    tab.net.disconnect()
    tab.add('a')
    tab.lane.leave()
    await drain()
    tab.lane.restored()
    tab.net.always('wait')
    tab.net.connect()
    await drain()
    tab.lane.leave()
    expect(tab.net.requests.map(({ ids, request }) => [ids, request.keepalive])).toEqual([
      [['a'], false],
      [['a'], true],
    ])
  })

  test('what another page has adopted and delivered is not sent again', async () => {
    const page = dying()
    const tab = await openHttpTab({ watch: page.watch })
    tab.net.disconnect()
    page.die()
    tab.add('a')
    tab.lane.leave()
    await drain()
    const next = await openHttpTab({ platform: tab.platform.openTab() })
    await next.pass(1)
    expect(next.net.arrived).toEqual(['a'])
    page.live()
    tab.lane.restored()
    tab.net.connect()
    await tab.pass(10_000)
    expect(tab.net.requests).toEqual([])
    expect(tab.last('a')).toMatchObject({ state: 'unknown' })
  })
})

test('where local storage is full, leaves there what fits, and the record says so of the rest', async () => {
  const platform = createManualPlatform()
  const LEFT_OVER = 5_000
  const { local } = platform
  const set: typeof local.set = (key, value) => value.length <= LEFT_OVER && local.set(key, value)
  const { watch, die } = dying()
  const tab = await openHttpTab({ platform: { ...platform, local: { ...local, set } }, watch })
  tab.net.always('fail')
  die()
  for (let index = 0; index < 8; index++) tab.add(`e${index}`, { size: 60_000 })
  for (let index = 0; index < 8; index++) tab.add(`s${index}`, { size: 300 })
  tab.lane.leave()
  await drain()
  const text = Object.entries(platform.stored()).find(([key]) => key.includes('spill:'))?.[1] ?? ''
  expect(text.length).toBeGreaterThan(0)
  expect(text.length).toBeLessThanOrEqual(LEFT_OVER)
  const full = tab.news.filter(({ error }) => error?.includes('local storage was full'))
  expect(full.length).toBeGreaterThan(0)
})
