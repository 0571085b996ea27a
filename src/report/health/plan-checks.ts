import type { Manifest } from '../../plan/manifest.ts'
import type { Share } from '../statistics/rate.ts'
import { plusDays } from '../tables/days.ts'
import { count, percent } from '../text/numbers.ts'
import { hasRisen, lastAndBefore } from './shares.ts'
import { type Finding, incidentIn, seriesOf, type Watch } from './watch.ts'

const LIVE_DAYS = 7
/** Sessions that could have sent an event before it is missed. */
const MIN_SESSIONS = 100
const OLD_DAYS = 14

/** Version of the plan, and its first watched day. */
type Version = {
  readonly version: string
  readonly first_day: string
}

/** Returns the versions of the plan within the watched days, oldest first. */
async function versionsOf({ store, plan }: Watch): Promise<readonly Version[]> {
  if (plan === null) return []
  const versions = await store.query<Version>(
    'select plan_version as version, min(site_day) as first_day from health_rows group by plan_version',
  )
  const byNumber = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true })
  return versions.toSorted((a, b) => byNumber(a.first_day, b.first_day) || byNumber(a.version, b.version))
}

/** Checks for events of the plan that have been live for a week and have not happened once. */
export async function checkNeverSeen(
  watch: Watch,
  sessions: readonly number[],
  manifests: readonly Manifest[],
): Promise<readonly Finding[]> {
  const { store, days, events } = watch
  const versions = await versionsOf(watch)
  const seen = new Set(
    (await store.query<{ name: string }>('select distinct name from report_events')).map(({ name }) => name),
  )
  return events.flatMap((event) => {
    if (seen.has(event.wireName)) return []
    const live = versions.filter(({ version }) => isLive(manifests, version, event.event))
    const from = live[0]?.first_day
    if (from === undefined) return []
    const able = sessions.filter((_, day) => (days[day] as string) >= from)
    const share = event.rollout * event.sampleRate
    if (able.reduce((total, n) => total + n, 0) * share < MIN_SESSIONS) return []
    const incident = incidentIn(days, (until) => plusDays(from, LIVE_DAYS) <= (until.at(-1) as string))
    if (!incident) return []
    const message = `"${event.event}" is in the plan since ${from} and has not happened once in the last ${able.length} days.`
    return [{ kind: 'never seen' as const, event, incident, message }]
  })
}

function isLive(manifests: readonly Manifest[], version: string, event: string): boolean {
  const planned = manifests.find((manifest) => manifest.version === version)?.events[event]
  return planned !== undefined && !NOT_LIVE.has(planned.status ?? 'live')
}

/** Statuses of events that need not happen. */
export const NOT_LIVE: ReadonlySet<string> = new Set(['draft', 'shadow', 'retired'])

/** Checks whether many events come from a version of the plan that was replaced two weeks before. */
export async function checkVersions(watch: Watch): Promise<readonly Finding[]> {
  const versions = await versionsOf(watch)
  const replaced = new Map(
    versions.slice(0, -1).map(({ version }, index) => [version, (versions[index + 1] as Version).first_day]),
  )
  const rows = await watch.store.query<{ site_day: string; plan_version: string; n: number }>(
    'select site_day, plan_version, count(*) as n from report_events group by site_day, plan_version',
  )
  const days = watch.days.map((day): Share => {
    const own = rows.filter(({ site_day }) => site_day === day)
    const isOld = (version: string) => plusDays(replaced.get(version) ?? day, OLD_DAYS) < day
    const all = own.reduce((total, { n }) => total + n, 0)
    const old = own.filter(({ plan_version }) => isOld(plan_version)).reduce((total, { n }) => total + n, 0)
    return { k: old, n: all }
  })
  const incident = incidentIn(days, hasManyOld)
  if (!incident) return []
  const { last } = lastAndBefore(days)
  const message = `${percent(last.k / last.n)} of the events on the last day (${count(last.k)}) come from a version of the plan that was replaced more than two weeks ago. Look for pages that are cached or were not deployed.`
  return [{ kind: 'old version', incident, message }]
}

