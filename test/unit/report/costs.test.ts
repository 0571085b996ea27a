import { expect, test } from 'vitest'
import { readSpend } from '../../../src/report/measures/read-spend.ts'
import { report } from '../../../src/report/report.ts'
import { toText } from '../../../src/report/text/to-text.ts'
import { DAY, manifestWith, row, storeOf, week } from '../../support/report/event-rows.ts'

const manifest = manifestWith({ signed_up: {} })

const spend = `date,source,medium,campaign,cost,currency
2026-02-02,ads,cpc,spring,100.50,EUR
2026-02-03,ads,cpc,spring,99.50,EUR
2026-02-03,ads,cpc,spring,50,usd
2026-02-03,ads,cpc,"autumn, late",20,EUR
2026-01-01,ads,cpc,spring,9999,EUR
`

const rows = [0, 1, 2, 3].flatMap((user) => [
  row('page_view', user * DAY, { user, utm_campaign: 'spring' }),
  ...(user > 0 ? [row('signed_up', user * DAY + 1_000, { user, utm_campaign: 'spring' })] : []),
])
const other = row('page_view', 0, { user: 9, utm_campaign: 'winter' })

test('cost per event by campaign and currency, with what matches nothing on either side', async () => {
  const { costs } = await report(await storeOf([...rows, other], manifest), { period: week, spend })
  const spring = costs?.rows.filter(({ campaign }) => campaign === 'spring')
  expect(spring).toMatchObject([
    { currency: 'EUR', spent: 200, event: 'signed_up', cost: { value: 200 / 3, k: 3, n: 4 } },
    { currency: 'USD', spent: 50, event: 'signed_up', cost: { value: 50 / 3, k: 3, n: 4 } },
  ])
  // Garwood: 3 events have the limits 0.6187 and 8.7673.
  expect(spring?.[0]?.cost.low).toBeCloseTo(200 / 8.7673, 3)
  expect(spring?.[0]?.cost.high).toBeCloseTo(200 / 0.6187, 1)
  const late = costs?.rows.find(({ campaign }) => campaign === 'autumn, late')
  expect(late?.cost).toMatchObject({ value: null, high: null, k: 0 })
  expect(late?.cost.low).toBeCloseTo(20 / 3.6889, 3)
  expect(costs?.withoutSessions).toEqual(['autumn, late'])
  expect(costs?.withoutCost).toEqual(['spring (2 days)', 'winter'])
})

test('the cost of an event in rollout is that of the users who can send it', async () => {
  const excluded = [11, 12, 13, 14].map((user) =>
    row('page_view', 0, { user, utm_campaign: 'spring', outside: ',signed_up,' }),
  )
  const found = await report(await storeOf([...rows, ...excluded], manifest), { period: week, spend })
  const [spring] = found.costs?.rows ?? []
  expect(spring).toMatchObject({ spent: 200, cost: { value: 100 / 3, k: 3, n: 4 } })

  const all = await report(await storeOf(excluded, manifest), { period: week, spend })
  expect(all.costs?.rows[0]?.cost).toMatchObject({ value: null, low: null, high: null, k: 0, n: 0 })
  expect(toText(all)).toMatch(/spring +200\.00 EUR +signed_up +0 +–/)
})

test('without a conversion the text says over how much', async () => {
  const text = toText(await report(await storeOf([...rows, other], manifest), { period: week, spend }))
  expect(text).toMatch(/autumn, late +20\.00 EUR +signed_up +0 +over 5\.42 EUR/)
})

test.each([
  ['date,campaign,cost\n', 'has no column "currency"'],
  ['date,campaign,cost,currency\n2026-02-30,a,1,EUR\n', 'the date "2026-02-30" on line 2'],
  ['date,campaign,cost,currency\n2026-02-03,a,"1,000",EUR\n', 'the cost "1,000" on line 2'],
  ['date,campaign,cost,currency\n2026-02-03,a,1,\n', 'no currency on line 2'],
])('a spend file that cannot be read says where: %j', (csv, why) => {
  expect(() => readSpend(csv)).toThrow(why)
})

test('an empty campaign or source in an address is none', async () => {
  const empty = row('page_view', 0, { user: 9, utm_campaign: '', utm_source: '', referrer_class: 'search' })
  const store = await storeOf([empty], manifest)
  const { costs, rates } = await report(store, { period: week, spend, by: ['source', 'campaign'] })
  expect(costs?.withoutCost).toEqual([])
  expect(rates[0]?.segments.map(({ by, value }) => [by, value])).toEqual([
    ['source', 'search'],
    ['campaign', null],
  ])
})

test('a spend file may have quotes, a byte order mark and line ends of Windows', () => {
  expect(readSpend('\uFEFFdate,campaign,cost,currency\r\n2026-02-03,"a ""b"", c",1.5,eur\r\n\r\n')).toEqual([
    { date: '2026-02-03', campaign: 'a "b", c', cost: 1.5, currency: 'EUR' },
  ])
})
