import { type Duration, durationMs } from '../support/duration.ts'
import type { FrequencyRule } from './frequency.ts'

/** One occurrence that a derived event follows from. */
export interface CauseInPlan {
  readonly event: string
  /** Time of the occurrence, epoch ms. */
  readonly time: number
}

/**
 * The derived event occurs together with the last of `times` occurrences of `event`, and at most once in each `within`.
 */
export interface AfterTimes<Names extends string> {
  readonly event: Names
  /** Number of occurrences, 1-50. Default 1. */
  readonly times?: number | undefined
  /** Time in which they occur: the session, or up to 90 days. Default `'session'`. */
  readonly within?: Duration | 'session' | undefined
  readonly without?: undefined
}

/**
 * The derived event occurs if `event` has occurred, and `without` has not occurred in the time of `within` after it.
 * The tracker finds that on the next page that the user opens, until twice that time has passed, and only if storage is
 * permitted.
 */
export interface AfterWithout<Names extends string> {
  readonly event: Names
  readonly without: Names
  readonly within: Duration
  readonly times?: undefined
}

/** Properties of a derived event, made from its causes, oldest first. Required if the event requires properties. */
export type DerivedProperties<In> = {} extends In
  ? { readonly properties?: ((causes: readonly CauseInPlan[]) => In) | undefined }
  : { readonly properties: (causes: readonly CauseInPlan[]) => In }

/** The events that a derived event follows from. */
export type After<In, Names extends string> = (AfterTimes<Names> | AfterWithout<Names>) &
  DerivedProperties<In>

/** Ordered steps to a goal. */
export interface FunnelOptions<Names extends string> {
  /** Names of events, in order. */
  readonly steps: readonly Names[]
  /** Longest time from the first step to the last. Default: no limit. */
  readonly within?: Duration | undefined
}

/** Maximum of `times`. */
export const MAX_TIMES = 50
/** Maximum of `within`, in milliseconds. */
export const MAX_WITHIN_MS = 90 * 24 * 60 * 60_000

/**
 * Returns the rule of a derived event: once in each `within`, besides the event's own rules. The rule decides between
 * tabs.
 */
export function ruleOfAfter({ within = 'session' }: After<object, string>): FrequencyRule {
  return { max: 1, per: within === 'session' ? within : { windowMs: durationMs(within) } }
}
