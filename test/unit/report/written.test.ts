import { expect, test } from 'vitest'
import { demoPlan } from '../../../src/cli/demo/demo-plan.ts'
import { simulate } from '../../../src/cli/demo/simulate.ts'
import { manifestOf } from '../../../src/plan/manifest.ts'
import { report } from '../../../src/report/report.ts'
import { toMarkdown } from '../../../src/report/text/to-markdown.ts'
import { toText } from '../../../src/report/text/to-text.ts'
import { manifestWith, row, storeOf, week } from '../../support/report/event-rows.ts'

const until = Date.parse('2026-02-16')

test('a report as text and as Markdown', async () => {
  const rows = [...simulate({ users: 1_500, days: 56, until, seed: 2 })].flat()
  const paid = rows.filter(({ utm_campaign }) => utm_campaign === 'spring')
  const date = paid.at(-1)?.site_day
  const spend = `date,campaign,cost,currency\n2026-02-10,spring,1200,EUR\n${date},autumn,10,EUR\n`
  const result = await report(await storeOf(rows, manifestOf(demoPlan)), {
    by: ['device'],
    spend,
    now: until + 3_600_000,
  })
  await expect(toText(result)).toMatchFileSnapshot('__snapshots__/report.txt')
  await expect(toMarkdown(result)).toMatchFileSnapshot('__snapshots__/report.md.txt')
  expect(JSON.parse(JSON.stringify(result))).toEqual(result)
})

test('names and values of strangers control neither the terminal nor the page', async () => {
  const names = [
    '<script>alert(1)</script>',
    '\u001b[31mred',
    'a | b',
    '@everyone https://evil.test',
    '\u202Etxt.exe',
  ]
  const rows = names.map((name, user) => row(name, user, { user, device: name, release: name, plan: 'x' }))
  const result = await report(await storeOf(rows, manifestWith({})), {
    plan: manifestWith(Object.fromEntries(names.map((name) => [name, {}]))),
    period: week,
    by: ['device'],
  }).catch((error: Error) => error)
  // No row is of the plan "acme": nothing to report is said, not shown as zeros.
  expect(String(result)).toContain('RMC601')
  const ofPlan = rows.map((each) => ({ ...each, plan: 'acme' }))
  const found = await report(await storeOf(ofPlan, manifestWith({ 'a | b': {} })), {
    period: week,
    by: ['device'],
  })
  const [text, markdown] = [toText(found), toMarkdown(found)]
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
  expect(markdown).not.toMatch(/<script|https:\/\/|@everyone|[^\\]\| b/)
  expect(markdown).toContain('&lt;script&gt;')
})

test.each([
  [{ period: { from: '2026-02-30', to: '2026-03-01' } }, 'RMC603'],
  [{ period: { from: '2026-02-03', to: '2026-02-02' } }, 'RMC603'],
  [{ period: week, baseline: week }, 'RMC603'],
  [{ period: week, baseline: { from: '2026-01-30', to: '2026-02-01' } }, 'has 3 days, and the period has 7'],
  [{ period: week, goals: ['demo_boked'] }, 'Did you mean "demo_booked"?'],
  [{ period: week, by: ['devise' as 'device'] }, 'Did you mean "device"?'],
])('a wrong option is an error: %j', async (options, message) => {
  const store = await storeOf([row('page_view', 0)], manifestWith({ demo_booked: {} }))
  await expect(report(store, options)).rejects.toThrow(message)
})

test('a segment by scope, and what is not known', async () => {
  const scoped = [
    row('page_view', 0, { user: 1, scope: '{"variant":"a"}' }),
    row('page_view', 0, { user: 2, scope: '{"variant":"b","a.b":1}' }),
    row('page_view', 0, { user: 3, scope: null }),
  ]
  const store = await storeOf(scoped, manifestWith({ page_view: {} }))
  const { rates, baseline, notes } = await report(store, { period: week, by: ['scope.variant', 'scope.a.b'] })
  expect(rates[0]?.segments.map(({ by, value, now }) => [by, value, now.k])).toEqual([
    ['scope.variant', 'a', 1],
    ['scope.variant', 'b', 1],
    ['scope.variant', null, 1],
    ['scope.a.b', null, 2],
    ['scope.a.b', '1', 1],
  ])
  expect(baseline).toBeNull()
  expect(notes[0]).toMatch(/^No comparison: events begin on 2026-02-02/)
})
