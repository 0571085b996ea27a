import type { MacroLifts } from '../report-types.ts'
import type { Segment } from '../segment.ts'
import { columnOf } from '../segment.ts'
import { liftOf, type RiskSet } from '../statistics/lift.ts'
import { judgeLifts } from '../statistics/verdict.ts'
import type { Store } from '../store/store.ts'
import { lengthOf } from '../tables/days.ts'
import {
  inList,
  isOutside,
  type NamedEvent,
  NO_USER,
  namesRelation,
  type Reading,
} from '../tables/reading.ts'
import { keyOf } from './counts.ts'
import { figureOf } from './figures.ts'

/** Ends of the bins of the active clock in ms: at first a second, then each 1.4 times as long. */
const edges = [0, ...Array.from({ length: 34 }, (_, index) => Math.round(1_000 * 1.4 ** index))]
const MAX_GAP_MS = 60_000

/** Returns, for each macro conversion, how much more often users convert who have done another event. */
export async function measureLifts(
  reading: Reading,
  adjust: readonly Segment[],
): Promise<readonly MacroLifts[]> {
  const macros = reading.events.filter(({ macro }) => macro)
  if (macros.length === 0) return []
  await keepClock(reading)
  const measured: { macro: NamedEvent; conversions: number; found: readonly Found[] }[] = []
  for (const macro of macros) {
    const micros = reading.events.filter(({ event }) => event !== macro.event)
    measured.push({ macro, ...(await liftsOf(reading, macro, micros, adjust)) })
  }
  const weeks = lengthOf(reading.period) / 7
  // All together, because each verdict is adjusted for the number of the others.
  const judged = judgeLifts(
    measured.flatMap(({ found }) => found.map(({ sets }) => liftOf(sets))),
    weeks,
  )
  let next = 0
  return measured.map(({ macro, conversions, found }) => {
    const rows = found.map(({ event, sameMoment, users, afterwards }) => {
      const lift = judged[next++] as (typeof judged)[number]
      const { ratio, narrow, exposedGoals, unexposedGoals, expected, verdict, weeksMissing } = lift
      const [low90, high90] = [narrow.low, narrow.high].map((end) => (Number.isFinite(end) ? end : null))
      return {
        event: event.event,
        owner: event.owner,
        lift: figureOf(ratio, { k: exposedGoals, n: exposedGoals + unexposedGoals }, verdict),
        low90: low90 ?? null,
        high90: high90 ?? null,
        expected,
        sameMoment,
        users,
        afterwards,
        weeks: weeksMissing,
      }
    })
    return { macro: macro.event, conversions, adjust, rows: rows.sort(byStrength) }
  })
}

type Row = MacroLifts['rows'][number]
const strength = ({ lift }: Row) => lift.value ?? (lift.verdict === 'required' ? Number.MAX_VALUE : -1)
const byStrength = (a: Row, b: Row) => strength(b) - strength(a) || (a.event < b.event ? -1 : 1)

/**
 * Creates three tables:
 *
 * - `report_clock`: the sessions of each user of the period, joined end to end
 * - `report_ends`: where the baseline and the clock of each user end
 * - `report_at`: the time of each first event on that clock, with its bin; `now` is 0 if it was in the baseline
 *
 * The clock begins in the baseline, because users who come back have done some of the events before. A session lasts from its first to its last event, plus the mean gap between events of a session,
 * at most a minute: nothing shows how long a user stays after the last event. An event that a server reports before or after its session
 * is at that end of it.
 */
async function keepClock({ store, sql }: Reading): Promise<void> {
  const [sum] = await store.query<{ length: number | null; gaps: number | null }>(
    'select sum(last_time - first_time) as length, sum(events - 1) as gaps from report_sessions',
  )
  const gap = sum?.gaps ? Math.min(MAX_GAP_MS, Math.round((sum.length ?? 0) / sum.gaps)) : 0
  await store.keep(
    'report_clock',
    `select now, anonymous_id, session_id, first_time, last_time - first_time + ${gap} as length,
      cast(coalesce(sum(last_time - first_time + ${gap}) over (partition by anonymous_id
        order by now, first_time, ${sql.inTextOrder('session_id')} rows between unbounded preceding and 1 preceding), 0) as bigint) as before
    from report_sessions where anonymous_id in (select anonymous_id from report_users where now = 1)`,
  )
  await store.keep(
    'report_ends',
    `select anonymous_id, cast(sum(length) as bigint) as ends, cast(sum(case when now = 0 then length else 0 end) as bigint) as starts
    from report_clock group by anonymous_id`,
  )
  const sinceStart = 'greatest(0, least(f.first_time - c.first_time, c.length))'
  await store.keep(
    'report_at',
    `select t.anonymous_id as anonymous_id, t.name as name, t.now as now, t.tau as tau, ${binOf('t.tau')} as bin
    from (select f.anonymous_id as anonymous_id, f.name as name, min(f.now) as now, min(c.before + ${sinceStart}) as tau
      from report_firsts as f
        join report_clock as c on c.now = f.now and c.anonymous_id = f.anonymous_id and c.session_id = f.session_id
      where f.name is not null and f.anonymous_id <> ${NO_USER} group by f.anonymous_id, f.name) as t`,
  )
}

