import { expect, test } from 'vitest'
import type { EventRow } from '../../../src/collector/rows/row.ts'
import { report } from '../../../src/report/report.ts'
import type { FunnelStep } from '../../../src/report/report-types.ts'
import { DAY, HOUR, manifestWith, row, storeOf, week } from '../../support/report/event-rows.ts'

const events = { a: {}, b: {}, c: {} }
const manifest = manifestWith(events, {
  any: { steps: ['a', 'b', 'c'] },
  day: { steps: ['a', 'b', 'c'], within: '1d' },
})

/** Events such as `A0 B5`: the name and the hour. */
const hoursOf = (text: string, cells: Parameters<typeof row>[2] = {}): EventRow[] =>
  text.split(' ').map((each) => row((each[0] ?? '').toLowerCase(), Number(each.slice(1)) * HOUR, cells))

async function funnelsOf(rows: readonly EventRow[]) {
  const { funnels } = await report(await storeOf(rows, manifest), { period: week, by: ['device'] })
  const [any, day] = funnels
  if (!any || !day) throw new Error('The report has no funnels.')
  return { any, day }
}

const users = (steps: readonly FunnelStep[]) => steps.map((step) => step.users)
const hours = (steps: readonly FunnelStep[]) => steps.map(({ between }) => between && between.sum / HOUR)

test.each([
  ['in order', 'A0 B1 C2', [1, 1, 1], [null, 1, 1]],
  ['in another order', 'A0 C1 B2', [1, 1, 0], [null, 2, null]],
  ['with a way back', 'A0 B1 A2 C3', [1, 1, 1], [null, 1, 2]],
  ['at the same millisecond', 'A0 C0 B0', [1, 1, 1], [null, 0, 0]],
  ['with events done twice', 'A0 A0 B1 B1 C2 C2', [1, 1, 1], [null, 1, 1]],
  ['without the first step', 'B1 C2', [0, 0, 0], [null, null, null]],
  ['too late from the first entry, in time from the second', 'A0 A30 B31 C32', [1, 1, 1], [null, 1, 1]],
  ['with a second entry too late', 'A0 B1 A23 C25', [1, 1, 0], [null, 1, null]],
  ['at the very end of the time', 'A0 B1 C24', [1, 1, 1], [null, 1, 23]],
  ['after the end of the time', 'A0 B1 C25', [1, 1, 0], [null, 1, null]],
] as const)('a funnel within a day: steps %s', async (_, text, reached, between) => {
  const { day } = await funnelsOf(hoursOf(text))
  expect(users(day.steps)).toEqual(reached)
  expect(hours(day.steps)).toEqual(between)
})

test('a funnel without a time takes the first entry, and each step as soon as it comes', async () => {
  const { any } = await funnelsOf(hoursOf('A0 A5 B30 A40 C90'))
  expect(users(any.steps)).toEqual([1, 1, 1])
  expect(hours(any.steps)).toEqual([null, 30, 60])
})

test('a segment is that of the entry, also if it changes later', async () => {
  const mobile = hoursOf('A0', { user: 1, session: 1, device: 'mobile' })
  const desktop = hoursOf('B2 C3', { user: 1, session: 2, device: 'desktop' })
  const other = hoursOf('A1', { user: 2, session: 3, device: 'desktop' })
  const { day } = await funnelsOf([...mobile, ...desktop, ...other])
  const of = (device: string) => users(day.segments.find(({ value }) => value === device)?.steps ?? [])
  expect(of('mobile')).toEqual([1, 1, 1])
  expect(of('desktop')).toEqual([1, 0, 0])
})

test('a user who enters with two devices belongs to the one that led furthest', async () => {
  const mobile = hoursOf('A0', { user: 1, session: 1, device: 'mobile' })
  const desktop = hoursOf('A10 B11', { user: 1, session: 2, device: 'desktop' })
  const { day } = await funnelsOf([...mobile, ...desktop])
  expect(day.segments.map(({ value, steps }) => [value, users(steps)])).toEqual([['desktop', [1, 1, 0]]])
})

test('users whom a rollout excludes from a step are in no step', async () => {
  const excluded = hoursOf('A0 B1', { user: 2, outside: ',c,' })
  const { day } = await funnelsOf([...hoursOf('A0 B1 C2'), ...excluded])
  expect(users(day.steps)).toEqual([1, 1, 1])
  expect(day.steps[0]?.ofPrevious).toMatchObject({ k: 1, n: 1 })
})

test('one user with 50,000 events takes no longer than others', async () => {
  const names = ['a', 'b', 'c']
  const busy = Array.from({ length: 50_000 }, (_, index) => row(names[index % 3] ?? 'a', index * 10_000))
  const store = await storeOf(busy, manifest)
  const start = performance.now()
  const { funnels } = await report(store, { period: week })
  expect(users(funnels[1]?.steps ?? [])).toEqual([1, 1, 1])
  // A self-join would compare 2.5 billion pairs, which takes minutes.
  expect(performance.now() - start).toBeLessThan(30_000)
  expect(50_000 * 10_000).toBeLessThan(7 * DAY)
})
