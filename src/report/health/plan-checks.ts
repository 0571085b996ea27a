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

/** Events of one version of the plan on one day, and the sessions of browsers that have one of them. */
type VersionDay = {
  readonly site_day: string
  readonly version: string
  readonly events: number
  readonly sessions: number
}

/** Counts the events of each version of the plan on each watched day. Returns none without a plan. */
export async function countVersions({ store, plan }: Watch): Promise<readonly VersionDay[]> {
  if (plan === null) return []
  return store.query<VersionDay>(
    `select site_day, plan_version as version, count(*) as events,
      count(distinct case when origin <> 'server' then session_id else null end) as sessions
    from report_events group by site_day, plan_version`,
  )
}

/** Checks for events of the plan that have been live for a week and have not happened once. */
export async function checkNeverSeen(
  { store, days, events }: Watch,
  counts: readonly VersionDay[],
  manifests: readonly Manifest[],
): Promise<readonly Finding[]> {
  const seen = new Set(
    (await store.query<{ name: string }>('select distinct name from report_events')).map(({ name }) => name),
  )
  return events.flatMap((event) => {
    if (seen.has(event.wireName)) return []
    // Other versions do not have the event, such as that of the site while a preview has it already.
    const live = counts.filter(({ version }) => isLive(manifests, version, event.event))
    const from = days.find((day) => live.some(({ site_day }) => site_day === day))
    if (from === undefined) return []
    const share = event.rollout * event.sampleRate
    if (live.reduce((total, { sessions }) => total + sessions, 0) * share < MIN_SESSIONS) return []
    const incident = incidentIn(days, (until) => plusDays(from, LIVE_DAYS) <= (until.at(-1) as string))
    if (!incident) return []
    const message = `"${event.event}" is in the plan since ${from} and has not happened once in the last ${days.length - days.indexOf(from)} days.`
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
export function checkVersions(watch: Watch, counts: readonly VersionDay[]): readonly Finding[] {
  const isOld = oldVersions(watch.days, counts)
  const days = watch.days.map((day): Share => {
    const own = counts.filter(({ site_day }) => site_day === day)
    const all = own.reduce((total, { events }) => total + events, 0)
    const old = own.filter(isOld).reduce((total, { events }) => total + events, 0)
    return { k: old, n: all }
  })
  const incident = incidentIn(days, hasManyOld)
  if (!incident) return []
  const { last } = lastAndBefore(days)
  const message = `${percent(last.k / last.n)} of the events on the last day (${count(last.k)}) come from a version of the plan that was replaced more than two weeks ago. Look for pages that are cached or were not deployed.`
  return [{ kind: 'old version', incident, message }]
}

/**
 * Returns whether the version of a count was replaced more than two weeks before its day. A version is replaced on a day on which a
 * later one has more events: anyone can send a few events of a version that was never deployed.
 */
function oldVersions(days: readonly string[], counts: readonly VersionDay[]): (count: VersionDay) => boolean {
  const versions = inOrder(days, counts)
  const replaced = new Map<string, string>()
  const outnumbered = new Map(days.map((day) => [day, outnumberedOn(day, versions, counts)]))
  for (const [day, those] of outnumbered)
    for (const version of those) if (!replaced.has(version)) replaced.set(version, day)
  return ({ site_day, version }) =>
    plusDays(replaced.get(version) ?? site_day, OLD_DAYS) < site_day &&
    outnumbered.get(site_day)?.has(version) === true
}

/** Returns the versions of which a later one has more events on a day. */
function outnumberedOn(
  day: string,
  versions: readonly string[],
  counts: readonly VersionDay[],
): ReadonlySet<string> {
  const eventsOf = new Map(
    counts.filter(({ site_day }) => site_day === day).map(({ version, events }) => [version, events]),
  )
  const found = new Set<string>()
  let most = 0
  for (const version of versions.toReversed()) {
    const events = eventsOf.get(version) ?? 0
    if (events < most) found.add(version)
    most = Math.max(most, events)
  }
  return found
}

/** Returns the versions in the order in which they appeared. */
function inOrder(days: readonly string[], counts: readonly VersionDay[]): readonly string[] {
  const byNumber = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true })
  return [
    ...new Set(
      days.flatMap((day) =>
        counts
          .filter(({ site_day }) => site_day === day)
          .map(({ version }) => version)
          .sort(byNumber),
      ),
    ),
  ]
}

const MIN_OLD = 5
const MIN_OLD_SHARE = 0.01

function hasManyOld(days: readonly Share[]): boolean {
  const { k = 0, n = 0 } = days.at(-1) ?? {}
  return k >= MIN_OLD && k / n >= MIN_OLD_SHARE
}

/** Checks whether the share of bots has doubled. */
export async function checkBots(watch: Watch): Promise<readonly Finding[]> {
  const { store, survey, plan, days } = watch
  // Each event once, as the survey counts those of bots.
  const once = await store.query<{ site_day: string; n: number }>(
    'select site_day, count(*) as n from report_events group by site_day',
  )
  const events = seriesOf(watch, once, ({ n }) => n, 0)
  const rows = survey.filter((row) => row.kind === 'event' && (plan === null || row.plan === plan))
  const shares = days.map((day, index): Share => {
    const own = rows.filter(({ siteDay }) => siteDay === day)
    const bots = own.reduce((total, row) => total + row.bots, 0)
    return { k: bots, n: bots + (events[index] ?? 0) }
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