interface Found {
  readonly event: NamedEvent
  readonly sets: readonly RiskSet[]
  readonly sameMoment: number
  readonly users: number
  readonly afterwards: number
}

/** Returns the number of the bin of a time, as SQL that halves the bins at each step. */
function binOf(time: string, from = 0, to = edges.length): string {
  if (to - from === 1) return String(from)
  const middle = (from + to) >> 1
  return `case when ${time} < ${edges[middle]} then ${binOf(time, from, middle)} else ${binOf(time, middle, to)} end`
}

async function liftsOf(
  reading: Reading,
  macro: NamedEvent,
  micros: readonly NamedEvent[],
  adjust: readonly Segment[],
): Promise<{ conversions: number; found: readonly Found[] }> {
  await keepRisk(reading, macro, adjust)
  const { store } = reading
  const sums = await sumsOf(reading, micros)
  const [total] = await store.query<{ n: number }>(
    'select count(*) as n from report_risk where converted is not null',
  )
  const others = await store.query<{ name: string; n: number; same: number; later: number }>(
    `select a.name as name, count(*) as n, sum(case when a.tau = r.converted then 1 else 0 end) as same,
      sum(case when a.tau > r.converted then 1 else 0 end) as later
    from report_at as a join report_risk as r on r.anonymous_id = a.anonymous_id
    where not (${isOutside('a.name', 'r.outside')}) group by a.name`,
  )
  const found = micros.map((event): Found => {
    const counts = others.find(({ name }) => name === event.wireName)
    return {
      event,
      sets: setsOf(sums, event.wireName),
      sameMoment: counts?.same ?? 0,
      users: counts?.n ?? 0,
      afterwards: counts?.later ?? 0,
    }
  })
  return { conversions: total?.n ?? 0, found }
}

/**
 * Creates `report_risk`: for each user, when watching started (at the end of the baseline) and stopped, and when the first macro
 * conversion came. Users who converted in the baseline are left out.
 */
async function keepRisk(
  { store, sql, segments }: Reading,
  macro: NamedEvent,
  adjust: readonly Segment[],
): Promise<void> {
  const strata = adjust.map((segment) => `coalesce(u.${columnOf(segments, segment)}, '')`)
  const stratum = strata.length > 0 ? `concat('', ${strata.join(", '\n', ")})` : `''`
  await store.keep(
    'report_risk',
    `select w.anonymous_id as anonymous_id, w.outside as outside, w.stratum as stratum, w.converted as converted,
      w.starts as starts, w.stops as stops, ${binOf('w.starts')} as starts_bin, ${binOf('w.stops')} as stops_bin,
      case when w.converted is null then -1 else ${binOf('w.converted')} end as converted_bin
    from (select u.anonymous_id as anonymous_id, u.outside as outside, ${stratum} as stratum, m.tau as converted,
        e.starts as starts, case when m.tau < e.ends then m.tau else e.ends end as stops
      from report_users as u
        join report_ends as e on e.anonymous_id = u.anonymous_id
        left join (select anonymous_id, tau, now from report_at where name = ${sql.text(macro.wireName)}) as m on m.anonymous_id = u.anonymous_id
      where u.now = 1 and (m.tau is null or m.now = 1) and position(${sql.text(`,${macro.wireName},`)} in u.outside) = 0) as w`,
  )
}

/** Times and conversions by name, stratum and bin; with the name empty, of all users. */
interface Sums {
  readonly all: readonly SumRow[]
  /** Sums of users who could not do the event. */
  readonly outside: readonly SumRow[]
  /** After the event. */
  readonly exposed: readonly SumRow[]
}

type SumRow = {
  readonly name: string
  readonly stratum: string
  readonly bin: number
  readonly time: number
  readonly goals: number
}

