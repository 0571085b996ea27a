import type { Period } from '../report-types.ts'
import { columnOf, isExperiment, SEVERAL_VARIANTS, type Segment } from '../segment.ts'
import type { Dialect } from '../sql/dialect.ts'
import type { Store } from '../store/store.ts'
import { inList, isOutside, NO_USER } from './reading.ts'

/** Order of sessions that begin at the same time, equal in each database. */
const inOrder = (sql: Dialect) => `(s.first_time, ${sql.inTextOrder('s.session_id')})`
const latest = (sql: Dialect) => `(-s.first_time, ${sql.inTextOrder('s.session_id')})`

/** Events to summarize. */
export interface Summarized {
  readonly store: Store
  /** Relation with each event once, as `loadEvents` returns it. */
  readonly events: string
  readonly period: Period
  readonly segments: readonly Segment[]
  /** Names of events whose rows are looked at one by one. */
  readonly watched: readonly string[]
  /** Names of the events that the report speaks of. */
  readonly names: readonly string[]
  /** Those of them that are steps of funnels. */
  readonly steps: readonly string[]
}

/**
 * Creates the tables that all measures are made from besides `report_tally`, where `now` is 1 in the period and 0 in the baseline:
 *
 * - `report_events`: each event of the period that is a step of a funnel
 * - `report_watched`: each event of the watched names in the period, with its masked properties
 * - `report_experiments`: numbers of events in the period by user and experiments
 * - `report_sessions`: each session, with its segments; `over_midnight` is 1 if it has events of several days
 * - `report_users`: each user, with the segments of the first session, and variants of all sessions
 * - `report_firsts`: each user, session, event and day: first and last time, how often, and how often by the browser
 * - `report_did`: the same for each user and event, with the user's segments, and on how many days of sessions the browser reported it;
 *   `excluded` is 1 if rollout or sampling excludes the user
 */
export async function summarize(summarized: Summarized): Promise<void> {
  await keepEvents(summarized)
  await keepSessions(summarized)
  await keepUsers(summarized)
  await keepFirsts(summarized)
}

/**
 * Creates `report_tally`: numbers of events by day, name, and what else they are counted by. `share` is that of users or events which
 * rollout and sampling take, null if the row does not say.
 */
export async function keepTally(store: Store, events: string): Promise<void> {
  await store.keep(
    'report_tally',
    `select e.site_day as site_day, e.name as name, e.origin as origin, e.plan_version as plan_version,
      e.event_version as event_version, e.release as release, e.valid as valid, nullif(e.utm_campaign, '') as campaign,
      case when e.issues = '["name"]' then 1 else 0 end as unknown,
      e.rollout * e.sample_rate as share,
      count(*) as n, min(e.time) as first_time, max(e.time) as last_time
    from ${events} as e group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10`,
  )
}

async function keepEvents({ store, events, period, watched, steps }: Summarized): Promise<void> {
  const sql = store.dialect
  const from = sql.text(period.from)
  await store.keep(
    'report_events',
    `select ${sql.oneOf('e.name', steps)} as name, e.time as time, e.session_id as session_id, e.anonymous_id as anonymous_id
    from ${events} as e where e.site_day >= ${from} and e.name in (${inList(sql, steps)})`,
  )
  await store.keep(
    'report_watched',
    `select e.name as name, e.anonymous_id as anonymous_id, e.outside as outside, e.masked as masked
    from ${events} as e where e.site_day >= ${from} and e.name in (${inList(sql, watched)})`,
  )
  await store.keep(
    'report_experiments',
    `select e.anonymous_id as anonymous_id, e.experiments as experiments,
      case when e.origin = 'server' then 0 else 1 end as by_browser, count(*) as n
    from ${events} as e where e.site_day >= ${from} and e.experiments <> '{}' group by 1, 2, 3`,
  )
}

