import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { demoPlan } from '../../../src/cli/demo/demo-plan.ts'
import { simulate } from '../../../src/cli/demo/simulate.ts'
import { writeStore } from '../../../src/cli/demo/write-store.ts'
import type { EventRow } from '../../../src/collector/rows/row.ts'
import { clickhouse } from '../../../src/collector/sinks/clickhouse.ts'
import { manifestOf } from '../../../src/plan/manifest.ts'
import { report } from '../../../src/report/report.ts'
import type { Report } from '../../../src/report/report-types.ts'
import { openStore } from '../../../src/report/store/open-store.ts'
import { compact } from '../../../src/report/upkeep/compact.ts'
import { chdb, clickhouseServer } from '../../support/report/clickhouse-server.ts'
import { DAY, HOUR, opened, temporaryFolder } from '../../support/report/event-rows.ts'
import { liftByLoops } from '../../support/report/lift-by-loops.ts'
import { tallyOf } from '../../support/report/tally.ts'

const until = Date.parse('2026-02-16')
const period = { from: '2026-01-19', to: '2026-02-15' }
const now = until + 1
const variantOf = (user: string) => (user < '8' ? 'control' : 'video')
/** The clocks of an eighth of the users are two hours slow, so that what a day receives belongs to two days. */
const rawTimeOf = ({ anonymous_id, time, time_raw }: EventRow) =>
  anonymous_id < '2' ? time - 2 * HOUR : time_raw
const rows = [...simulate({ users: 2_500, days: 56, until, seed: 11 })].flat().map((row) => ({
  ...row,
  time_raw: rawTimeOf(row),
  day: new Date(rawTimeOf(row)).toISOString().slice(0, 10),
  experiments: JSON.stringify({ hero: variantOf(row.anonymous_id) }),
}))
const names = [...demoPlan.events.keys()]
const manifest = manifestOf(demoPlan)

function written(): string {
  const folder = temporaryFolder()
  writeStore(folder, manifest, [rows])
  return folder
}

const options = { period, by: ['device', 'source', 'experiment.hero'], now } as const
const without = ({ totals, quality, ...rest }: Report) => ({
  ...rest,
  totals: { ...totals, copies: 0 },
  quality: { ...quality },
})

test('counts and sums of times are those of the simulated users', async () => {
  const truth = tallyOf(rows, period)
  const { totals, rates, funnels, times, frequencies, experiments } = await report(
    await opened(written()),
    options,
  )
  expect(totals).toEqual({
    users: truth.users,
    sessions: truth.sessions,
    events: truth.rows.length,
    copies: truth.copies,
  })
  expect(truth.copies).toBeGreaterThan(300)
  for (const { event, now: rate, perSession, segments, outside, days } of rates) {
    expect([event, rate.k, rate.n, outside]).toEqual([
      event,
      truth.usersWith(event),
      truth.users - truth.usersOutside(event),
      truth.usersOutside(event),
    ])
    expect(perSession.k).toBe(truth.sessionsWith(event))
    for (const device of ['mobile', 'desktop', 'tablet'])
      expect(segments.find(({ by, value }) => by === 'device' && value === device)?.now.k).toBe(
        truth.usersWith(event, device),
      )
    expect(days.map(({ k }) => k)).toEqual(days.map(({ day }) => truth.usersOn(day, event)))
  }
  const users = [...new Set(truth.rows.map((row) => row.anonymous_id))]
  const seen = (variant: string) => users.filter((user) => variantOf(user) === variant).length
  expect(experiments).toMatchObject([
    {
      experiment: 'hero',
      mixed: 0,
      verdict: 'as planned',
      variants: ['control', 'video'].map((variant) => ({
        variant,
        share: { k: seen(variant), n: truth.users },
      })),
    },
  ])
  const steps = demoPlan.funnels['demo']?.steps ?? []
  expect(funnels[0]?.steps.map(({ users, between }) => ({ users, sum: between?.sum ?? 0 }))).toEqual(
    truth.funnel(steps, 7 * DAY),
  )
  for (const { event, among } of times) {
    const took = truth.timesTo(event)
    expect([event, among?.n, among?.sum]).toEqual([
      event,
      took.length,
      took.reduce((sum, time) => sum + time, 0),
    ])
  }
  expect(rates.map(({ event }) => event).sort()).toEqual(
    names.filter((name) => name !== 'chat_opened').sort(),
  )
  for (const { event, times: counts } of frequencies)
    expect(counts.reduce((sum, users) => sum + users, 0)).toBe(truth.usersWith(event))
})

test('lifts are those of a calculation user by user', async () => {
  const { lifts } = await report(await opened(written()), options)
  const all = tallyOf(rows, { from: '2025-12-22', to: period.to }).rows
  expect(lifts[0]?.macro).toBe('demo_booked')
  for (const name of ['pricing_clicked', 'demo_form_started', 'faq_opened', 'newsletter_joined']) {
    const truth = liftByLoops(all, name, 'demo_booked', period.from)
    const row = lifts[0]?.rows.find(({ event }) => event === name)
    expect([row?.lift.k, row?.lift.n]).toEqual([truth.after, truth.all])
    expect(row?.lift.value).toBeCloseTo(truth.lift, 9)
    expect(row?.expected).toBeCloseTo(truth.expected, 7)
  }
})

test('a report over Parquet, and over Parquet and lines, is that over lines', async () => {
  const folder = temporaryFolder()
  const short = rows.filter(({ site_day }) => site_day > '2026-02-05')
  writeStore(folder, manifest, [short])
  const before = await report(await opened(folder), options)
  const middle = Date.parse('2026-02-11T12:00')
  const first = await compact(folder, { now: middle })
  expect(first.rows).toBeGreaterThan(1_000)
  expect(without(await report(await opened(folder), options))).toEqual(without(before))
  const second = await compact(folder, { now: now + DAY })
  expect(first.rows + second.rows).toBe(short.length)
  expect(without(await report(await opened(folder), options))).toEqual(without(before))
})

test.skipIf(!chdb)(
  `a report over ClickHouse is that over files${chdb ? '' : ': skipped, because chdb is not installed'}`,
  async () => {
    const url = await clickhouseServer()
    const create = /```sql\n(create table events [\s\S]*?)```/.exec(
      readFileSync('docs/collecting.md', 'utf8'),
    )?.[1]
    await fetch(url, { method: 'POST', body: create ?? '' }).then(async (answer) => {
      if (!answer.ok) throw new Error(await answer.text())
    })
    const sink = clickhouse({ url })
    for (let start = 0; start < rows.length; start += 5_000)
      await sink.append(rows.slice(start, start + 5_000))
    const store = await openStore({ clickhouse: url })
    const found = await report(store, { ...options, plan: manifest })
    expect(without(found)).toEqual(without(await report(await opened(written()), options)))
  },
)
