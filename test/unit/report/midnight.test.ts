import { expect, test } from 'vitest'
import { report } from '../../../src/report/report.ts'
import { DAY, manifestWith, row, storeOf, week } from '../../support/report/event-rows.ts'

const MINUTE = 60_000
const manifest = manifestWith({ a: {}, b: { macro: true } })

test('a session over midnight counts once, also if an event happens on both days', async () => {
  const overMidnight = [-10, -5, 5].map((minutes) => row('a', DAY + minutes * MINUTE))
  const other = row('b', DAY, { user: 2 })
  const { rates, times, frequencies, totals } = await report(
    await storeOf([...overMidnight, other], manifest),
    { period: week },
  )
  expect(totals.sessions).toBe(2)
  const rate = rates.find(({ event }) => event === 'a')
  expect(rate?.now).toMatchObject({ k: 1, n: 2 })
  expect(rate?.perSession).toMatchObject({ k: 1, n: 2 })
  expect(rate?.days.map(({ k }) => k)).toEqual([1, 1, 0, 0, 0, 0, 0])
  const time = times.find(({ event }) => event === 'a')
  expect(time?.among?.n).toBe(1)
  expect(time?.firstSession).toMatchObject({ k: 1, n: 2 })
  expect(frequencies.find(({ event }) => event === 'a')?.times).toEqual([0, 0, 1, 0, 0])
})
