import { durationMs } from '../../support/duration.ts'
import type { FunnelReport, FunnelStep, Spread } from '../report-types.ts'
import { columnOf, isExperiment } from '../segment.ts'
import type { NamedEvent, Reading } from '../tables/reading.ts'
import { rateFigure } from './figures.ts'

/** A funnel of the plan. */
export interface PlannedFunnel {
  readonly name: string
  readonly steps: readonly NamedEvent[]
  /** Such as `7d`; null for any time within the period. */
  readonly within: string | null
}

/** Returns how many users reach each step of each funnel, and how long they take. */
export async function measureFunnels(
  reading: Reading,
  funnels: readonly PlannedFunnel[],
): Promise<readonly FunnelReport[]> {
  const measured: FunnelReport[] = []
  for (const funnel of funnels) {
    await findPaths(reading, funnel)
    measured.push({
      name: funnel.name,
      within: funnel.within,
      steps: await stepsOf(reading, funnel),
      segments: await segmentsOf(reading, funnel),
    })
  }
  return measured
}

/**
 * Creates `report_paths`: for each user and step the time `t` at which the step is first reached, the time of the step before on
 * that path, and the time of the entry. Events of equal time count as in order. The times of entry and step before rise with `t`, so
 * that the least of each belong to the path that reaches a step first.
 */
async function findPaths(reading: Reading, { steps, within }: PlannedFunnel): Promise<void> {
  const { store, sql } = reading
  const windowMs = within === null ? null : durationMs(within)
  await store.keep(
    'report_steps',
    `select e.anonymous_id as anonymous_id, e.name as name, e.time as time, e.session_id as session_id
      from report_events as e join report_users as u on u.now = 1 and u.anonymous_id = e.anonymous_id
      where ${canSendAll(reading, steps)} and e.name in (${steps.map(({ wireName }) => sql.text(wireName)).join(', ')})`,
  )
  for (const [index, { wireName }] of steps.entries()) {
    const name = sql.text(wireName)
    const before = `report_step_${index - 1}`
    if (index === 0) await store.keep('report_step_0', entrySelect(name, windowMs))
    else await store.keep(`report_step_${index}`, nextSelect(name, before, windowMs))
  }
  const reached = steps.map(
    (_, index) =>
      `select ${index} as step, anonymous_id, min(entry) as entry, min(prev) as prev, min(t) as t
      from report_step_${index} group by anonymous_id`,
  )
  await store.keep('report_paths', reached.join(' union all '))
}

/** Returns the condition for users `u` who could send each step: another one would look like a user who stopped there. */
const canSendAll = ({ sql }: Reading, steps: readonly NamedEvent[]): string =>
  steps.map(({ wireName }) => `position(${sql.text(`,${wireName},`)} in u.outside) = 0`).join(' and ')

/** With a window each entry counts, without one the first. */
const entrySelect = (name: string, windowMs: number | null): string =>
  windowMs === null
    ? `select anonymous_id, min(time) as entry, min(time) as prev, min(time) as t
      from report_steps where name = ${name} group by anonymous_id`
    : `select anonymous_id, time as entry, time as prev, time as t from report_steps where name = ${name}`

function nextSelect(name: string, before: string, windowMs: number | null): string {
  if (windowMs === null)
    return `select s.anonymous_id as anonymous_id, s.entry as entry, s.t as prev, min(e.time) as t
      from ${before} as s join report_steps as e on e.anonymous_id = s.anonymous_id
      where e.name = ${name} and e.time >= s.t group by s.anonymous_id, s.entry, s.t`
  // The latest entry that leads here, and the step before on its path: both rise with time, so that a running maximum finds them.
  const latest = (of: string) =>
    `max(${of}) over (partition by anonymous_id order by time range between unbounded preceding and current row)`
  return `select anonymous_id, entry, prev, min(time) as t from (
      select anonymous_id, time, here, ${latest('entry_before')} as entry, ${latest('time_before')} as prev from (
        select anonymous_id, t as time, 0 as here, entry as entry_before, t as time_before from ${before}
          where anonymous_id in (select anonymous_id from report_steps where name = ${name})
        union all
        select anonymous_id, time, 1 as here, null as entry_before, null as time_before from report_steps where name = ${name}
      ) as merged
    ) as looked where here = 1 and entry is not null and time - entry <= ${windowMs} group by anonymous_id, entry, prev`
}

