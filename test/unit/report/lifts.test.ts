import { expect, test } from 'vitest'
import type { EventRow } from '../../../src/collector/rows/row.ts'
import { report } from '../../../src/report/report.ts'
import type { ReportOptions } from '../../../src/report/report-options.ts'
import { DAY, HOUR, manifestWith, row, storeOf, week } from '../../support/report/event-rows.ts'

const manifest = manifestWith({ looked: {}, booked: { macro: true }, page_view: {} })

async function liftOf(rows: readonly EventRow[], options: ReportOptions = {}) {
  const { lifts } = await report(await storeOf(rows, manifest), { period: week, ...options })
  const found = lifts[0]
  const looked = found?.rows.find(({ event }) => event === 'looked')
  if (!found || !looked) throw new Error('The report has no lifts.')
  return { ...found, looked }
}

const visit = (user: number, ...acts: readonly (readonly [string, number])[]) =>
  acts.map(([name, at]) => row(name, at, { user, session: user * 10 + Math.floor(at / DAY) }))

test('an event at the same millisecond as the conversion is not before it', async () => {
  const { looked } = await liftOf([
    ...visit(1, ['page_view', 0], ['looked', 5_000], ['booked', 5_000]),
    ...visit(2, ['page_view', 0], ['looked', 4_000], ['booked', 5_000]),
    ...visit(3, ['page_view', 0], ['booked', 5_000], ['looked', 6_000]),
  ])
  expect(looked).toMatchObject({ lift: { k: 1, n: 3 }, sameMoment: 1, afterwards: 1, users: 3 })
})

test('what was done in the baseline was done before; who converted there is left out', async () => {
  const baseline = { from: '2026-01-26', to: '2026-02-01' }
  const rows = [
    ...visit(1, ['page_view', -3 * DAY], ['looked', 5_000 - 3 * DAY], ['page_view', 0], ['booked', 5_000]),
    ...visit(2, ['page_view', 0], ['booked', 5_000]),
    ...visit(3, ['page_view', -3 * DAY], ['booked', 9_000 - 3 * DAY], ['page_view', 0], ['booked', 5_000]),
  ]
  const found = await liftOf(rows, { baseline })
  expect(found.conversions).toBe(2)
  expect(found.looked.lift).toMatchObject({ k: 1, n: 2 })
})

test('`adjust` takes out what a segment alone explains', async () => {
  // On desktop all is done three times as often, and looking changes nothing.
  const rows = Array.from({ length: 400 }, (_, user) => {
    const often = user % 2 === 0
    const looks = often ? user % 8 !== 0 : user % 8 === 1
    const books = often ? Math.floor(user / 8) % 2 === 0 : Math.floor(user / 8) % 6 === 0
    const acts: (readonly [string, number])[] = [['page_view', 0]]
    if (looks) acts.push(['looked', 1_000])
    if (books) acts.push(['booked', 50_000])
    acts.push(['page_view', 60_000])
    return visit(user + 1, ...acts).map((each) => ({ ...each, device: often ? 'desktop' : 'mobile' }))
  }).flat()
  const plain = (await liftOf(rows)).looked.lift.value ?? 0
  const adjusted = (await liftOf(rows, { adjust: ['device'] })).looked.lift.value ?? 0
  expect(plain).toBeGreaterThan(1.5)
  expect(adjusted).toBeGreaterThan(0.9)
  expect(adjusted).toBeLessThan(1.1)
})

test('a conversion that only a server reports is on the clock of its session', async () => {
  const paid = (user: number, session: number, at: number) => ({
    ...row('booked', at, { user, session }),
    origin: 'server' as const,
  })
  const rows = [
    ...visit(1, ['page_view', 0], ['looked', 5_000], ['page_view', 10_000]),
    paid(1, 10, 5 * HOUR),
    // Looks the day after the payment, after a few seconds on the site.
    ...visit(2, ['page_view', 0], ['page_view', 10_000], ['page_view', DAY], ['looked', DAY + 5_000]),
    paid(2, 20, 5 * HOUR),
    // The clock of the server is half a minute slow.
    ...visit(3, ['page_view', 30_000], ['looked', 40_000]),
    paid(3, 30, 0),
  ]
  const { conversions, looked } = await liftOf(rows)
  expect(conversions).toBe(3)
  expect(looked).toMatchObject({ lift: { k: 1, n: 3 }, users: 3, afterwards: 2 })
})
