import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { EventRow } from '../../../src/collector/rows/row.ts'
import { manifestOf } from '../../../src/plan/manifest.ts'
import { checkHealth } from '../../../src/report/health/check-health.ts'
import { incidentOf } from '../../../src/report/health/incident.ts'
import { expectedSince } from '../../../src/report/health/silence.ts'
import { openStore } from '../../../src/report/store/open-store.ts'
import { derivedId } from '../../../src/support/hash.ts'
import {
  type Change,
  LAST_DAY,
  NOW,
  openSite,
  type SiteOptions,
  sitePlan,
  writeSite,
} from '../../support/health-site.ts'

async function healthOf(site: SiteOptions, now = NOW) {
  const store = await openSite(site)
  return checkHealth(store, { now })
}

/** Changes the rows of an event on the last full days. */
const onLast =
  (
    days: number,
    name: string,
    make: (row: EventRow, index: number) => EventRow | readonly EventRow[],
  ): Change =>
  (rows, ago) =>
    ago < days && ago >= 0 ? rows.flatMap((row, index) => (row.name === name ? make(row, index) : row)) : rows

const both =
  (...changes: readonly Change[]): Change =>
  (rows, ago) =>
    changes.reduce((so, change) => change(so, ago), rows)

describe('a site in which nothing is wrong', () => {
  test('has no alarm, and tells how long an outage would go unnoticed', async () => {
    const health = await healthOf({})
    expect(health).toMatchObject({
      schema: 'react-microconversions/health/1',
      plan: 'acme',
      day: LAST_DAY,
      alarms: [],
      notes: [],
    })
    const events = health.events.map(({ event, owner, noticedAfterDays }) => [event, owner, noticedAfterDays])
    expect(events.sort()).toEqual([
      ['demo_booked', 'growth', 1],
      ['page_seen', 'web team', 1],
      ['plan_compared', 'web team', 1],
      ['quiz_started', 'web team', 1],
    ])
    expect(health.events.find(({ event }) => event === 'quiz_started')?.perDay).toBeCloseTo(30.9, 1)
  })
})

test('a late event of an earlier day does not make a store older', async () => {
  const late: Change = (rows, ago) =>
    rows.flatMap((row, index) =>
      ago === 4 && index === 0
        ? [
            row,
            {
              ...row,
              id: derivedId('late'),
              time: row.time - 30 * 86_400_000,
              day: '2026-02-25',
              site_day: '2026-02-25',
            },
          ]
        : row,
    )
  const { notes } = await healthOf({ sessions: (ago) => (ago > 4 ? 0 : 72), change: late })
  expect(notes[0]).toMatch(/^Only 4 full days are stored/)
})

describe('volumes', () => {
  test('an event that is gone: its owner, since when, and the release that came with it', async () => {
    const gone = onLast(3, 'demo_booked', () => [])
    const released: Change = (rows, ago) => rows.map((row) => (ago < 3 ? { ...row, release: '1.1.0' } : row))
    const { alarms } = await healthOf({ change: both(gone, released) })
    expect(alarms).toEqual([
      {
        kind: 'missing',
        event: 'demo_booked',
        owner: 'growth',
        since: '2026-03-29',
        isNew: false,
        release: '1.1.0',
        message:
          '"demo_booked" did not happen in the last 3 days, where 60 were expected for so many sessions.',
      },
    ])
  })

  test('an event that happens twice as often', async () => {
    const twice = onLast(1, 'quiz_begun', (row) => [row, { ...row, id: derivedId(`${row.id}|again`) }])
    const { alarms } = await healthOf({ change: twice })
    expect(alarms).toMatchObject([{ kind: 'risen', event: 'quiz_started', since: LAST_DAY, isNew: true }])
  })

  test('sessions that halve are one alarm, however many events there are', async () => {
    const { alarms } = await healthOf({ sessions: (ago) => (ago <= 0 ? 30 : 72) })
    expect(alarms).toMatchObject([{ kind: 'sessions', event: null, owner: null, since: LAST_DAY }])
  })

  test('an event whose rollout has grown has another usual count', async () => {
    const grown: Change = (rows, ago) =>
      rows.flatMap((row, index) =>
        row.name !== 'plan_compared' || ago < 3 ? row : index % 5 === 0 ? { ...row, rollout: 0.2 } : [],
      )
    expect((await healthOf({ change: grown })).alarms).toEqual([])
  })
})