type StepRow = {
  readonly step: number
  readonly value: string | null
  readonly n: number
  readonly sum: number
  readonly q25: number
  readonly q50: number
  readonly q75: number
}

const countedAs = ({ sql }: Reading): string =>
  `count(*) as n, sum(p.t - p.prev) as sum, ${sql.quantile('p.t - p.prev', 0.25)} as q25,
    ${sql.quantile('p.t - p.prev', 0.5)} as q50, ${sql.quantile('p.t - p.prev', 0.75)} as q75`

async function stepsOf(reading: Reading, { steps }: PlannedFunnel): Promise<readonly FunnelStep[]> {
  const [able] = await reading.store.query<{ n: number }>(
    `select count(*) as n from report_users as u where u.now = 1 and ${canSendAll(reading, steps)}`,
  )
  const rows = await reading.store.query<StepRow>(
    `select p.step as step, null as value, ${countedAs(reading)} from report_paths as p group by p.step`,
  )
  return filled(steps, rows, able?.n ?? 0)
}

function filled(
  steps: readonly NamedEvent[],
  rows: readonly StepRow[],
  users: number,
): readonly FunnelStep[] {
  const counts = steps.map((_, index) => rows.find(({ step }) => step === index))
  const entered = counts[0]?.n ?? 0
  return steps.map(({ event }, index) => {
    const row = counts[index]
    const k = row?.n ?? 0
    return {
      event,
      users: k,
      ofPrevious: rateFigure({ k, n: index === 0 ? users : (counts[index - 1]?.n ?? 0) }),
      ofEntry: rateFigure({ k, n: entered }),
      between: index > 0 && row ? spreadOf(row) : null,
    }
  })
}

const spreadOf = ({ n, sum, q25, q50, q75 }: StepRow): Spread => ({ n, sum, q25, median: q50, q75 })

/** Maximum values of a segment: those with the most entries. */
const MAX_VALUES = 12

/**
 * A user belongs to one segment: that of the session in which the path began that led furthest. A variant of an experiment is the
 * user's, whichever session.
 */
async function segmentsOf(reading: Reading, { steps }: PlannedFunnel): Promise<FunnelReport['segments']> {
  const { store, sql, segments, by } = reading
  const first = sql.text(steps[0]?.wireName ?? '')
  const measured: FunnelReport['segments'][number][] = []
  for (const segment of by) {
    const column = columnOf(segments, segment)
    const segmented = isExperiment(segment)
      ? 'report_users as s on s.now = 1 and s.anonymous_id = e.anonymous_id'
      : 'report_sessions as s on s.now = 1 and s.session_id = e.session_id and s.anonymous_id = e.anonymous_id'
    const rows = await store.query<StepRow>(
      `select p.step as step, b.value as value, ${countedAs(reading)} from report_paths as p join (
        select f.anonymous_id as anonymous_id, nullif(min(coalesce(s.${column}, '')), '') as value
        from (select anonymous_id, max(entry) as entry from report_paths group by anonymous_id) as f
          join report_steps as e on e.anonymous_id = f.anonymous_id and e.time = f.entry and e.name = ${first}
          left join ${segmented}
        group by f.anonymous_id) as b on b.anonymous_id = p.anonymous_id group by p.step, b.value`,
    )
    const entries = rows.filter(({ step }) => step === 0).sort((a, b) => b.n - a.n || order(a.value, b.value))
    for (const { value, n } of entries.slice(0, MAX_VALUES))
      measured.push({
        by: segment,
        value,
        steps: filled(
          steps,
          rows.filter((row) => row.value === value),
          n,
        ),
      })
  }
  return measured
}

const order = (a: string | null, b: string | null): number => ((a ?? '') < (b ?? '') ? -1 : 1)
