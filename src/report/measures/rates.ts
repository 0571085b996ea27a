import type { EventRates, RateNow, SegmentRate } from '../report-types.ts'
import type { Segment } from '../segment.ts'
import { columnOf } from '../segment.ts'
import { dispersionOf } from '../statistics/difference.ts'
import type { Share } from '../statistics/rate.ts'
import { daysOf } from '../tables/days.ts'
import { hasServerRows } from '../tables/load-events.ts'
import { isByUser, isOutside, type NamedEvent, namesRelation, type Reading } from '../tables/reading.ts'
import { countsBy, type KeyPart, keyOf } from './counts.ts'
import { type Estimate, estimatesOf } from './estimated.ts'
import { changeFigure, rateFigure } from './figures.ts'

/** Maximum values of a segment in the report: those with the most users. */
const MAX_VALUES = 12

type Counts = ReadonlyMap<string, number>

/** Returns how often each event happens. */
export async function measureRates(reading: Reading): Promise<readonly EventRates[]> {
  const { events, by } = reading
  if (events.length === 0) return []
  const all = await overall(reading)
  const segments = new Map<Segment, SegmentCounts>()
  for (const segment of by) segments.set(segment, await inSegment(reading, segment))
  return events.map((event) => ratesOf(reading, event, all, segments))
}

/** Counts by `now` and name; of users, by `now`. */
interface Overall {
  readonly users: Counts
  readonly did: Counts
  readonly outside: Counts
  readonly sessions: Counts
  readonly sessionsWith: Counts
  readonly sessionsAgain: Counts
  readonly sessionsOfServer: Counts
  readonly sessionsOutside: Counts
  readonly estimates: ReadonlyMap<string, Estimate>
  readonly daily: Counts
  readonly dailyOutside: Counts
  readonly dailyUsers: Counts
}

async function overall(reading: Reading): Promise<Overall> {
  const { store, sql, events, period } = reading
  const names = namesRelation(sql, events)
  const from = sql.text(period.from)
  const count = (keys: readonly string[], select: string) => countsBy(store, keys, select)
  // Users who share what they are outside of are counted before they are compared with each name.
  const excluded = (at: string, n: string, source: string) =>
    `select o.at as at, t.name as name, sum(o.n) as n
      from (select ${at} as at, u.outside as outside, ${n} as n from ${source} where u.outside <> '' group by 1, 2) as o
      cross join ${names} as t where ${isOutside('t.name', 'o.outside')} group by o.at, t.name`
  await store.keep(
    'report_user_days',
    'select distinct site_day, anonymous_id from report_firsts where by_browser > 0',
  )
  return {
    users: await count(['now'], 'select now, count(*) as n from report_users group by now'),
    did: await count(
      ['now', 'name'],
      'select now, name, count(*) as n from report_did where excluded = 0 group by now, name',
    ),
    outside: await count(['at', 'name'], excluded('u.now', 'count(*)', 'report_users as u')),
    sessions: await count(['now'], 'select now, sum(sessions) as n from report_users group by now'),
    sessionsWith: await count(
      ['now', 'name'],
      'select now, name, sum(session_days) as n from report_did where excluded = 0 group by now, name',
    ),
    // A session that lasts over midnight was counted on each day.
    sessionsAgain: await count(
      ['now', 'name'],
      `select f.now as now, f.name as name, sum(f.days - 1) as n
        from (select f.now as now, f.anonymous_id as anonymous_id, f.name as name, f.session_id as session_id, count(*) as days
          from report_firsts as f
            join report_sessions as s on s.now = f.now and s.session_id = f.session_id and s.anonymous_id = f.anonymous_id
          where s.over_midnight = 1 and f.by_browser > 0 group by 1, 2, 3, 4) as f
        join report_did as d on d.now = f.now and d.anonymous_id = f.anonymous_id and d.name = f.name
        where f.days > 1 and d.excluded = 0 group by f.now, f.name`,
    ),
    // A server may report an event of a session in which the browser did not.
    sessionsOfServer: hasServerRows(reading)
      ? await count(
          ['now', 'name'],
          `select f.now as now, f.name as name, count(*) as n
            from (select now, anonymous_id, session_id, name from report_firsts where name is not null
              group by now, anonymous_id, session_id, name having sum(by_browser) = 0) as f
            join report_sessions as s on s.now = f.now and s.session_id = f.session_id and s.anonymous_id = f.anonymous_id
            join report_did as d on d.now = f.now and d.anonymous_id = f.anonymous_id and d.name = f.name
            where d.excluded = 0 group by f.now, f.name`,
        )
      : new Map(),
    sessionsOutside: await count(['at', 'name'], excluded('u.now', 'sum(u.sessions)', 'report_users as u')),
    estimates: await estimatesOf(reading),
    daily: await count(
      ['site_day', 'name'],
      `select f.site_day as site_day, f.name as name, count(distinct f.anonymous_id) as n from report_firsts as f
        join report_did as d on d.anonymous_id = f.anonymous_id and d.name = f.name and d.now = f.now
        where d.excluded = 0 group by f.site_day, f.name`,
    ),
    dailyOutside: await count(
      ['at', 'name'],
      excluded(
        'd.site_day',
        'count(*)',
        `report_user_days as d join report_users as u on u.anonymous_id = d.anonymous_id
          and u.now = case when d.site_day >= ${from} then 1 else 0 end`,
      ),
    ),
    dailyUsers: await count(
      ['site_day'],
      'select site_day, count(*) as n from report_user_days group by site_day',
    ),
  }
}

