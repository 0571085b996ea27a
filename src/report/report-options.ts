import type { AnyPlan } from '../plan/define-plan.ts'
import type { Manifest } from '../plan/manifest.ts'
import type { Duration } from '../support/duration.ts'
import type { Period } from './report-types.ts'
import type { Segment } from './segment.ts'

/** Options of `report`. */
export interface ReportOptions {
  /** The plan, or its manifest. Default: the newest manifest in the store, which `ndjson()` writes. */
  readonly plan?: AnyPlan | Manifest | undefined
  /** Days to report, both included. Default: the last 28 full days. */
  readonly period?: Period | undefined
  /** Days to compare with, as many as those of `period`. Default: the days before `period`, if the store has all of them. */
  readonly baseline?: Period | undefined
  /** Segments for rates and funnels. Default: none. */
  readonly by?: readonly Segment[] | undefined
  /** Names of the macro conversions. Default: the events of the plan with `macro: true`. */
  readonly goals?: readonly string[] | undefined
  /** Maximum time from entry to each step, for funnels without `within`. Default: any time within the period. */
  readonly within?: Duration | undefined
  /** Content of a CSV file with the columns `date,source,medium,campaign,cost,currency`. Default: no costs. */
  readonly spend?: string | undefined
  /** Segments whose differences are taken out of what predicts a macro conversion. Default: none. */
  readonly adjust?: readonly Segment[] | undefined
  /**
   * Planned weights of the variants of experiments, such as `{ hero: { control: 9, video: 1 } }`: whole experiments, because a variant
   * that is not named has none. Default: equal weights for the variants that users saw.
   */
  readonly splits?: Splits | undefined
  /** IANA name of the time zone for full days: that of the collector. Default `'UTC'`. */
  readonly timeZone?: string | undefined
  /** Time of the report in epoch ms. Default: now. */
  readonly now?: number | undefined
}

/** Planned weights by experiment and variant, in any unit. */
export type Splits = Readonly<Record<string, Readonly<Record<string, number>>>>
