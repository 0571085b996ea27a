import { expect, test } from 'vitest'
import type { EventRow } from '../../../src/collector/rows/row.ts'
import { report } from '../../../src/report/report.ts'
import { toText } from '../../../src/report/text/to-text.ts'
import { DAY, HOUR, manifestWith, row, storeOf, uuid, week } from '../../support/report/event-rows.ts'

const manifest = manifestWith({ purchase: { macro: true } })
const NO_USER = '00000000-0000-0000-0000-000000000000'

const byBrowser = (order: number, at: number, cells: Partial<EventRow> = {}) =>
  row('purchase', at, {
    user: order,
    id: uuid(order),
    amount: 40,
    currency: 'EUR',
    utm_campaign: 'fall',
    ...cells,
  })

const byServer = (order: number, at: number, cells: Partial<EventRow> = {}) => ({
  ...byBrowser(order, at),
  origin: 'server' as const,
  session_id: null,
  anonymous_id: NO_USER,
  utm_campaign: null,
  amount: 44.1,
  ...cells,
})

async function merged(...rows: readonly EventRow[]) {
  const store = await storeOf(rows, manifest)
  const found = await report(store, { period: week })
  const events = await store.query(
    `select anonymous_id, session_id, utm_campaign, amount, origin from report_merged order by amount`,
  )
  return { ...found, events }
}

test.each([
  ['the browser first', [byBrowser(1, 0), byServer(1, 500)]],
  ['the server first', [byServer(1, 0, { received_at: 1 }), byBrowser(1, 500)]],
  ['on both sides of midnight', [byBrowser(1, 24 * HOUR - 1), byServer(1, 24 * HOUR + 1)]],
  ['three times each', [0, 1, 2].flatMap((at) => [byBrowser(1, at), byServer(1, at)])],
])('told by both, %s: one purchase, of the browser’s user, with the server’s amount', async (_, rows) => {
  // Copies of a row share its day, id and time; only the time of receipt differs.
  const { events, rates, totals, coverage } = await merged(...rows)
  expect(events).toEqual([
    {
      anonymous_id: uuid(1),
      session_id: uuid(1_000_001),
      utm_campaign: 'fall',
      amount: 44.1,
      origin: 'both',
    },
  ])
  expect(totals.events).toBe(1)
  expect(rates[0]?.now).toMatchObject({ k: 1, n: 1 })
  expect(coverage[0]).toMatchObject({ both: 1, browserOnly: 0, serverOnly: { k: 0, n: 1 } })
})

test('what only the server tells is counted, and said to be lost by browsers', async () => {
  const rows = [
    ...[1, 2, 3].flatMap((order) => [byBrowser(order, 0), byServer(order, 9)]),
    byServer(4, 5),
    byBrowser(5, 5),
  ]
  const found = await merged(...rows)
  expect(found.totals.events).toBe(5)
  expect(found.rates[0]?.now).toMatchObject({ k: 4, n: 4 })
  expect(found.coverage[0]).toMatchObject({ both: 3, browserOnly: 1, serverOnly: { k: 1, n: 5 } })
  expect(toText(found)).toContain('Both 3, browser only 1, server only 1.')
})

test('a server’s event of an identified user belongs to the newest session before', async () => {
  const page = (session: number, at: number) => row('page_view', at, { user: 7, session, user_id: 'u7' })
  const deal = byServer(9, 5 * HOUR, { user_id: 'u7' })
  const { events } = await merged(page(1, 0), page(2, HOUR), page(3, 9 * HOUR), deal)
  expect(events.filter(({ origin }) => origin === 'server')).toMatchObject([
    { anonymous_id: uuid(7), session_id: uuid(1_000_002) },
  ])
})

test('a session has an event that only the server tells, if the browser tells another one of it', async () => {
  const ofSession = (order: number, session: number) =>
    byServer(order, 500, { anonymous_id: uuid(order), session_id: uuid(1_000_000 + session) })
  const seen = row('page', 0, { user: 1 })
  const { rates } = await merged(seen, ofSession(1, 1))
  expect(rates[0]?.perSession).toMatchObject({ k: 1, n: 1 })
  const unseen = await merged(seen, ofSession(1, 2))
  expect(unseen.rates[0]?.perSession).toMatchObject({ k: 0, n: 1 })
})

