import { expect, test } from 'vitest'
import { linearAxis, ratioAxis } from '../../../src/report/html/axis.ts'
import { toHtml } from '../../../src/report/html/to-html.ts'
import { describeReport } from '../../../src/report/text/describe-report.ts'
import { HOSTILE, hostileReport } from '../../support/report/hostile-report.ts'

test('has the figures of the report, and values of strangers as text', async () => {
  const report = await hostileReport()
  const html = toHtml(report)
  expect(html).not.toMatch(/<script|<img|<[^>]*\son\w+=/i)
  expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`)
  const { JSDOM } = (await import('jsdom' as string)) as {
    JSDOM: new (html: string) => { readonly window: Window }
  }
  const { document } = new JSDOM(html).window
  const tables = [...document.querySelectorAll('table')].map((table) =>
    [...table.querySelectorAll('tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent)),
  )
  const told = describeReport(report).flatMap((block) => (block.kind === 'table' ? [block] : []))
  expect(tables).toEqual(told.map(({ rows }) => rows.map(({ cells }) => cells)))
  expect(tables.flat(2)).toContain(`device ${HOSTILE}`)

  const images = [...document.querySelectorAll('svg')]
  expect(images.map((image) => image.getAttribute('aria-label')?.split(' ').slice(0, 4).join(' '))).toEqual([
    'Share of users with',
    'Share of users with',
    'Users at each step',
    'Lift of demo_booked with',
  ])
  // Every number in a drawing is one: NaN and Infinity draw nothing, without a word.
  expect(images.map((image) => image.outerHTML).join()).not.toMatch(/NaN|Infinity/)
  expect(images[1]?.querySelectorAll('.line')).toHaveLength(report.rates.length)
  expect(images[1]?.querySelectorAll('.release')).toHaveLength(1)
})

test('axes hold their values, with 0 or 1 on them', () => {
  const shares = linearAxis(0.37, 0, 100)
  expect(shares.ticks.map((tick) => tick.toFixed(1))).toEqual(['0.0', '0.1', '0.2', '0.3', '0.4'])
  expect([0, 0.2, 0.4, 9].map(shares.at)).toEqual([0, 50, 100, 100])
  expect(linearAxis(0, 0, 100).at(0)).toBe(0)
  const ratios = ratioAxis([0.7, 3, Number.POSITIVE_INFINITY, 0], 0, 100)
  expect(ratios.ticks).toEqual([0.5, 1, 2, 4])
  expect([0, 0.5, 1, 4, Number.POSITIVE_INFINITY].map((ratio) => Math.round(ratios.at(ratio)))).toEqual([
    0, 0, 33, 100, 100,
  ])
})