describe('silence', () => {
  const quietFrom =
    (time: number): Change =>
    (rows) =>
      rows.filter((row) => row.time < time)

  test('of hours by day is an alarm, and tells how much was to be expected', async () => {
    const { alarms } = await healthOf({ change: quietFrom(Date.parse('2026-04-01T07:30:00Z')) })
    expect(alarms).toMatchObject([{ kind: 'silence', isNew: true }])
    expect(alarms[0]?.message).toMatch(/^No event for 3\.\d h, where 10 sessions were expected/)
    expect((await healthOf({ change: quietFrom(Date.parse('2026-04-01T09:40:00Z')) })).alarms).toEqual([])
  })

  test('of months is one too, though nothing is compared', async () => {
    const { alarms } = await healthOf({}, NOW + 100 * 86_400_000)
    expect(alarms).toMatchObject([
      { kind: 'silence', isNew: false, message: 'No event for more than nine weeks.' },
    ])
  })

  test('passes through a night without an alarm', () => {
    const HOUR_MS = 3_600_000
    // 10 sessions an hour from 8 to 20, none at night.
    const hours = new Map(
      Array.from(
        { length: 24 * 28 },
        (_, hour) => [hour, hour % 24 >= 8 && hour % 24 < 20 ? 10 : 0] as const,
      ),
    )
    const evening = (24 * 28 - 4) * HOUR_MS
    expect(expectedSince(evening, evening + 12 * HOUR_MS, hours)).toBe(0)
    expect(expectedSince(evening, evening + 12.5 * HOUR_MS, hours)).toBe(5)
  })
})

describe('drift', () => {
  test('invalid events, with the path; a lost property; events that are not in the plan', async () => {
    const invalid = onLast(1, 'demo_booked', (row, index) =>
      index % 3 === 0 ? { ...row, valid: false, issues: '["properties.tier"]' } : row,
    )
    const lost = onLast(2, 'quiz_begun', (row) => ({ ...row, properties: '{"quiz":"fit"}' }))
    const unknown = onLast(1, 'page_seen', (row, index) =>
      index % 4 === 0
        ? [
            row,
            {
              ...row,
              id: derivedId(`${row.id}|x`),
              name: '<script>alert(1)</script>',
              valid: false,
              issues: '["name"]',
            },
          ]
        : row,
    )
    const { alarms } = await healthOf({ change: both(invalid, lost, unknown) })
    expect(alarms.map(({ kind, event, since, isNew }) => [kind, event, since, isNew])).toEqual([
      ['issues', 'demo_booked', '2026-03-31', true],
      ['unknown events', null, '2026-03-31', true],
      ['property', 'quiz_started', '2026-03-30', false],
    ])
    expect(alarms[0]?.message).toContain('most often at properties.tier')
    expect(alarms[2]?.message).toContain('has lost `variant`')
    expect(JSON.stringify(alarms)).not.toContain('script')
  })

  test('copies, ids used twice, clocks and bots', async () => {
    const copies = onLast(1, 'page_seen', (row, index) =>
      Array.from({ length: 9 }, (_, copy) => ({
        ...row,
        received_at: row.received_at + copy,
        ...(copy === 8 && index % 5 === 0 && { properties: '{"path":"/other"}' }),
      })),
    )
    const clocks: Change = (rows, ago) =>
      ago === 0 ? rows.map((row) => ({ ...row, skew: 2 * 3_600_000 })) : rows
    const bots = onLast(1, 'quiz_begun', (row) => [
      row,
      { ...row, id: derivedId(`${row.id}|bot`), bot: true },
    ])
    const { alarms } = await healthOf({ change: both(copies, clocks, bots) })
    expect(alarms.map(({ kind }) => kind)).toEqual(['copies', 'copies', 'clock', 'bots'])
    expect(alarms.map(({ message }) => /^[^,.]*/.exec(message)?.[0])).toEqual([
      expect.stringMatching(/^Each event arrived [45]$/),
      expect.stringContaining('ids of the last day belong to events with different properties'),
      'Half of the events on the last day come from clocks that are wrong by 2 hours or more',
      expect.stringMatching(/^\d+$/),
    ])
  })

  test('copies change neither the share of bots nor the sample in which a property is missed', async () => {
    const bots = onLast(1, 'quiz_begun', (row) => [
      row,
      { ...row, id: derivedId(`${row.id}|bot`), bot: true },
    ])
    const twice: Change = (rows) => rows.flatMap((row) => [row, { ...row, received_at: row.received_at + 1 }])
    const alone = await healthOf({ change: bots })
    expect(alone.alarms.map(({ kind }) => kind)).toEqual(['bots'])
    expect((await healthOf({ change: both(bots, twice) })).alarms).toEqual(alone.alarms)

    const often = onLast(1, 'quiz_begun', (row, index) =>
      index > 1
        ? row
        : Array.from({ length: 60 }, (_, copy) => ({
            ...row,
            id: '00000000-0000-4000-8000-000000000000',
            properties: '{"quiz":"fit"}',
            received_at: row.received_at + copy,
          })),
    )
    const { alarms } = await healthOf({ change: often })
    expect(alarms.filter(({ kind }) => kind === 'property')).toEqual([])
  })

  test('an event of the plan that never happened, and pages with an old plan', async () => {
    const never: Change = (rows) => rows.filter(({ name }) => name !== 'plan_compared')
    const old: Change = (rows, ago) =>
      rows.map((row, index) => (ago > 20 || index % 10 === 0 ? { ...row, plan_version: '1' } : row))
    const { alarms } = await healthOf({ change: both(never, old) })
    expect(alarms.map(({ kind, event }) => [kind, event])).toEqual([
      ['never seen', 'plan_compared'],
      ['old version', null],
    ])
  })
})

