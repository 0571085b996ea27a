import type { Period } from '../report-types.ts'
import type { Segment } from '../segment.ts'
import type { Dialect } from '../sql/dialect.ts'
import type { Store } from '../store/store.ts'
import type { SurveyRow } from './survey.ts'

/** An event that the report speaks of. */
export interface NamedEvent {
  /** Name in the plan. */
  readonly event: string
  /** Name in the rows. */
  readonly wireName: string
  readonly macro: boolean
  readonly stage: string | null
  readonly owner: string | null
  readonly shadow: boolean
  readonly rollout: number
  readonly sampleRate: number
  readonly sampleBy: string
}

/**
 * Returns whether users can be counted by an event. If sampling takes single sessions or events, a user without the event may have done
 * it: then there are totals, and no rate.
 */
export const isByUser = ({ sampleRate, sampleBy }: NamedEvent): boolean =>
  sampleRate >= 1 || sampleBy === 'user'

/** Returns the names in the rows, each once. */
export const wireNames = (events: readonly NamedEvent[]): readonly string[] => [
  ...new Set(events.map(({ wireName }) => wireName)),
]

/** Input of all measures of one report. */
export interface Reading {
  readonly store: Store
  readonly sql: Dialect
  readonly plan: string | null
  readonly period: Period
  readonly baseline: Period | null
  readonly events: readonly NamedEvent[]
  readonly by: readonly Segment[]
  /** Segments that the tables hold: those of `by` and of `adjust`. */
  readonly segments: readonly Segment[]
  readonly survey: readonly SurveyRow[]
  /** Last ms of the period, or the time of the report if that is earlier. */
  readonly until: number
}

/** User of the events that a server reports without one, as SQL. */
export const NO_USER = `cast('00000000-0000-0000-0000-000000000000' as UUID)`

/** Returns a list of texts, for `in (…)`; an empty one has nothing in it. */
export const inList = (sql: Dialect, texts: readonly string[]): string =>
  texts.map(sql.text).join(', ') || 'null'

/** Returns a relation with one row for each event, and its name as `name`. */
export const namesRelation = (sql: Dialect, events: readonly NamedEvent[]): string =>
  `(${events.map(({ wireName }) => `select ${sql.text(wireName)} as name`).join(' union all ') || "select '' as name where 1 = 0"})`

/** Returns the condition that `outside` names the event. */
export const isOutside = (name: string, outside: string): string =>
  `position(concat(',', ${name}, ',') in ${outside}) > 0`
