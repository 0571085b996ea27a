import type { EventCoverage, Period, Quality, Report, Totals } from '../report-types.ts'
import { inList, type Reading } from '../tables/reading.ts'
import type { SurveyRow } from '../tables/survey.ts'
import { rateFigure } from './figures.ts'

/** Returns the numbers of users, sessions, events and copies of the period. */
export async function measureTotals({ store, sql, plan, period, survey }: Reading): Promise<Totals> {
  const [users] = await store.query<{ n: number; sessions: number | null }>(
    'select count(*) as n, sum(sessions) as sessions from report_users where now = 1',
  )
  const [events] = await store.query<{ n: number | null; merged: number | null }>(
    `select sum(n) as n, sum(case when origin = 'both' then n else 0 end) as merged from report_tally
      where site_day >= ${sql.text(period.from)}`,
  )
  const stored = surveySum(survey, period, plan, ({ rows }) => rows)
  const count = events?.n ?? 0
  return {
    users: users?.n ?? 0,
    sessions: users?.sessions ?? 0,
    events: count,
    copies: Math.max(0, stored - count - (events?.merged ?? 0)),
  }
}

/** Returns how far the data of the period can be trusted. */
export async function measureQuality(reading: Reading): Promise<Quality> {
  const { store, sql, plan, period, survey } = reading
  const [events] = await store.query<
    Record<'checked' | 'invalid' | 'unchecked' | 'unknown' | 'names' | 'newest', number | null>
  >(
    `select sum(case when t.valid is not null then t.n else 0 end) as checked,
      sum(case when not coalesce(t.valid, true) then t.n else 0 end) as invalid,
      sum(case when t.valid is null then t.n else 0 end) as unchecked, sum(t.unknown * t.n) as unknown,
      count(distinct case when t.unknown = 1 then t.name else null end) as names, max(t.last_time) as newest
    from report_tally as t where site_day >= ${sql.text(period.from)}`,
  )
  return {
    invalid: rateFigure({ k: events?.invalid ?? 0, n: events?.checked ?? 0 }),
    unchecked: events?.unchecked ?? 0,
    notInPlan: { events: events?.unknown ?? 0, names: events?.names ?? 0 },
    refused: surveySum(survey, period, null, ({ kind, all }) => (kind === 'refused' ? all : 0)),
    bots: surveySum(survey, period, plan, ({ bots }) => bots),
    synthetic: surveySum(survey, period, plan, ({ synthetic }) => synthetic),
    unreadable: survey.reduce((sum, { kind, all }) => sum + (kind === 'unreadable' ? all : 0), 0),
    newest: events?.newest ?? null,
  }
}

function surveySum(
  survey: readonly SurveyRow[],
  { from, to }: Period,
  plan: string | null,
  of: (row: SurveyRow) => number,
): number {
  return survey
    .filter((row) => row.siteDay >= from && row.siteDay <= to && (plan === null || row.plan === plan))
    .reduce((sum, row) => sum + of(row), 0)
}

/**
 * Returns who reported the events that a server reports, too: what browsers lose. Of an event in rollout or sampling, browsers leave out
 * some on purpose.
 */
export async function measureCoverage({
  store,
  sql,
  events,
  period,
}: Reading): Promise<readonly EventCoverage[]> {
  const rows = await store.query<{ name: string; origin: string; n: number }>(
    `select name, origin, sum(n) as n from report_tally
      where site_day >= ${sql.text(period.from)} and name in (
        select distinct name from report_tally where origin in ('server', 'both') and site_day >= ${sql.text(period.from)})
      group by name, origin`,
  )
  return events.flatMap(({ event, wireName, rollout, sampleRate }) => {
    const own = rows.filter(({ name }) => name === wireName)
    if (own.length === 0 || rollout * sampleRate < 1) return []
    const of = (origin: string) => own.find((row) => row.origin === origin)?.n ?? 0
    const [both, browserOnly, server] = [of('both'), of('browser'), of('server')]
    return [
      { event, both, browserOnly, serverOnly: rateFigure({ k: server, n: both + browserOnly + server }) },
    ]
  })
}

/** Returns releases of the application, and their first day in the period. */
export async function measureReleases({ store, sql, period }: Reading): Promise<Report['releases']> {
  return store.query<{ release: string; day: string }>(
    `select * from (select release, min(site_day) as day from report_tally
      where release is not null and site_day >= ${sql.text(period.from)} group by release) as t order by day, release limit 50`,
  )
}

/** Returns versions of the plan in the period, newest first. */
export async function measureVersions({ store, sql, period }: Reading): Promise<readonly string[]> {
  const rows = await store.query<{ plan_version: string }>(
    `select plan_version from (select plan_version, max(last_time) as latest from report_tally
      where site_day >= ${sql.text(period.from)} group by plan_version) as t order by latest desc, plan_version limit 20`,
  )
  return rows.map(({ plan_version }) => plan_version)
}

/** Returns the version that the newest event of each name has, and its first time, if it appeared after the first day that was read. */
export async function versionsOf(
  { store, sql, period, baseline }: Reading,
  names: readonly string[],
): Promise<ReadonlyMap<string, { readonly version: string; readonly since: number | null }>> {
  if (names.length === 0) return new Map()
  const first = sql.text(baseline?.from ?? period.from)
  const rows = await store.query<{
    name: string
    version: string
    since: number
    latest: number
    early: number
  }>(
    `select name, event_version as version, min(first_time) as since, max(last_time) as latest,
      max(case when site_day = ${first} then 1 else 0 end) as early
    from report_tally where name in (${inList(sql, names)}) group by name, event_version`,
  )
  const newest = new Map<string, (typeof rows)[number]>()
  for (const row of rows) if (row.latest > (newest.get(row.name)?.latest ?? -1)) newest.set(row.name, row)
  return new Map(
    [...newest].map(([name, { version, since, early }]) => [name, { version, since: early ? null : since }]),
  )
}
