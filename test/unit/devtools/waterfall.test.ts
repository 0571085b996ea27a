import { expect, test } from 'vitest'
import { waterfallOf } from '../../../src/devtools/journey/waterfall.ts'
import type { Decision } from '../../../src/engine/record/decision.ts'

const attempt = (number: number, time: number, page: number, answeredAt?: number) =>
  ({
    number,
    time,
    event: `e${number}`,
    outcome: 'fired',
    reason: 'admitted',
    page: { number: page, path: `/${page}` },
    deliveries: answeredAt ? { http: { state: 'sent', requests: [{ answeredAt }] } } : {},
  }) as unknown as Decision

test('each page has an axis of its own, the newest first, up to the last answer', () => {
  const pages = waterfallOf([attempt(1, 100, 1), attempt(2, 150, 1, 400), attempt(3, 500, 2)])
  expect(pages.map(({ path, since, spanMs }) => [path, since, spanMs])).toEqual([
    ['/2', 500, 1],
    ['/1', 100, 300],
  ])
  expect(pages[1]?.bars.map(({ event, startMs, endMs }) => [event, startMs, endMs])).toEqual([
    ['e1', 0, 0],
    ['e2', 50, 300],
  ])
})

test('pages from before a reload are pages of their own, and old attempts and pages are left out', () => {
  expect(waterfallOf([attempt(0, 1, 1), attempt(1, 2, 1)])).toHaveLength(2)
  const many = Array.from({ length: 100 }, (_, index) => attempt(index + 1, index, 1))
  expect(waterfallOf(many)[0]).toMatchObject({ attempts: 100, since: 60 })
  expect(waterfallOf(many)[0]?.bars).toHaveLength(40)
  expect(waterfallOf(Array.from({ length: 9 }, (_, page) => attempt(page + 1, page, page)))).toHaveLength(5)
})
