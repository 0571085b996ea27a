import { expect, test } from 'vitest'
import { report } from '../../../src/report/report.ts'
import { DAY, manifestWith, row, storeOf, week } from '../../support/report/event-rows.ts'

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
