import { expect, test } from 'vitest'
import { report } from '../../../src/report/report.ts'
import { DAY, HOUR, manifestWith, row, START, storeOf, week } from '../../support/report/event-rows.ts'

const manifest = manifestWith({ looked: {}, booked: { macro: true } })

test('days between the baseline and the period are in neither', async () => {
  const rows = [
    row('looked', -21 * DAY, { user: 1 }),
    row('looked', -14 * DAY, { user: 2 }),
    row('booked', -5 * DAY, { user: 3 }),
    row('booked', 0, { user: 3 }),
    row('looked', 0, { user: 4 }),
  ]
  const baseline = { from: '2026-01-12', to: '2026-01-18' }
  const { rates, lifts, totals } = await report(await storeOf(rows, manifest), { period: week, baseline })
  const looked = rates.find(({ event }) => event === 'looked')
  expect(looked?.before).toMatchObject({ k: 1, n: 1 })
  expect(looked?.now).toMatchObject({ k: 1, n: 2 })
  // Who converted in the baseline is left out; this user converted between.
  expect(lifts[0]?.conversions).toBe(1)
  expect(totals.events).toBe(2)
})

const everyDay = (first: number, last: number, given: object = {}) =>
  Array.from({ length: (last - first + 1) * 20 }, (_, index) =>
    row('looked', (first + Math.floor(index / 20)) * DAY, { user: index % 20, ...given }),
  )

test('a late event of an earlier day is no baseline', async () => {
  const late = row('looked', -20 * DAY, { received_at: START + HOUR })
  const store = await storeOf([late, ...everyDay(0, 1)], manifest)
  const { baseline, notes } = await report(store, { period: week })
  expect(baseline).toBeNull()
  expect(notes[0]).toMatch(/^No comparison: events begin on 2026-02-02/)
  const { period } = await report(store, { now: START + 2 * DAY })
  expect(period).toEqual({ from: '2026-02-02', to: '2026-02-03' })
})

test.each([
  ['all of them', []],
  ['those of the days before the first that came live', everyDay(0, 60)],
])('imported events count on their own days: %s', async (_, live) => {
  const imported = everyDay(-14, -1, { received_at: START + 3 * HOUR })
  const store = await storeOf([...imported, ...live], manifest)
  const baseline = { from: '2026-01-19', to: '2026-01-25' }
  const { rates, notes } = await report(store, { period: { from: '2026-01-26', to: '2026-02-01' }, baseline })
  expect(notes.filter((note) => /No comparison/.test(note))).toEqual([])
  expect(rates.find(({ event }) => event === 'looked')).toMatchObject({ before: { n: 20 }, now: { n: 20 } })
  const { period } = await report(store, { now: START })
  expect(period.to).toBe('2026-02-01')
  expect(period.from < '2026-01-27').toBe(true)
})