async function sumsOf({ store, sql }: Reading, micros: readonly NamedEvent[]): Promise<Sums> {
  const [excluded] = await store.query<{ n: number }>(
    `select count(*) as n from report_risk where outside <> ''`,
  )
  const named = `a.name in (${inList(
    sql,
    micros.map(({ wireName }) => wireName),
  )})`
  const free = `(r.outside = '' or not (${isOutside('a.name', 'r.outside')}))`
  return {
    all: await cellsOf(store, `''`, 'report_risk as r', '1 = 1', beginning),
    outside: excluded?.n
      ? await cellsOf(
          store,
          't.name',
          `report_risk as r cross join ${namesRelation(sql, micros)} as t`,
          `r.outside <> '' and ${isOutside('t.name', 'r.outside')}`,
          beginning,
        )
      : [],
    exposed: await cellsOf(
      store,
      'a.name',
      'report_risk as r join report_at as a on a.anonymous_id = r.anonymous_id',
      `${named} and ${free} and a.tau < r.stops`,
      {
        time: 'case when a.tau > r.starts then a.tau else r.starts end',
        bin: 'case when a.tau > r.starts then a.bin else r.starts_bin end',
      },
    ),
  }
}

/** Time at which watching begins, and its bin, as SQL. */
interface Beginning {
  readonly time: string
  readonly bin: string
}

const beginning: Beginning = { time: 'r.starts', bin: 'r.starts_bin' }

/**
 * Returns the time that users spend in each bin, and the conversions in it. A user has two ends, each in one bin: so the database adds
 * up ends by bin, where a join with all bins would have a row for each bin that a user passes.
 */
async function cellsOf(
  store: Store,
  name: string,
  source: string,
  where: string,
  { time, bin }: Beginning,
): Promise<readonly SumRow[]> {
  await store.keep(
    'report_cells',
    `select ${name} as name, r.stratum as stratum, ${bin} as from_bin, r.stops_bin as stops_bin, r.converted_bin as converted_bin,
      cast(count(*) as bigint) as n, cast(sum(${time}) as bigint) as from_sum, cast(sum(r.stops) as bigint) as stops_sum
    from ${source} where ${where} group by 1, 2, 3, 4, 5`,
  )
  const ends = await store.query<EndsRow>(
    `select name, stratum, bin, sum(net) as n, sum(total) as total, sum(goals) as goals from (
      select name, stratum, stops_bin as bin, n as net, stops_sum as total, 0 as goals from report_cells
      union all
      select name, stratum, from_bin as bin, -n as net, -from_sum as total, 0 as goals from report_cells
      union all
      select name, stratum, converted_bin as bin, 0 as net, 0 as total, n as goals from report_cells where converted_bin >= 0
    ) as ends group by name, stratum, bin`,
  )
  const groups = new Map<string, EndsRow[]>()
  for (const row of ends) {
    const key = keyOf(row.name, row.stratum)
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return [...groups.values()].flatMap(timesInBins)
}

/** Ends of users in a bin: those of watching count as 1, those at which it begins as -1. */
type EndsRow = {
  readonly name: string
  readonly stratum: string
  readonly bin: number
  readonly n: number
  /** Sum of their times. */
  readonly total: number
  readonly goals: number
}

/** Returns the time in each bin: who ends later spends all of it, who ends in it the part until then. */
function timesInBins(ends: readonly EndsRow[]): readonly SumRow[] {
  const { name, stratum } = ends[0] as EndsRow
  let later = 0
  return edges
    .map((low, bin) => {
      const row = ends.find((end) => end.bin === bin)
      return {
        low,
        bin,
        width: (edges[bin + 1] ?? low) - low,
        n: row?.n ?? 0,
        total: row?.total ?? 0,
        goals: row?.goals ?? 0,
      }
    })
    .reverse()
    .map(({ low, bin, width, n, total, goals }): SumRow => {
      const time = total - n * low + later * width
      later += n
      return { name, stratum, bin, time, goals }
    })
    .filter(({ time, goals }) => time !== 0 || goals !== 0)
}

function setsOf({ all, outside, exposed }: Sums, name: string): readonly RiskSet[] {
  const cells = new Map<string, { -readonly [Key in keyof RiskSet]: RiskSet[Key] }>()
  const cell = ({ stratum, bin }: SumRow) => {
    const key = keyOf(stratum, bin)
    const found = cells.get(key) ?? { unexposedTime: 0, exposedTime: 0, unexposedGoals: 0, exposedGoals: 0 }
    cells.set(key, found)
    return found
  }
  const add = (row: SumRow, sign: 1 | -1) => {
    const found = cell(row)
    found.unexposedTime += sign * row.time
    found.unexposedGoals += sign * row.goals
  }
  for (const row of all) add(row, 1)
  for (const row of outside) if (row.name === name) add(row, -1)
  for (const row of exposed)
    if (row.name === name) {
      add(row, -1)
      cell(row).exposedTime += row.time
      cell(row).exposedGoals += row.goals
    }
  // In a fixed order, because sums of fractions depend on it.
  return [...cells].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, set]) => set)
}
