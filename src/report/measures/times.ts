import type { Figure, RateVerdict } from '../figure.ts'
import type { EventFrequency, TimeToEvent } from '../report-types.ts'
import { isOutside, namesRelation, type Reading } from '../tables/reading.ts'
import { rateFigure } from './figures.ts'

const DAY_MS = 86_400_000

type TimeRow = {
  readonly name: string
  readonly n: number
  readonly sum: number
  readonly q25: number
  readonly q50: number
  readonly q75: number
  readonly same: number
  readonly day: number
  readonly week: number
}

type Watched = {
  readonly name: string
  readonly n: number
  readonly day: number
  readonly week: number
}

/**
 * Returns how long new users take until an event. A bare median flatters an event, because young users have had no time to be slow: so
 * the shares count only users who have been watched for that long.
 */
export async function measureTimes(reading: Reading): Promise<readonly TimeToEvent[]> {
  const { store, sql, events, until } = reading
  if (events.length === 0) return []
  const took = 'd.first_time - u.first_seen'
  const within = (ms: number) =>
    `sum(case when u.first_seen <= ${until - ms} and ${took} <= ${ms} then 1 else 0 end)`
  const rows = await store.query<TimeRow>(
    `select d.name as name, count(*) as n, sum(${took}) as sum, ${sql.quantile(took, 0.25)} as q25,
      ${sql.quantile(took, 0.5)} as q50, ${sql.quantile(took, 0.75)} as q75,
      sum(case when u.first_end >= d.first_time and f.name is not null then 1 else 0 end) as same,
      ${within(DAY_MS)} as day, ${within(7 * DAY_MS)} as week
    from report_did as d join report_users as u on u.now = 1 and u.anonymous_id = d.anonymous_id
      left join (select distinct f.anonymous_id as anonymous_id, f.name as name from report_firsts as f
        join report_users as u on u.now = 1 and u.newcomer = 1 and u.anonymous_id = f.anonymous_id and u.first_session = f.session_id
        where f.now = 1 and f.name is not null) as f on f.anonymous_id = d.anonymous_id and f.name = d.name
    where d.now = 1 and d.excluded = 0 and u.newcomer = 1 group by d.name`,
  )
  const watched = await watchedBy(reading)
  return events.map(({ event, wireName }) => {
    const row = rows.find(({ name }) => name === wireName)
    const out = watched.find(({ name }) => name === wireName)
    const all = watched.find(({ name }) => name === '')
    const share = (k: number | undefined, of: 'n' | 'day' | 'week'): Figure<RateVerdict> =>
      rateFigure({ k: k ?? 0, n: Math.max(k ?? 0, (all?.[of] ?? 0) - (out?.[of] ?? 0)) })
    return {
      event,
      among: row ? { n: row.n, sum: row.sum, q25: row.q25, median: row.q50, q75: row.q75 } : null,
      firstSession: share(row?.same, 'n'),
      oneDay: share(row?.day, 'day'),
      sevenDays: share(row?.week, 'week'),
    }
  })
}

/** Returns the numbers of new users who have been watched for a day and a week: all (name ''), and those outside of each event. */
async function watchedBy({ store, sql, events, until }: Reading): Promise<readonly Watched[]> {
  const counts = [
    'count(*) as n',
    `sum(case when u.first_seen <= ${until - DAY_MS} then 1 else 0 end) as day`,
    `sum(case when u.first_seen <= ${until - 7 * DAY_MS} then 1 else 0 end) as week`,
  ].join(', ')
  const all = await store.query<Watched>(
    `select '' as name, ${counts} from report_users as u where u.now = 1 and u.newcomer = 1`,
  )
  const outside = await store.query<Watched>(
    `select t.name as name, ${counts} from report_users as u cross join ${namesRelation(sql, events)} as t
      where u.now = 1 and u.newcomer = 1 and u.outside <> '' and ${isOutside('t.name', 'u.outside')} group by t.name`,
  )
  return [...all, ...outside]
}

/** Returns how often users do each event, and how long ago they did it last. */
export async function measureFrequencies(reading: Reading): Promise<readonly EventFrequency[]> {
  const { store, events, until } = reading
  if (events.length === 0) return []
  const ago = `${until} - last_time`
  const rows = await store.query<{ name: string; times: number; age: number; n: number }>(
    `select name, times, age, count(*) as n from (
      select name, case when times > 5 then 5 else times end as times,
        case when ${ago} < ${DAY_MS} then 0 when ${ago} < ${7 * DAY_MS} then 1 when ${ago} < ${14 * DAY_MS} then 2 else 3 end as age
      from (select d.name as name, d.last_time as last_time, d.times as times from report_did as d
        where d.now = 1 and d.excluded = 0) as did
    ) as counted group by name, times, age`,
  )
  return events.map(({ event, wireName }) => {
    const own = rows.filter(({ name }) => name === wireName)
    const total = (matches: (row: (typeof rows)[number]) => boolean) =>
      own.filter(matches).reduce((sum, { n }) => sum + n, 0)
    return {
      event,
      times: [1, 2, 3, 4, 5].map((times) => total((row) => row.times === times)),
      recency: [0, 1, 2, 3].map((age) => total((row) => row.age === age)),
    }
  })
}
