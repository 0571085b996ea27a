import gammainc from '@stdlib/math-base-special-gammainc'
import { expect, test } from 'vitest'
import type { EventRow } from '../../../src/collector/rows/row.ts'
import { toHtml } from '../../../src/report/html/to-html.ts'
import { report } from '../../../src/report/report.ts'
import type { ReportOptions } from '../../../src/report/report-options.ts'
import { testSplit } from '../../../src/report/statistics/sample-ratio.ts'
import { splitVerdict } from '../../../src/report/statistics/verdict.ts'
import { toMarkdown } from '../../../src/report/text/to-markdown.ts'
import { toText } from '../../../src/report/text/to-text.ts'
import { createRandom } from '../../support/random.ts'
import { DAY, manifestWith, row, storeOf, week } from '../../support/report/event-rows.ts'

const equal = (...counts: readonly number[]) => testSplit(counts.map((k) => ({ k, weight: 1 })))

test('the sample-ratio test gives published figures, and those of @stdlib', () => {
  // Kohavi, Tang & Xu 2020, chapter 21, scenario 1.
  expect(equal(821_588, 815_482).p.toExponential(1)).toBe('1.8e-6')
  // Tables of the distribution: 3.841 and 10.828 for one degree of freedom, 5.991 for two, at 5 % and 0.1 %.
  expect(equal(5_098, 4_902).p).toBeCloseTo(0.05, 3)
  for (const counts of [
    [480, 520],
    [4_700, 5_300],
    [310, 330, 360],
    [90, 100, 110, 140],
  ]) {
    const { p, chiSquared } = equal(...counts)
    const theirs = gammainc(chiSquared / 2, (counts.length - 1) / 2, true, true)
    expect(Math.abs(p / theirs - 1)).toBeLessThan(1e-8)
  }
  const tenth = testSplit([
    { k: 9_000, weight: 9 },
    { k: 1_000, weight: 1 },
  ])
  expect(tenth).toMatchObject({ chiSquared: 0, p: 1, leastExpected: 1_000 })
})

test('of 4,000 experiments that assign as planned, a few are warned of; of those that lose 5 % of a variant, most', () => {
  const random = createRandom(5)
  const warned = (loss: number) => {
    const verdicts = Array.from({ length: 4_000 }, () => {
      const control = random.binomial(20_000, 0.5)
      return splitVerdict(equal(control, random.binomial(20_000 - control, 1 - loss)))
    })
    return verdicts.filter((verdict) => verdict === 'not as planned').length / verdicts.length
  }
  expect(warned(0)).toBeLessThan(0.003)
  expect(warned(0.05)).toBeGreaterThan(0.5)
})

test.each([
  [[4, 4], 'too few'],
  [[40], 'one variant'],
  [[1_000, 1_100], 'as planned'],
  [[1_000, 1_200], 'not as planned'],
] as const)('%j users: %s', (counts, verdict) => {
  expect(splitVerdict(equal(...counts))).toBe(verdict)
})

const manifest = manifestWith(
  { page_view: {}, booked: { macro: true } },
  { booking: { steps: ['page_view', 'booked'] } },
)

/** Visits of users who see a variant; `books` tells which of them book. */
function visits(first: number, count: number, variant: string, books = (_: number) => false): EventRow[] {
  const cells = { experiments: JSON.stringify({ hero: variant, 'z/b ~ "x"': 'on' }) }
  return Array.from({ length: count }, (_, index) => {
    const user = first + index
    const view = row('page_view', 1_000, { user, ...cells })
    return books(index) ? [view, row('booked', 2_000, { user, ...cells })] : [view]
  }).flat()
}

async function reportOn(rows: readonly EventRow[], options: ReportOptions = {}) {
  return report(await storeOf(rows, manifest), { period: week, ...options })
}

test('a report says by n, share and verdict how users are split', async () => {
  const rows = [
    ...visits(1, 60, 'control'),
    ...visits(100, 30, 'video'),
    // Before the period, without a variant, a copy, a bot, and one who saw both.
    row('page_view', -DAY, { user: 300, experiments: '{"hero":"video"}' }),
    row('page_view', 0, { user: 301 }),
    row('page_view', 0, { user: 302, experiments: '{"hero":"video"}', bot: true }),
    row('page_view', 0, { user: 303, experiments: '{"hero":"video"}' }),
    row('page_view', DAY, { user: 303, session: 304, experiments: '{"hero":"control"}' }),
  ]
  const result = await reportOn([...rows, rows[0] as EventRow])
  const hero = result.experiments.find(({ experiment }) => experiment === 'hero')
  expect(hero).toMatchObject({
    users: 90,
    mixed: 1,
    weights: 'equal',
    verdict: 'as planned',
    variants: [
      { variant: 'control', share: { k: 60, n: 90, value: 2 / 3, verdict: 'ok' }, planned: 0.5 },
      { variant: 'video', share: { k: 30, n: 90, value: 1 / 3, verdict: 'ok' }, planned: 0.5 },
    ],
  })
  expect(hero?.p).toBeCloseTo(0.00157, 5)
  expect(result.experiments.find(({ experiment }) => experiment === 'z/b ~ "x"')).toMatchObject({
    users: 90,
    mixed: 0,
    verdict: 'one variant',
    p: null,
  })
  expect(toText(result)).not.toContain('Warning')
})