describe('versions of the plan', () => {
  const withVersion = (row: EventRow, version: string): EventRow => ({
    ...row,
    id: derivedId(`${row.id}|${version}`),
    plan_version: version,
  })

  test('that were never deployed replace none, however long ago a few events had them', async () => {
    const stray: Change = (rows, ago) =>
      ago === 25
        ? [...rows, ...rows.slice(0, 3).map((row) => withVersion(row, 'preview'))]
        : ago === 18
          ? [...rows, ...rows.slice(0, 1).map((row) => withVersion(row, '3'))]
          : rows
    expect((await healthOf({ change: stray })).alarms).toEqual([])
  })

  test('are old two weeks after a version has replaced them, also if newer ones have followed', async () => {
    const change: Change = (rows, ago) =>
      rows.map((row, index) => {
        const current = ago > 25 ? '1' : ago > 3 ? '2' : '3'
        return { ...row, plan_version: index % 10 === 0 ? '1' : current }
      })
    const { alarms } = await healthOf({ change })
    expect(alarms).toMatchObject([{ kind: 'old version', isNew: false }])
    expect(alarms[0]?.message).toMatch(/^1\d(?:\.\d)? % of the events on the last day/)
  })

  test('are current again after a return to them', async () => {
    const change: Change = (rows, ago) =>
      rows.map((row) => ({ ...row, plan_version: ago === 18 ? '3' : '2' }))
    expect((await healthOf({ change })).alarms).toEqual([])
  })

  test('that few pages have need not send their events', async () => {
    const newer = { ...manifestOf(sitePlan), version: '3' }
    const folder = writeSite({
      change: (rows, ago) => [
        ...rows.filter(({ name }) => name !== 'plan_compared'),
        ...(ago === 12 ? rows.slice(0, 2).map((row) => withVersion(row, '3')) : []),
      ],
    })
    const events = { ...newer.events, plan_compared: { ...newer.events['plan_compared'], status: 'draft' } }
    writeFileSync(join(folder, 'plans', 'acme-2.json'), JSON.stringify({ ...newer, version: '2', events }))
    writeFileSync(join(folder, 'plans', 'acme-3.json'), JSON.stringify(newer))
    const store = await openStore(folder)
    onTestFinished(() => store.close())
    expect((await checkHealth(store, { now: NOW })).alarms).toEqual([])
  })
})

test('a store without a full day is no healthy one', async () => {
  const today: Change = (rows, ago) => (ago === -1 ? rows : [])
  await expect(healthOf({ change: today })).rejects.toThrow('RMC633')
})

test('a new store says what cannot be judged yet', async () => {
  const young: Change = (rows, ago) => (ago < 6 ? rows : [])
  const { alarms, notes } = await healthOf({ change: young })
  expect(alarms).toEqual([])
  expect(notes).toHaveLength(2)
})

test('an incident begins with an alarm after seven days without one', () => {
  const on = (...days: readonly number[]) => incidentOf((ago) => days.includes(ago))
  expect(on(1, 2)).toBeNull()
  expect(on(0)).toEqual({ daysAgo: 0, isNew: true })
  expect(on(0, 8)).toEqual({ daysAgo: 0, isNew: true })
  expect(on(0, 7)).toEqual({ daysAgo: 7, isNew: false })
  expect(on(0, 3, 9)).toEqual({ daysAgo: 9, isNew: false })
})
