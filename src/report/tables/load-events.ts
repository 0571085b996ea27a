import type { Period } from '../report-types.ts'
import { columnOf, type Segment, segmentOfRow, storedColumnsOf } from '../segment.ts'
import type { Dialect } from '../sql/dialect.ts'
import type { Column } from '../store/columns.ts'
import type { Store } from '../store/store.ts'
import { plusDays } from './days.ts'
import { isMaskedIn } from './masked.ts'
import { inList, NO_USER } from './reading.ts'
import type { SurveyRow } from './survey.ts'

/** Which events to load. */
export interface Wanted {
  readonly store: Store
  readonly plan: string | null
  readonly period: Period
  /** Days to load besides those of the period; null for none. */
  readonly baseline: Period | null
  readonly segments: readonly Segment[]
  readonly survey: readonly SurveyRow[]
  /** Names in the rows whose properties are looked at for masks of personal data. Default: none. */
  readonly watched?: readonly string[] | undefined
}

/** Maximum rows that are de-duplicated at a time: more do not fit into memory. */
const BATCH = 1_000_000

/**
 * Returns a relation with each event once, without bots and test events. Of copies, the earliest received wins. Of an event that both
 * browser and server report, the browser's row gives user, session and time, and the server's row the amount.
 *
 * It is no table, because to copy a column takes longer than to count by it: keep those that several measures read.
 */
export async function loadEvents(wanted: Wanted): Promise<string> {
  const { store } = wanted
  if (hasServerRows(wanted)) await keepTold(wanted)
  const single = `select ${readColumns(wanted)} from ${store.rows} as e where ${conditionOf(wanted)}`
  const once = (await keepCopied(wanted))
    ? `${single} and (e.id is null or e.id not in (select id from report_copied))
      union all select ${columnsOf(wanted).join(', ')} from report_first_copies`
    : single
  if (!hasServerRows(wanted)) return `(${withinPeriod(wanted, `(${once}) as once`)})`
  await store.keep('report_copies', once)
  await store.keep('report_merged', mergedOf(wanted))
  await store.keep('report_copies', 'select 1 as gone')
  return 'report_merged'
}

/**
 * Creates `report_told`, the ids of the loaded days whose events a server tells: of these, rows of any day are loaded, because browser
 * and server may report an event weeks apart.
 */
async function keepTold(wanted: Wanted): Promise<void> {
  const { store } = wanted
  await store.keep(
    'report_told',
    `select distinct e.id as id from ${store.rows} as e where ${isCounted(wanted)} and ${isNear(wanted)} and e.id is not null
      and e.name in (select e.name from ${store.rows} as e where e.origin = 'server' and ${isCounted(wanted)})`,
  )
}

/**
 * Creates `report_copied`, the ids with several rows, and `report_first_copies`, one row for each event of these. Returns false if there
 * are none, as in days that were compacted.
 */
async function keepCopied(wanted: Wanted): Promise<boolean> {
  const { store } = wanted
  await store.keep(
    'report_copied',
    `select e.id as id from ${store.rows} as e where ${conditionOf(wanted)} and e.id is not null group by e.id having count(*) > 1`,
  )
  const [counted] = await store.query<{ n: number }>('select count(*) as n from report_copied')
  if (counted?.n === 0) return false
  const [first = null, ...others] = batches(wanted)
  await store.keep('report_uncopied', uncopiedOf(wanted, first))
  for (const days of others) await store.append('report_uncopied', uncopiedOf(wanted, days))
  // Copies share a day, but an application may use its id again on another one.
  await store.keep(
    'report_first_copies',
    `select * from (select u.*, row_number() over (partition by u.name, u.id, u.origin order by u.received_at, u.time) as place
      from report_uncopied as u) as placed where place = 1`,
  )
  return true
}

const isOfPlan = (plan: string | null, row: SurveyRow): boolean => plan === null || row.plan === plan

/** Returns whether a server reports events of the plan. */
export const hasServerRows = ({ survey, plan }: Pick<Wanted, 'survey' | 'plan'>): boolean =>
  survey.some((row) => isOfPlan(plan, row) && row.fromServers > 0)