test('a split that chance does not explain is a warning in text, Markdown, HTML and JSON', async () => {
  const result = await reportOn([...visits(1, 130, 'control'), ...visits(200, 70, 'video')])
  expect(result.experiments[0]).toMatchObject({ experiment: 'hero', verdict: 'not as planned' })
  const text = toText(result)
  expect(text).toContain('Warning: users are not split as planned in hero. Do not compare the variants')
  expect(text).toMatch(/^hero +200 +NOT as planned$/m)
  expect(text).toMatch(/^ {2}control +130 +65\.0 % \[58\.2, 71\.3\] +50\.0 %$/m)
  expect(text).toContain('hero: chance splits users like this in about 1 of 45,000 experiments.')
  expect(toMarkdown(result)).toContain('| hero | 200 |  |  | NOT as planned |')
  expect(toHtml(result)).toContain('<th scope="row">hero</th><td>200</td>')
  expect(JSON.parse(JSON.stringify(result)).experiments).toEqual(result.experiments)

  const planned = await reportOn([...visits(1, 130, 'control'), ...visits(200, 70, 'video')], {
    splits: { hero: { control: 2, video: 1 } },
  })
  expect(planned.experiments[0]).toMatchObject({ weights: 'given', verdict: 'as planned' })
  expect(toText(planned)).not.toContain('Warning')
})

test('a planned variant that no user saw is missing; one that is not planned is named, and not in the test', async () => {
  const options = { splits: { hero: { control: 1, video: 1 } } }
  const gone = await reportOn(visits(1, 40, 'control'), options)
  expect(gone.experiments[0]).toMatchObject({
    verdict: 'not as planned',
    variants: [{}, { variant: 'video', share: { k: 0, n: 40 } }],
  })
  const rows = [...visits(1, 40, 'control'), ...visits(100, 40, 'video'), ...visits(200, 9, 'old')]
  const odd = await reportOn(rows, options)
  expect(odd.experiments[0]).toMatchObject({ users: 89, verdict: 'as planned', p: 1 })
  expect(toText(odd)).toContain('hero: 9 users saw "old", which is not planned.')
})

test('a variant is a segment of rates and funnels: the user’s, whichever session', async () => {
  const rows = [
    ...visits(1, 20, 'control', (index) => index < 5),
    ...visits(100, 20, 'video', (index) => index < 10),
    // Comes before the experiment, and books in it.
    row('page_view', 0, { user: 300 }),
    row('page_view', DAY, { user: 300, session: 301, experiments: '{"hero":"video"}' }),
    row('booked', DAY + 1_000, { user: 300, session: 301, experiments: '{"hero":"video"}' }),
    ...['video', 'control'].map((hero, at) =>
      row('page_view', at, { user: 400, experiments: JSON.stringify({ hero }) }),
    ),
    row('page_view', 0, { user: 500 }),
  ]
  const { rates, funnels } = await reportOn(rows, { by: ['experiment.hero'] })
  const booked = rates.find(({ event }) => event === 'booked')
  expect(booked?.segments.map(({ value, now }) => [value, now.k, now.n])).toEqual([
    ['video', 11, 21],
    ['control', 5, 20],
    ['several variants', 0, 1],
    [null, 0, 1],
  ])
  expect(funnels[0]?.segments.map(({ value, steps }) => [value, steps.map(({ users }) => users)])).toEqual([
    ['video', [21, 11]],
    ['control', [20, 5]],
    [null, [1, 0]],
    ['several variants', [1, 0]],
  ])
})

test.each([
  [{ hero: { a: 1 } }, 'names fewer than two variants'],
  [{ hero: { a: 1, b: 0 } }, 'gives "b" the weight 0'],
  [{ hero: { a: 1, b: Number.NaN } }, 'gives "b" the weight NaN'],
])('a split that cannot be planned is an error: %j', async (splits, message) => {
  await expect(reportOn(visits(1, 2, 'control'), { splits })).rejects.toThrow(
    new RegExp(`RMC610.*"hero" ${message}`),
  )
})

test('names of strangers are text', async () => {
  const hostile = `<script>alert(1)</script>`
  const rows = [1, 2].map((user) =>
    row('page_view', user, { user, experiments: JSON.stringify({ [hostile]: `${hostile}${user}` }) }),
  )
  const result = await reportOn(rows)
  expect(result.experiments).toHaveLength(1)
  expect(toHtml(result)).not.toContain('<script')
})