async function keepSessions({ store, events, period, segments }: Summarized): Promise<void> {
  const sql = store.dialect
  const picked = segments.map((segment) => {
    const column = columnOf(segments, segment)
    return `, ${segmentOfSession(sql, segment, `e.${column}`)} as ${column}`
  })
  // A server's row, which may come hours later, does not make a session longer.
  await store.keep(
    'report_sessions',
    `select ${nowIn(sql, period)} as now, e.session_id as session_id, e.anonymous_id as anonymous_id, min(e.time) as first_time,
      max(e.time) as last_time, count(*) as events, max(coalesce(e.outside, '')) as outside,
      ${sql.first('e.utm_campaign', 'e.time')} as campaign, max(case when e.returning_user then 1 else 0 end) as came_back,
      case when min(e.site_day) < max(e.site_day) then 1 else 0 end as over_midnight
      ${picked.join('')}
    from ${events} as e where e.session_id is not null and e.origin <> 'server' group by 1, 2, 3`,
  )
}

/** Others than experiments have the segment of the first session, also if it is unknown there. */
async function keepUsers({ store, segments }: Summarized): Promise<void> {
  const sql = store.dialect
  const variants = segments.filter(isExperiment).map((segment) => columnOf(segments, segment))
  const others = segments
    .filter((segment) => !isExperiment(segment))
    .map((segment) => columnOf(segments, segment))
  await store.keep(
    'report_users',
    `select u.now as now, u.anonymous_id as anonymous_id, u.first_seen as first_seen, u.sessions as sessions,
      u.first_session as first_session, u.outside as outside, f.last_time as first_end,
      case when f.came_back = 1 or (u.now = 1 and u.anonymous_id in (select s.anonymous_id from report_sessions as s where s.now = 0))
        then 0 else 1 end as newcomer,
      nullif(f.campaign, '') as campaign
      ${variants.map((column) => `, u.${column} as ${column}`).join('')}
      ${others.map((column) => `, nullif(f.${column}, '') as ${column}`).join('')}
    from (select s.now as now, s.anonymous_id as anonymous_id, min(s.first_time) as first_seen, count(*) as sessions,
        ${sql.first('s.session_id', inOrder(sql))} as first_session, ${sql.first('s.outside', latest(sql))} as outside
        ${variants.map((column) => `, ${variantOf(sql, `s.${column}`)} as ${column}`).join('')}
      from report_sessions as s group by s.now, s.anonymous_id) as u
    join report_sessions as f on f.session_id = u.first_session and f.anonymous_id = u.anonymous_id and f.now = u.now`,
  )
}

async function keepFirsts({ store, events, period, segments, names }: Summarized): Promise<void> {
  const sql = store.dialect
  const bySegment = segments.map((segment) => columnOf(segments, segment))
  await store.keep(
    'report_firsts',
    `select ${nowIn(sql, period)} as now, e.site_day as site_day, e.anonymous_id as anonymous_id, e.session_id as session_id,
      ${sql.oneOf('e.name', names)} as name, min(e.time) as first_time, max(e.time) as last_time, count(*) as times,
      sum(case when e.origin = 'server' then 0 else 1 end) as by_browser
    from ${events} as e group by 1, 2, 3, 4, 5`,
  )
  await store.keep(
    'report_did',
    `select d.now as now, d.anonymous_id as anonymous_id, d.name as name, d.first_time as first_time, d.last_time as last_time,
      d.times as times, d.session_days as session_days,
      case when u.outside = '' then 0 when ${isOutside('d.name', 'u.outside')} then 1 else 0 end as excluded
      ${bySegment.map((column) => `, u.${column} as ${column}`).join('')}
    from (select f.now as now, f.anonymous_id as anonymous_id, f.name as name, min(f.first_time) as first_time,
        max(f.last_time) as last_time, sum(f.times) as times,
        sum(case when f.by_browser > 0 and f.session_id is not null then 1 else 0 end) as session_days
      from report_firsts as f where f.name is not null and f.anonymous_id <> ${NO_USER} group by f.now, f.anonymous_id, f.name) as d
    join report_users as u on u.now = d.now and u.anonymous_id = d.anonymous_id`,
  )
}

const nowIn = (sql: Dialect, { from }: Period): string =>
  `case when e.site_day >= ${sql.text(from)} then 1 else 0 end`

const segmentOfSession = (sql: Dialect, segment: Segment, column: string): string =>
  isExperiment(segment) ? variantOf(sql, column) : sql.first(column, `(e.time, ${sql.inTextOrder('e.id')})`)

/** The only variant that was seen; null if none was. */
const variantOf = (sql: Dialect, column: string): string =>
  `case when min(${column}) <> max(${column}) then ${sql.text(SEVERAL_VARIANTS)} else min(${column}) end`
