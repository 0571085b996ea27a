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

test('days since the last time, and days of watching, count to the end of the period, not to its newest event', async () => {
  const rows = [
    row('looked', 0, { user: 1 }),
    row('looked', 4 * DAY, { user: 2 }),
    row('looked', 6 * DAY + HOUR, { user: 3 }),
  ]
  const store = await storeOf(rows, manifest)
  const { frequencies, times, quality } = await report(store, { period: week })
  expect(frequencies.find(({ event }) => event === 'looked')?.recency).toEqual([1, 2, 0, 0])
  expect(times.find(({ event }) => event === 'looked')?.oneDay).toMatchObject({ k: 2, n: 2 })
  expect(quality.newest).toBe(START + 6 * DAY + HOUR)

  // In New York, the last day ends 5 hours later.
  const late = [row('looked', DAY + 2 * HOUR, { user: 1, site_day: '2026-02-02' })]
  const options = { period: { from: '2026-02-02', to: '2026-02-02' }, timeZone: 'America/New_York' }
  const found = await report(await storeOf(late, manifest), options)
  expect(found.frequencies.find(({ event }) => event === 'looked')?.recency).toEqual([1, 0, 0, 0])

  const silent = await storeOf([row('looked', 0)], manifest)
  const weekLater = await report(silent, { period: week, now: START + 20 * DAY })
  expect(weekLater.frequencies.find(({ event }) => event === 'looked')?.recency).toEqual([0, 1, 0, 0])
  const today = await report(silent, { period: week, now: START + HOUR })
  expect(today.frequencies.find(({ event }) => event === 'looked')?.recency).toEqual([1, 0, 0, 0])
})

test('who was seen in the baseline is no new user, also if nothing says so', async () => {
  const unsaid = { returning_user: null, visit: null }
  const overMidnight = [
    row('booked', -1_000, { user: 1, ...unsaid }),
    row('looked', 1_000, { user: 1, ...unsaid }),
  ]
  const fresh = [row('booked', 0, { user: 2, ...unsaid }), row('looked', 5_000, { user: 2, ...unsaid })]
  const store = await storeOf([...overMidnight, ...fresh], manifest)
  const baseline = { from: '2026-01-26', to: '2026-02-01' }
  const { times } = await report(store, { period: week, baseline })
  expect(times.find(({ event }) => event === 'looked')).toMatchObject({
    among: { n: 1, sum: 5_000 },
    firstSession: { k: 1, n: 1 },
  })
})