/** Returns groups of days whose rows fit into memory. Copies of an event share its day. */
function batches(wanted: Wanted): readonly Period[] {
  const { survey, plan } = wanted
  const spans = spansOf(wanted).map(widened)
  const counts = new Map<string, number>()
  for (const row of survey) {
    if (!isOfPlan(plan, row) || row.rows === 0) continue
    const near = spans.some(({ from, to }) => row.siteDay >= from && row.siteDay <= to)
    // Of other days, few rows are loaded, if any.
    if (near || hasServerRows(wanted)) counts.set(row.day, (counts.get(row.day) ?? 0) + (near ? row.rows : 0))
  }
  const days = [...counts].map(([day, n]) => ({ day, n })).sort((a, b) => (a.day < b.day ? -1 : 1))
  const groups: { from: string; to: string; n: number }[] = []
  for (const { day, n } of days) {
    const last = groups.at(-1)
    if (last && last.n + n <= BATCH) Object.assign(last, { to: day, n: last.n + n })
    else groups.push({ from: day, to: day, n })
  }
  return groups
}

/** Returns the days to report: a baseline right before the period is one span with it. */
const spansOf = ({ baseline, period }: Wanted): readonly Period[] => {
  if (!baseline) return [period]
  const touches = plusDays(baseline.to, 1) === period.from
  return touches ? [{ from: baseline.from, to: period.to }] : [baseline, period]
}

/** A day more at each end: clocks may put copies of one event on both sides of midnight. */
const widened = ({ from, to }: Period): Period => ({ from: plusDays(from, -1), to: plusDays(to, 1) })

const isWithin = (sql: Dialect, spans: readonly Period[], column: string): string =>
  `(${spans.map(({ from, to }) => `${column} between ${sql.text(from)} and ${sql.text(to)}`).join(' or ')})`

const isNear = (wanted: Wanted): string =>
  isWithin(wanted.store.dialect, spansOf(wanted).map(widened), 'e.site_day')

/** Rows of the plan without bots and test events. If the survey has found neither, no pass looks for them, which takes time. */
const isCounted = ({ store: { dialect: sql }, plan, survey }: Wanted): string =>
  [
    `e.kind = 'event'`,
    ...(survey.some(({ kind, rows, all }) => kind === 'event' && rows < all)
      ? ['not coalesce(e.bot, false) and not coalesce(e.synthetic, false)']
      : []),
    ...(plan === null ? [] : [`e.plan = ${sql.text(plan)}`]),
  ].join(' and ')

const conditionOf = (wanted: Wanted): string => {
  const told = hasServerRows(wanted) ? ' or e.id in (select id from report_told)' : ''
  return `${isCounted(wanted)} and (${isNear(wanted)}${told})`
}

const plain = [
  ...['id', 'name', 'origin', 'time', 'site_day', 'session_id', 'anonymous_id', 'outside', 'plan_version'],
  ...['event_version', 'release', 'valid', 'utm_campaign', 'returning_user', 'issues', 'experiments'],
  ...['received_at', 'sample_rate', 'rollout'],
] as const

/** Columns that only the rows of servers need. */
const merging = ['user_id', 'amount', 'currency'] as const

/** Returns the stored columns that a report with these segments and watched names reads. */
export const storedColumns = (
  segments: readonly Segment[],
  watched: readonly string[],
): readonly Column[] => [
  ...new Set<Column>([
    ...plain,
    ...merging,
    ...(['kind', 'plan', 'day', 'bot', 'synthetic'] as const),
    ...segments.flatMap(storedColumnsOf),
    ...(watched.length > 0 ? (['properties'] as const) : []),
  ]),
]

/** Columns of the relation. */
const columnsOf = (wanted: Wanted): readonly string[] => [
  ...unchanged(wanted),
  'masked',
  ...wanted.segments.map((segment) => columnOf(wanted.segments, segment)),
]

const unchanged = (wanted: Wanted): readonly Column[] =>
  hasServerRows(wanted) ? [...plain, ...merging] : plain

