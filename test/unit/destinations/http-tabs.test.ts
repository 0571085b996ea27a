import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createManualPlatform } from '../../../src/testing/manual-platform.ts'
import { drain, openHttpTab, WRITTEN_MS } from '../../support/http-tab.ts'

type Tab = Awaited<ReturnType<typeof openHttpTab>>

/** As if its process had been killed. */
function kill(tab: Tab): void {
  tab.lane.dispose()
  tab.net.disconnect()
}

test('what a crashed tab has left goes from another one, when its lease is over', async () => {
  const tab = await openHttpTab()
  const other = await openHttpTab({ platform: tab.platform.openTab() })
  tab.add('a')
  await tab.pass(WRITTEN_MS)
  kill(tab)
  other.add('b')
  await other.pass(25_000)
  expect(other.net.arrived).toEqual(['b'])
  await other.pass(6_000)
  expect(other.net.arrived).toEqual(['b', 'a'])
  expect(other.rows()).toEqual([])
})

test('also from one that was opened afterwards, and does nothing else', async () => {
  const tab = await openHttpTab()
  tab.net.always('wait')
  tab.add('a')
  await tab.pass(2_000)
  kill(tab)
  const next = await openHttpTab({ platform: tab.platform.openTab() })
  await next.pass(31_000)
  expect(next.net.arrived).toEqual(['a'])
})

test('while one tab waits for its next attempt, no other storms', async () => {
  const tab = await openHttpTab()
  tab.net.script({ status: 503, retryAfter: '600' })
  tab.add('a')
  await tab.lane.flush('flush')
  await tab.pass(WRITTEN_MS)
  const others = await Promise.all(
    Array.from({ length: 4 }, () => openHttpTab({ platform: tab.platform.openTab() })),
  )
  await tab.pass(599_000)
  expect(others.flatMap(({ net }) => net.requests)).toEqual([])
  await tab.pass(61_000)
  expect([tab, ...others].flatMap(({ net }) => net.arrived)).toEqual(['a'])
})

test('a copy that another tab has delivered ends as unknown', async () => {
  const tab = await openHttpTab()
  tab.add('a')
  await tab.pass(WRITTEN_MS)
  kill(tab)
  const other = await openHttpTab({ platform: tab.platform.openTab() })
  await other.pass(31_000)
  expect(other.net.arrived).toEqual(['a'])

  // Frozen meanwhile, as far as anybody could tell.
  const frozen = await openHttpTab({
    platform: tab.platform.openTab(),
    options: { batch: { maxAge: '90s' } },
  })
  frozen.add('b')
  await frozen.pass(40_000)
  other.add('c')
  await other.pass(2_500)
  expect(other.net.arrived).toEqual(['a', 'b', 'c'])
  await frozen.pass(50_000)
  expect(frozen.last('b')).toMatchObject({ state: 'unknown' })
  expect(frozen.net.requests).toEqual([])
})

test('what another tab is sending, this one leaves alone', async () => {
  const tab = await openHttpTab()
  tab.net.script({ status: 503, retryAfter: '10' })
  tab.add('a')
  await tab.lane.flush('flush')
  await tab.pass(WRITTEN_MS)
  const other = await openHttpTab({ platform: tab.platform.openTab() })
  other.net.always('wait')
  // This tab sleeps beyond its lease.
  tab.net.disconnect()
  await other.pass(45_000)
  expect(other.net.batches()).toEqual([['a']])
  tab.net.connect()
  await tab.pass(2_000)
  await tab.lane.flush('hidden')
  tab.lane.leave()
  expect(tab.net.requests).toHaveLength(1)
  other.net.answer(503)
  await drain()
  expect(other.news.map(({ state }) => state)).toEqual(['retrying'])
})

