import { expect, test } from 'vitest'
import type { Database } from '../../../src/platform/platform.ts'
import { drain, openHttpTab, WRITTEN_MS } from '../../support/http-tab.ts'

/** Counts what the database is asked for. */
function counted() {
  const steps: string[] = []
  const watch = (database: Database): Database => ({
    ...database,
    readAll: (prefix) => {
      steps.push('read all')
      return database.readAll(prefix)
    },
    update: (keys, change) => {
      if (keys.length) steps.push(`read ${keys.length}`)
      return database.update(keys, (rows) => {
        const writes = change(rows)
        const all = [...(writes?.values() ?? [])]
        const puts = all.filter((row) => row).length
        if (puts) steps.push(`put ${puts}`)
        if (all.length > puts) steps.push(`delete ${all.length - puts}`)
        if (keys.length + all.length === 0) steps.push('nothing')
        return writes
      })
    },
  })
  return { watch, steps }
}

test('events of one burst are one row, sent without a second lease, and deleted at once', async () => {
  const { watch, steps } = counted()
  const tab = await openHttpTab({ watch })
  expect(steps.splice(0)).toEqual(['read all'])
  for (let index = 0; index < 20; index++) tab.add(`e${index}`)
  await tab.pass(WRITTEN_MS)
  expect(steps.splice(0)).toEqual(['put 1'])
  expect(tab.rows()).toHaveLength(20)
  await tab.pass(2_000)
  expect(tab.net.batches().map((ids) => ids.length)).toEqual([20])
  expect(steps).toEqual(['delete 1'])
})

test('what has arrived within 30 ms is never written', async () => {
  const { watch, steps } = counted()
  const tab = await openHttpTab({ watch })
  steps.splice(0)
  tab.add('a', { urgency: 'critical' })
  await drain()
  expect(tab.ends()).toEqual({ a: 'sent' })
  await tab.pass(1_000)
  expect(steps).toEqual([])
})

test('a stream is written once in 30 ms', async () => {
  const { watch, steps } = counted()
  const tab = await openHttpTab({ watch, options: { batch: { maxEvents: 10_000 } } })
  steps.splice(0)
  for (let ms = 0; ms < 300; ms++) {
    tab.add(`e${ms}`)
    tab.platform.advance(1)
    await drain(20)
  }
  expect(new Set(steps)).toEqual(new Set(['put 1']))
  expect(steps.length).toBeLessThanOrEqual(10)
})

test('what is left of a row is on disk, and nothing that has ended', async () => {
  const tab = await openHttpTab()
  tab.net.script(422, 200, 422, 503)
  for (const id of ['a', 'b', 'c', 'd']) tab.add(id)
  await tab.pass(WRITTEN_MS)
  await tab.lane.flush('flush')
  await drain()
  const ended = Object.entries(tab.ends()).filter(([, state]) => state !== 'retrying')
  expect(ended.length).toBeGreaterThan(0)
  expect(tab.rows().sort()).toEqual(['a', 'b', 'c', 'd'].filter((id) => !ended.some(([one]) => one === id)))
})

test('a lease lasts through a request, whatever the event has waited for', async () => {
  const tab = await openHttpTab({ options: { batch: { maxAge: '25s' } } })
  const other = await openHttpTab({ platform: tab.platform.openTab(), options: { batch: { maxAge: '1ms' } } })
  tab.net.always('hang')
  tab.add('a')
  await tab.pass(25_500)
  expect(tab.net.batches()).toEqual([['a']])
  other.add('b')
  await other.pass(9_000)
  expect(other.net.arrived).toEqual(['b'])
  tab.net.answer(200)
  await drain()
  expect(tab.rows()).toEqual([])
})

test('an event whose claim has stored it is not taken for one that another page has left', async () => {
  const tab = await openHttpTab({ consent: 'pending' })
  tab.decide('granted')
  const copy = tab.copyOf('a')
  const writes = tab.lane.rowsOf?.(copy) ?? new Map()
  const database = await tab.platform.openDatabase('test')
  await database.update([], () => writes)
  await tab.pass(WRITTEN_MS)
  tab.lane.add(copy, true)
  await tab.pass(2_000)
  expect(tab.net.batches()).toEqual([['a']])
  expect(tab.news.map(({ id, state }) => [id, state])).toEqual([['a', 'sent']])
  expect(tab.rows()).toEqual([])
})

test('a claim that is answered too late leaves no second row behind', async () => {
  const tab = await openHttpTab()
  const copy = tab.copyOf('a')
  const writes = tab.lane.rowsOf?.(copy) ?? new Map()
  tab.lane.add(copy, false)
  const database = await tab.platform.openDatabase('test')
  await database.update([], () => writes)
  await tab.pass(2_000)
  expect(tab.net.arrived).toEqual(['a'])
  expect(tab.rows()).toEqual([])
})

test('rows that an earlier release has stored are sent', async () => {
  const tab = await openHttpTab({ consent: 'pending' })
  const database = await tab.platform.openDatabase('test')
  const row = {
    payload: '{"id":"a"}',
    time: tab.platform.now(),
    attempts: 1,
    priority: 'low',
    leaseBy: 'x',
    leaseUntil: 0,
  }
  await database.update([], () => new Map([['outbox:http:name/a', row]]))
  tab.decide('granted')
  await drain()
  expect(tab.net.arrived).toEqual(['a'])
  expect(tab.news).toEqual([expect.objectContaining({ state: 'sent', attempts: 2 })])
  expect(tab.rows()).toEqual([])
})
