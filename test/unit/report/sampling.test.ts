import { expect, test } from 'vitest'
import { demoPlan } from '../../../src/cli/demo/demo-plan.ts'
import { simulate } from '../../../src/cli/demo/simulate.ts'
import type { EventRow } from '../../../src/collector/rows/row.ts'
import { draw } from '../../../src/plan/draw.ts'
import { manifestOf } from '../../../src/plan/manifest.ts'
import { report } from '../../../src/report/report.ts'
import { toText } from '../../../src/report/text/to-text.ts'
import { DAY, HOUR, manifestWith, row, storeOf, week } from '../../support/report/event-rows.ts'

const until = Date.parse('2026-02-16')
const period = { from: '2026-01-19', to: '2026-02-15' }
const manifest = manifestOf(demoPlan)
const event = 'demo_form_started'
const everyone = [...simulate({ users: 5_000, days: 28, until, seed: 5, copies: 0 })].flat()
type By = 'sample' | 'rollout'
const isMember = (by: By, share: number) => (user: string) => draw(by, event, user) < share
/** The events that reach the collector if the plan takes a part of the users: the others do it, too, and send nothing. */
const sentBy = (member: (user: string) => boolean): readonly EventRow[] =>
  everyone.flatMap((row) => {
    if (member(row.anonymous_id)) return [row]
    return row.name === event ? [] : [{ ...row, outside: `${row.outside || ','}${event},` }]
  })

async function measured(rows: readonly EventRow[]) {
  const { rates, lifts, ready } = await report(await storeOf(rows, manifest), { period })
  return {
    rate: rates.find((each) => each.event === event)!,
    lift: lifts[0]!.rows.find((each) => each.event === event)!.lift,
    ready,
  }
}

test.each([
  ['sampling', 'sample', 0.25],
  ['a rollout', 'rollout', 0.2],
] as const)(
  '%s changes neither rate nor lift; without `outside` both would be wrong',
  async (_, by, share) => {
    const member = isMember(by, share)
    const sent = sentBy(member)
    const all = await measured(everyone)
    const part = await measured(sent)
    const members = new Set(everyone.map((row) => row.anonymous_id).filter(member))
    expect(part.rate.now.n).toBe(members.size)
    expect(part.rate.now.low).toBeLessThan(all.rate.now.value!)
    expect(part.rate.now.high).toBeGreaterThan(all.rate.now.value!)
    expect(part.lift.low).toBeLessThan(all.lift.value!)
    expect(part.lift.high).toBeGreaterThan(all.lift.value!)

    const blind = await measured(sent.map((row) => ({ ...row, outside: '' })))
    expect(blind.rate.now.value).toBeLessThan(all.rate.now.value! / 3)
    expect(blind.lift.value).toBeLessThan(part.lift.value! * 0.8)
  },
)

test('users who send what a rollout keeps from them are counted', async () => {
  const event = row('tour_watched', 0)
  const rows = [event, row('tour_watched', 1_000, { user: 2, outside: ',tour_watched,' })]
  const { ready, rates } = await report(await storeOf(rows, manifest), { period: week })
  expect(rates.find((each) => each.event === 'tour_watched')?.now).toMatchObject({ k: 1, n: 1 })
  expect(ready.find((each) => each.event === 'tour_watched')).toMatchObject({ strangers: 1, ready: false })
})

test('who is outside is told by the newest session: a later version of the plan may take the user', async () => {
  const before = row('page_view', 0, { outside: ',tour_watched,' })
  const later = row('tour_watched', HOUR, { session: 2 })
  const { rates } = await report(await storeOf([before, later], manifest), { period: week })
  expect(rates.find((each) => each.event === 'tour_watched')).toMatchObject({
    now: { k: 1, n: 1 },
    outside: 0,
  })
})