test('a lease of a clock that ran ahead does not hold', async () => {
  const tab = await openHttpTab({ consent: 'pending' })
  const database = await tab.platform.openDatabase('test')
  const later = tab.platform.now() + 30 * 24 * 3_600_000
  const row = { payload: '{"id":"a"}', time: later, attempts: 0, leaseBy: 'x', leaseUntil: later }
  await database.update([], () => new Map([['outbox:http:a', row]]))
  tab.decide('granted')
  await drain()
  expect(tab.net.arrived).toEqual(['a'])
})

// Between connections, `turn` lets each step of a database wait for as long as the generated numbers say.
test('in any order of their steps, tabs that live send each event once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(12), { minLength: 20, maxLength: 60 }),
      fc.array(fc.record({ tab: fc.nat(2), turns: fc.nat(15), critical: fc.boolean() }), {
        minLength: 1,
        maxLength: 12,
      }),
      async (delays, adds) => {
        let next = 0
        const turn = async () => {
          for (let left = delays[next++ % delays.length] ?? 0; left > 0; left--) await undefined
        }
        const platform = createManualPlatform({ turn })
        // Left by a page that is gone: everybody wants these.
        const seeded = await platform.openDatabase('test')
        const rows = Array.from({ length: 6 }, (_, index) => [
          `outbox:http:old${index}`,
          { payload: `{"id":"old${index}"}`, time: platform.now(), attempts: 0, leaseBy: 'x', leaseUntil: 0 },
        ])
        await seeded.update([], () => new Map(rows as [string, {}][]))
        const tabs = await Promise.all(
          Array.from({ length: 3 }, () =>
            openHttpTab({
              platform: platform.openTab(),
              consent: 'pending',
              options: { batch: { maxEvents: 2 } },
            }),
          ),
        )
        for (const tab of tabs) tab.decide('granted')
        adds.forEach(({ tab, critical }, index) => {
          tabs[tab]?.add(`new${index}`, { urgency: critical ? 'critical' : 'normal' })
        })
        for (let second = 0; second < 5; second++) {
          await drain(1_500)
          platform.advance(1_000)
        }
        await drain(3_000)
        const arrived = tabs.flatMap(({ net }) => net.arrived).sort()
        const all = [
          ...rows.map((_, index) => `old${index}`),
          ...adds.map((_, index) => `new${index}`),
        ].sort()
        expect(arrived).toEqual(all)
        expect(tabs[0]?.rows()).toEqual([])
        for (const tab of tabs) tab.lane.dispose()
      },
    ),
    { numRuns: 60 },
  )
})

test('whatever dies, fails or leaves: nothing is lost, and what is sent twice has one id', async () => {
  const happening = fc.record({
    tab: fc.nat(2),
    what: fc.constantFrom('add', 'add', 'add', 'kill', 'leave', 'fail', 'cut', 'heal', 'wait', 'pass'),
    turns: fc.nat(30),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 25 }), async (happenings) => {
      const platform = createManualPlatform()
      const open = () => openHttpTab({ platform: platform.openTab() })
      const tabs = [await open(), await open(), await open()]
      const gone: Tab[] = []
      const durable: string[] = []
      for (const [index, { tab: at, what, turns }] of happenings.entries()) {
        const tab = tabs[at]!
        if (what === 'add') {
          tab.add(`e${index}`)
          await tab.pass(WRITTEN_MS)
          durable.push(`e${index}`)
        } else if (what === 'kill' || what === 'leave') {
          if (what === 'leave') tab.lane.leave()
          await drain(turns)
          kill(tab)
          gone.push(tab)
          tabs[at] = await open()
        } else if (what === 'pass') await tab.pass(turns * 1_000)
        else tab.net.always(what === 'heal' ? 200 : what)
        await drain(turns)
      }
      for (const tab of tabs) tab.net.always(200)
      await tabs[0]!.pass(700_000)
      const arrived = new Set([...tabs, ...gone].flatMap(({ net }) => net.arrived))
      expect(durable.filter((id) => !arrived.has(id))).toEqual([])
      expect(tabs[0]!.rows()).toEqual([])
      for (const tab of tabs) tab.lane.dispose()
    }),
    { numRuns: 25 },
  )
})
