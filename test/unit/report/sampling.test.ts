import { expect, test } from 'vitest'
import { demoPlan } from '../../../src/cli/demo/demo-plan.ts'
import { simulate } from '../../../src/cli/demo/simulate.ts'
import type { EventRow } from '../../../src/collector/rows/row.ts'
import { draw } from '../../../src/plan/draw.ts'
import { manifestOf } from '../../../src/plan/manifest.ts'
import { report } from '../../../src/report/report.ts'
import { HOUR, row, storeOf, week } from '../../support/report/event-rows.ts'

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
