import type { Dialect } from '../sql/dialect.ts'
import type { Store } from '../store/store.ts'
import type { NamedEvent } from '../tables/reading.ts'
import type { SurveyRow } from '../tables/survey.ts'
import type { AlarmKind } from './alarm.ts'
import { type Incident, incidentOf, MAX_DAYS_AGO } from './incident.ts'
import { TRAFFIC_DAYS } from './traffic.ts'

/** Full days that are read: those that judge the last day, and each of the days before that may belong to its incident. */
export const WATCHED_DAYS = TRAFFIC_DAYS + MAX_DAYS_AGO

/** Data that all checks share. */
export interface Watch {
  readonly store: Store
  readonly sql: Dialect
  readonly plan: string | null
  /** Events of the plan that are live; without a plan, the most frequent names. */
  readonly events: readonly NamedEvent[]
  /** Full days in a row, oldest first, of which the last one is judged. */
  readonly days: readonly string[]
  readonly survey: readonly SurveyRow[]
  readonly now: number
}

/** Result of a check that needs an alarm. */
export interface Finding {
  readonly kind: AlarmKind
  readonly event?: NamedEvent | undefined
  readonly incident: Incident
  readonly message: string
}

/**
 * Creates `health_rows`: the rows of users since the first watched day, today and copies included. In one pass, because a pass over
 * lines takes longer than all checks.
 */
export async function keepRows({ store, sql, plan, days }: Watch): Promise<void> {
  const ofPlan = plan === null ? '' : `and plan = ${sql.text(plan)}`
  await store.keep(
    'health_rows',
    `select id, name, origin, day, site_day, time, session_id, plan_version, skew,
      coalesce(rollout, 1) * coalesce(sample_rate, 1) as share, coalesce(properties, '') as properties, coalesce(valid, true) as valid
    from ${store.rows} where kind = 'event' and not coalesce(bot, false) and not coalesce(synthetic, false)
      and site_day >= ${sql.text(days[0] as string)} ${ofPlan}`,
  )
}

/** Condition for rows of the watched days. */
export const within = ({ sql, days }: Watch): string => `site_day <= ${sql.text(days.at(-1) as string)}`

/** Returns the value of each day; `none` for days without a row. */
export function seriesOf<Row extends { readonly site_day: string }, Value>(
  { days }: Pick<Watch, 'days'>,
  rows: readonly Row[],
  value: (row: Row) => Value,
  none: Value,
): readonly Value[] {
  const byDay = new Map(rows.map((row) => [row.site_day, value(row)]))
  return days.map((day) => byDay.get(day) ?? none)
}

/** Returns the incident that a rule sees on the last of some days. The rule gets the days up to the one that it judges. */
export const incidentIn = <Day>(
  days: readonly Day[],
  isAlarm: (days: readonly Day[]) => boolean,
): Incident | null => incidentOf((ago) => ago < days.length && isAlarm(days.slice(0, days.length - ago)))