interface SegmentCounts {
  readonly values: readonly (string | null)[]
  readonly users: Counts
  readonly did: Counts
  readonly outside: Counts
}

async function inSegment(reading: Reading, segment: Segment): Promise<SegmentCounts> {
  const { store, sql, events, segments } = reading
  const column = columnOf(segments, segment)
  const users = await store.query<{ now: number; value: string | null; n: number }>(
    `select * from (select now, ${column} as value, count(*) as n from report_users group by now, ${column}) as t
      order by n desc, value`,
  )
  const present = users.filter(({ now }) => now === 1).map(({ value }) => value)
  return {
    values: present.slice(0, MAX_VALUES),
    users: new Map(users.map(({ now, value, n }) => [keyOf(now, value), n])),
    did: await countsBy(
      store,
      ['now', 'value', 'name'],
      `select d.now as now, d.${column} as value, d.name as name, count(*) as n from report_did as d
        where d.excluded = 0 group by d.now, d.${column}, d.name`,
    ),
    outside: await countsBy(
      store,
      ['now', 'value', 'name'],
      `select o.now as now, o.value as value, t.name as name, sum(o.n) as n
        from (select u.now as now, u.${column} as value, u.outside as outside, count(*) as n from report_users as u
          where u.outside <> '' group by 1, 2, 3) as o
        cross join ${namesRelation(sql, events)} as t where ${isOutside('t.name', 'o.outside')} group by o.now, o.value, t.name`,
    ),
  }
}

function ratesOf(
  reading: Reading,
  event: NamedEvent,
  all: Overall,
  segments: ReadonlyMap<Segment, SegmentCounts>,
): EventRates {
  const { period, baseline } = reading
  const name = event.wireName
  const at = (counts: Counts, ...key: readonly KeyPart[]) => counts.get(keyOf(...key)) ?? 0
  const byUser = isByUser(event)
  const counted = (k: number, n: number): Share => (byUser ? { k, n } : { k: 0, n: 0 })
  const share = (now: 0 | 1): Share =>
    counted(at(all.did, now, name), at(all.users, now) - at(all.outside, now, name))
  const ofDay = (day: string): Share => {
    const n = at(all.dailyUsers, day) - at(all.dailyOutside, day, name)
    return counted(Math.min(at(all.daily, day, name), n), n)
  }
  const days = daysOf(period)
  const dispersion = baseline ? dispersionOf(days.map(ofDay), daysOf(baseline).map(ofDay)) : 1
  const compare = (of: (now: 0 | 1) => Share): RateNow => ({
    now: rateFigure(of(1)),
    before: baseline && rateFigure(of(0)),
    change: baseline && changeFigure(of(1), of(0), dispersion),
  })
  const { events = 0, estimated = 0, isPartial = false } = all.estimates.get(name) ?? {}
  const taken = event.rollout * event.sampleRate
  const segmentRates = (byUser ? [...segments] : []).flatMap(([by, counts]): readonly SegmentRate[] =>
    counts.values.map((value) => ({
      by,
      value,
      ...compare((now) => ({
        k: at(counts.did, now, value, name),
        n: at(counts.users, now, value) - at(counts.outside, now, value, name),
      })),
    })),
  )
  return {
    event: event.event,
    macro: event.macro,
    stage: event.stage,
    owner: event.owner,
    ...compare(share),
    perSession: rateFigure(
      counted(
        at(all.sessionsWith, 1, name) - at(all.sessionsAgain, 1, name) + at(all.sessionsOfServer, 1, name),
        at(all.sessions, 1) - at(all.sessionsOutside, 1, name),
      ),
    ),
    events,
    estimated: isPartial || (taken < 1 && taken > 0) ? estimated : null,
    outside: at(all.outside, 1, name),
    segments: segmentRates,
    days: days.map((day) => ({ day, ...ofDay(day) })),
  }
}