test('the two reports of a purchase may be weeks apart: it counts once, on the day of the browser', async () => {
  const later = await merged(byBrowser(1, 0), byServer(1, 20 * DAY))
  expect(later.events).toMatchObject([{ amount: 44.1, origin: 'both' }])
  expect(later.coverage[0]).toMatchObject({ both: 1, browserOnly: 0, serverOnly: { k: 0, n: 1 } })

  const page = row('page_view', HOUR, { user: 2 })
  const earlier = await merged(page, byBrowser(1, -20 * DAY), byServer(1, 0), byServer(1, 0), byServer(3, 0))
  expect(earlier.totals.events).toBe(2)
  expect(earlier.coverage[0]).toMatchObject({ both: 0, browserOnly: 0, serverOnly: { k: 1, n: 1 } })
})

test('the newest session before a server’s event may be weeks ago', async () => {
  const known = row('page_view', -20 * DAY, { user: 7, session: 1, user_id: 'u7' })
  const again = row('page_view', 9 * HOUR, { user: 7, session: 2 })
  const { rates } = await merged(known, again, byServer(9, 5 * HOUR, { user_id: 'u7' }))
  expect(rates[0]?.now).toMatchObject({ k: 1, n: 1 })
})

test.each([
  ['alone', []],
  ['with a server', [byServer(2, 5)]],
])('an id that comes again on another day counts once, on the first: %s', async (_, others) => {
  const again = [0, DAY, 3 * DAY].map((at) => byBrowser(1, at))
  const found = await report(await storeOf([...again, ...others], manifest), { period: week })
  expect(found.totals).toMatchObject({ events: 1 + others.length, copies: 2 })
  expect(found.rates[0]?.days.map(({ k }) => k)).toEqual([1, 0, 0, 0, 0, 0, 0])
})

test('a sampled event that a server also reports stands for itself alone in the estimate', async () => {
  const sampled = manifestWith({ purchase: { macro: true, sampleRate: 0.5 } })
  const rows = [
    byBrowser(1, 0, { sample_rate: 0.5 }),
    byServer(1, 0),
    byServer(2, 0),
    byBrowser(3, 0, { sample_rate: 0.5 }),
  ]
  const { rates, coverage } = await report(await storeOf(rows, sampled), { period: week })
  expect(rates[0]).toMatchObject({ events: 3, estimated: 4 })
  // Browsers have left out some on purpose.
  expect(coverage).toEqual([])
})

test('a day counts only users of the report: not those whose session is of another period', async () => {
  const elsewhere = row('page_view', -20 * DAY, { user: 7, session: 1, user_id: 'u7' })
  const { rates } = await merged(elsewhere, byBrowser(1, 0), byServer(9, 5 * HOUR, { user_id: 'u7' }))
  expect(rates[0]?.now).toMatchObject({ k: 1, n: 1 })
  const others = [2, 3].map((user) => row('page_view', 0, { user }))
  const amongOthers = await merged(elsewhere, ...others, byServer(9, 5 * HOUR, { user_id: 'u7' }))
  expect(amongOthers.rates[0]?.days[0]).toMatchObject({ k: 0, n: 2 })
})

test('a server’s event of a known browser profile has no session of another profile of this user', async () => {
  const phone = row('page_view', 0, { user: 7, session: 1, user_id: 'u7' })
  const laptop = row('page_view', HOUR, { user: 8, session: 2, user_id: 'u7' })
  const order = byServer(9, 5 * HOUR, { user_id: 'u7', anonymous_id: uuid(7) })
  const { events } = await merged(phone, laptop, order)
  expect(events.filter(({ origin }) => origin === 'server')).toMatchObject([
    { anonymous_id: uuid(7), session_id: uuid(1_000_001) },
  ])
})

test('who converted in the baseline is left out, also if only the server reports it after the session', async () => {
  const before = row('page_view', -2 * DAY, { user: 1, session: 1 })
  const back = row('page_view', DAY, { user: 1, session: 2 })
  const paid = byServer(1, HOUR - 2 * DAY, { anonymous_id: uuid(1), session_id: uuid(1_000_001) })
  const store = await storeOf([before, back, paid], manifest)
  const baseline = { from: '2026-01-26', to: '2026-02-01' }
  const { lifts } = await report(store, { period: week, baseline })
  expect(lifts[0]?.conversions).toBe(0)
})
