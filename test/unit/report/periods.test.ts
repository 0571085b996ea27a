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

test('a late event of an earlier day is no baseline', async () => {
  const late = row('looked', -20 * DAY, { received_at: START + HOUR })
  const store = await storeOf([late, row('looked', 0), row('looked', DAY, { user: 2 })], manifest)
  const { baseline, notes } = await report(store, { period: week })
  expect(baseline).toBeNull()
  expect(notes[0]).toMatch(/^No comparison: events begin on 2026-02-02/)
  const { period } = await report(store, { now: START + 2 * DAY })
  expect(period).toEqual({ from: '2026-02-02', to: '2026-02-03' })
})

test('if all events arrived on a later day, the period is that of the events', async () => {
  const late = [0, 1].map((day) => row('looked', day * DAY, { received_at: START + 3 * DAY }))
  const { period, totals } = await report(await storeOf(late, manifest), { now: START + 4 * DAY })
  expect(period).toEqual({ from: '2026-02-03', to: '2026-02-03' })
  expect(totals.events).toBe(1)
})