const MIN_OLD = 5
const MIN_OLD_SHARE = 0.01

function hasManyOld(days: readonly Share[]): boolean {
  const { k = 0, n = 0 } = days.at(-1) ?? {}
  return k >= MIN_OLD && k / n >= MIN_OLD_SHARE
}

/** Checks whether the share of bots has doubled. */
export async function checkBots({ survey, plan, days }: Watch): Promise<readonly Finding[]> {
  const rows = survey.filter((row) => row.kind === 'event' && (plan === null || row.plan === plan))
  const shares = days.map((day): Share => {
    const own = rows.filter(({ siteDay }) => siteDay === day)
    const bots = own.reduce((total, row) => total + row.bots, 0)
    return { k: bots, n: bots + own.reduce((total, row) => total + row.rows, 0) }
  })
  const incident = incidentIn(shares, hasDoubled)
  if (!incident) return []
  const { last, before } = lastAndBefore(shares)
  const message = `${percent(last.k / last.n)} of the events on the last day come from bots, before that ${percent(before.k / before.n)}. Reports leave them out.`
  return [{ kind: 'bots', incident, message }]
}

function hasDoubled(days: readonly Share[]): boolean {
  const { last, before } = lastAndBefore(days)
  return hasRisen(days) && last.k / last.n >= (2 * before.k) / before.n
}

const HOUR_MS = 3_600_000

/** Checks whether most events come from clocks that are wrong by more than an hour. */
export async function checkClocks(watch: Watch): Promise<readonly Finding[]> {
  const rows = await watch.store.query<{ site_day: string; skew: number }>(
    `select site_day, ${watch.sql.quantile('skew', 0.5)} as skew from health_rows where skew is not null group by site_day`,
  )
  const days = seriesOf(watch, rows, ({ skew }) => skew, 0)
  const incident = incidentIn(days, (until) => Math.abs(until.at(-1) ?? 0) > HOUR_MS)
  if (!incident) return []
  const hours = Math.round(Math.abs(days.at(-1) as number) / HOUR_MS)
  const message = `Half of the events on the last day come from clocks that are wrong by ${hours} hours or more. Look at the clock of the collector first.`
  return [{ kind: 'clock', incident, message }]
}

const MAX_COPIES = 3
const MIN_REUSED = 5
const MIN_REUSED_SHARE = 0.01

/** Checks whether events arrive many times, and whether different events have one id. */
export async function checkCopies(watch: Watch): Promise<readonly Finding[]> {
  const rows = await watch.store.query<{ site_day: string; ids: number; copies: number; reused: number }>(
    `select day as site_day, count(*) as ids, sum(copies) as copies, sum(case when payloads > 1 then 1 else 0 end) as reused
      from (select day, name, id, count(*) as copies, count(distinct properties) as payloads from health_rows
        where origin = 'browser' group by day, name, id) as t group by day`,
  )
  const series = seriesOf(watch, rows, (row) => row, { site_day: '', ids: 0, copies: 0, reused: 0 })
  const last = series.at(-1)
  if (!last) return []
  const many = incidentIn(
    series,
    (until) => (until.at(-1)?.copies ?? 0) > MAX_COPIES * (until.at(-1)?.ids ?? 0),
  )
  const reused = incidentIn(series, (until) => {
    const { ids = 0, reused: again = 0 } = until.at(-1) ?? {}
    return again >= MIN_REUSED && again >= MIN_REUSED_SHARE * ids
  })
  return [
    ...(many
      ? [
          {
            kind: 'copies' as const,
            incident: many,
            message: `Each event arrived ${(last.copies / last.ids).toFixed(1)} times on the last day. Reports count it once; look for answers of the collector that browsers do not get.`,
          },
        ]
      : []),
    ...(reused
      ? [
          {
            kind: 'copies' as const,
            incident: reused,
            message: `${count(last.reused)} ids of the last day belong to events with different properties, and reports count one of them. Look at \`id\` in the plan and at ids passed to \`track\`.`,
          },
        ]
      : []),
  ]
}