const readColumns = (wanted: Wanted): string => {
  const { segments, watched = [] } = wanted
  const sql = wanted.store.dialect
  return [
    ...unchanged(wanted).map((column) => `e.${column} as ${column}`),
    `${maskedIn(sql, watched)} as masked`,
    ...segments.map((segment) => `${segmentOfRow(sql, segment)} as ${columnOf(segments, segment)}`),
  ].join(', ')
}

function uncopiedOf(wanted: Wanted, days: Period | null): string {
  const { text } = wanted.store.dialect
  const within = days ? `e.day between ${text(days.from)} and ${text(days.to)}` : '1 = 0'
  return `select ${columnsOf(wanted).join(', ')} from (
    select ${readColumns(wanted)},
      row_number() over (partition by e.day, e.name, e.id, e.origin order by e.received_at, e.time) as copy
    from ${wanted.store.rows} as e where ${conditionOf(wanted)} and ${within} and e.id in (select id from report_copied)
  ) as numbered where copy = 1`
}

/** Returns properties with masks. Does not even read those of other events. */
const maskedIn = (sql: Dialect, watched: readonly string[]): string =>
  watched.length > 0
    ? `case when e.name in (${inList(sql, watched)}) and ${isMaskedIn(sql, 'e.properties')} then e.properties else null end`
    : `nullif('', '')`

const withinPeriod = (wanted: Wanted, table: string): string =>
  `select * from ${table} where ${isWithin(wanted.store.dialect, spansOf(wanted), 'site_day')}`

/** Merges the rows of browsers and servers: by id, over all days, because the two may be on both sides of midnight. */
function mergedOf(wanted: Wanted): string {
  const { store } = wanted
  const sql = store.dialect
  const columns = columnsOf(wanted)
  const server = `(select * from (
    select c.*, row_number() over (partition by c.name, c.id order by c.received_at, c.time) as copy
    from report_copies as c where c.origin = 'server') as numbered where copy = 1)`
  const ofBrowser: Readonly<Record<string, string>> = {
    origin: `case when s.id is null then 'browser' else 'both' end`,
    amount: 'case when s.id is null then b.amount else coalesce(s.amount, b.amount) end',
    currency: 'case when s.amount is null then b.currency else s.currency end',
    // A server samples nothing: what it tells stands for itself alone.
    sample_rate: 'case when s.id is null then b.sample_rate else s.sample_rate end',
    rollout: 'case when s.id is null then b.rollout else s.rollout end',
  }
  const ofServer: Readonly<Record<string, string>> = {
    anonymous_id: `case when s.anonymous_id = ${NO_USER} then coalesce(k.anonymous_id, s.anonymous_id) else s.anonymous_id end`,
    session_id: 'coalesce(s.session_id, k.session_id)',
  }
  const picked = (table: string, special: Readonly<Record<string, string>>) =>
    columns.map((column) => `${special[column] ?? `${table}.${column}`} as ${column}`).join(', ')
  // The newest session before, of the same identified user, however long ago.
  const known = `(select s.id as id, s.name as name, ${sql.first('e.anonymous_id', '-e.time')} as anonymous_id,
      ${sql.first('e.session_id', '-e.time')} as session_id
    from ${store.rows} as e join ${server} as s on s.user_id = e.user_id
    where ${isCounted(wanted)} and e.origin = 'browser' and e.time <= s.time
      and (s.anonymous_id = ${NO_USER} or (s.session_id is null and s.anonymous_id = e.anonymous_id)) group by s.id, s.name)`
  return withinPeriod(
    wanted,
    `(select ${picked('b', ofBrowser)} from (select * from report_copies where origin = 'browser') as b
        left join ${server} as s on s.id = b.id and s.name = b.name
      union all
      select ${picked('s', ofServer)} from ${server} as s
        left join (select id, name, 1 as told from report_copies where origin = 'browser') as b on b.id = s.id and b.name = s.name
        left join ${known} as k on k.id = s.id and k.name = s.name
      where b.told is null) as merged`,
  )
}