test('each event is estimated by the share with which it was sent, though the plan has another now', async () => {
  const plan = manifestWith({ tour: { rollout: 0.5, sampleRate: 0.8 } })
  const sent = (at: number, rollout: number, sample_rate: number) => row('tour', at, { rollout, sample_rate })
  const rows = [sent(0, 0.25, 1), sent(1, 0.25, 1), sent(DAY, 0.5, 0.5), sent(2 * DAY, 0.5, 0.8)]
  const { rates, ready } = await report(await storeOf(rows, plan), { period: week })
  expect(rates[0]).toMatchObject({ events: 4, estimated: 4 + 4 + 4 + 2.5 })
  expect(ready[0]).toMatchObject({ events: 4, expectedEvents: 15 })

  const unsaid = [...rows, row('tour', 3, { rollout: null, sample_rate: null })]
  const [tour] = (await report(await storeOf(unsaid, plan), { period: week })).rates
  expect(tour).toMatchObject({ events: 5, estimated: 4 + 4 + 4 + 2.5 + 2.5 })

  const full = await report(await storeOf(rows, manifestWith({ tour: {} })), { period: week })
  expect(full.rates[0]?.estimated).toBe(14.5)
})

test.each(['session', 'event'])(
  'an event sampled by %s has totals, and nothing by user',
  async (sampleBy) => {
    const sampled = { sampleRate: 0.5, sampleBy }
    const plan = manifestWith(
      { page: {}, looked: sampled, booked: { macro: true }, paid: { macro: true, ...sampled } },
      { long: { steps: ['page', 'looked', 'booked'] }, short: { steps: ['page', 'booked'] } },
    )
    const rows = [1, 2, 3].flatMap((user) => [
      row('page', 0, { user }),
      row('looked', 1_000, { user, sample_rate: 0.5 }),
      row('paid', 2_000, { user, sample_rate: 0.5 }),
      row('booked', 3_000, { user }),
    ])
    const spend = 'date,campaign,cost,currency\n2026-02-02,spring,10,EUR\n'
    const found = await report(await storeOf(rows, plan), { period: week, by: ['device'], spend })
    const looked = found.rates.find(({ event }) => event === 'looked')
    const none = { value: null, low: null, high: null, k: 0, n: 0, verdict: 'too few' }
    expect(looked).toMatchObject({ events: 3, estimated: 6, now: none, perSession: none, segments: [] })
    expect(looked?.days.every(({ n }) => n === 0)).toBe(true)
    const counted = ['booked', 'page']
    expect(found.lifts.map(({ macro, rows }) => [macro, rows.map(({ event }) => event)])).toEqual([
      ['booked', ['page']],
    ])
    expect(found.times.map(({ event }) => event)).toEqual(counted)
    expect(found.frequencies.map(({ event }) => event)).toEqual(counted)
    expect(found.costs?.rows.map(({ event }) => event)).toEqual(counted)
    expect(found.funnels.map(({ name }) => name)).toEqual(['short'])
    expect(found.notes.slice(-2)).toEqual([
      'Sampled by session or event, so that only totals are estimated, nothing by user: paid, looked.',
      'Funnels with such a step are left out: long.',
    ])
    expect(toText(found)).toContain(
      'looked: 3 events, estimated 6 for all users. No user can be counted by it.',
    )
  },
)

test('no event is a candidate to retire if it, or a macro conversion, is sampled by session', async () => {
  // Half of the users look, and of these as many book as of the others.
  const rows = Array.from({ length: 1_000 }, (_, user) => [
    row('page', 0, { user }),
    ...(user % 2 === 0 ? [row('looked', 1_000, { user })] : []),
    ...(user % 4 < 2 ? [row('booked', 50_000, { user })] : []),
    row('page', 60_000, { user }),
  ]).flat()
  const retired = async (looked: object, paid: object) => {
    const events = { looked, booked: { macro: true }, paid }
    const { retire } = await report(await storeOf(rows, manifestWith(events)), { period: week })
    return retire.map(({ event }) => event)
  }
  const sampled = { sampleRate: 0.5, sampleBy: 'session' }
  expect(await retired({}, {})).toEqual(['looked'])
  expect(await retired(sampled, {})).toEqual([])
  expect(await retired({}, { macro: true, ...sampled })).toEqual([])
})
