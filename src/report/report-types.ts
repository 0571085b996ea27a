import type { ChangeVerdict, Figure, LiftVerdict, RateVerdict, SplitVerdict } from './figure.ts'
import type { Segment } from './segment.ts'

/** Whole days of the site, from `from` to `to`, both included: `YYYY-MM-DD`. */
export interface Period {
  readonly from: string
  readonly to: string
}

/** Result of `report()`: plain JSON. Shares are from 0 to 1, times in ms. Names and values may be input of strangers: escape them. */
export interface Report {
  readonly schema: 'react-microconversions/report/1'
  /** Epoch ms at which the report was made. */
  readonly createdAt: number
  /** Name of the plan; null without a plan. */
  readonly plan: string | null
  /** Versions of the plan that the events of the period have, newest first. */
  readonly versions: readonly string[]
  readonly period: Period
  /** Days of the same number, for comparison. Null if the store does not have all of them. */
  readonly baseline: Period | null
  readonly totals: Totals
  readonly quality: Quality
  /** Experiments that events of the period carry, those with the most users first; at most 20. */
  readonly experiments: readonly ExperimentReport[]
  /** One entry for each event of the plan; without a plan, for each name. Macro conversions first. */
  readonly rates: readonly EventRates[]
  /** Funnels of the plan, without those with a step that is sampled by session or event. */
  readonly funnels: readonly FunnelReport[]
  readonly times: readonly TimeToEvent[]
  readonly frequencies: readonly EventFrequency[]
  /** One entry for each macro conversion. */
  readonly lifts: readonly MacroLifts[]
  /** Events that were shown to make no difference for each macro conversion: candidates for `status: 'deprecated'`. */
  readonly retire: readonly RetireCandidate[]
  /** Null without a spend file. */
  readonly costs: CostReport | null
  /** Events in shadow or with a rollout below 1. */
  readonly ready: readonly ReadyEvent[]
  /** Events that a browser and a server both report. */
  readonly coverage: readonly EventCoverage[]
  /** Releases of the application, by their first day in the period. */
  readonly releases: readonly { readonly release: string; readonly day: string }[]
  /** Sentences on what the report cannot know, such as the share of users who refused analytics. */
  readonly notes: readonly string[]
}

/** Numbers of a period, copies, bots and test events excluded. */
export interface Totals {
  readonly users: number
  readonly sessions: number
  readonly events: number
  /** Stored copies of the same events, which were removed. */
  readonly copies: number
}

/** Quality of the data in the period. */
export interface Quality {
  /** Share of the checked events that are invalid. */
  readonly invalid: Figure<RateVerdict>
  /** Events that could not be checked against a plan. */
  readonly unchecked: number
  /** Events that the plan does not have, and the number of their names. */
  readonly notInPlan: { readonly events: number; readonly names: number }
  /** Events that the collector refused, because they did not match the wire format. */
  readonly refused: number
  readonly bots: number
  /** Events that a tester fired in the overlay. */
  readonly synthetic: number
  /** Lines that are no row, such as a torn line after a crash. */
  readonly unreadable: number
  /** Epoch ms of the newest event; null without events. */
  readonly newest: number | null
}

/** Tells if the users of an experiment are split between its variants as planned. */
export interface ExperimentReport {
  readonly experiment: string
  /** Users who saw one variant of it in the period, and no other. */
  readonly users: number
  /** Users who saw several variants: they are in no variant. */
  readonly mixed: number
  /** By name. Without planned weights, those that users saw. */
  readonly variants: readonly VariantShare[]
  /** Source of the planned shares: `given` in `splits`, or `equal`. */
  readonly weights: 'given' | 'equal'
  readonly verdict: SplitVerdict
  /** p-value of the chi-squared test; null without a test. */
  readonly p: number | null
}

/** Users of one variant. */
export interface VariantShare {
  readonly variant: string
  /** Share of the users of the experiment. */
  readonly share: Figure<RateVerdict>
  /** Planned share; 0 for a variant that `splits` does not name. */
  readonly planned: number
}

/** Rate of an event now, before, and the change, for all users or for one segment. */
export interface RateNow {
  /** Share of users who did it. */
  readonly now: Figure<RateVerdict>
  /** The same for the baseline; null without a baseline. */
  readonly before: Figure<RateVerdict> | null
  /** Difference of the shares: 0.01 is one percentage point. Null without a baseline. */
  readonly change: Figure<ChangeVerdict> | null
}

/**
 * How often an event happens. An event that is sampled by session or event has `events` and `estimated` alone: its rates are null, and
 * times, frequencies, lifts and costs do not have it.
 */
export interface EventRates extends RateNow {
  readonly event: string
  readonly macro: boolean
  readonly stage: string | null
  readonly owner: string | null
  /** Share of sessions with the event. */
  readonly perSession: Figure<RateVerdict>
  /** Number of events in the period. */
  readonly events: number
  /** Each event divided by the rollout and sample rate with which it was sent, if some users or events are left out; else null. */
  readonly estimated: number | null
  /** Users whom rollout or sampling keeps from sending it. They are not in `now`. */
  readonly outside: number
  readonly segments: readonly SegmentRate[]
  /** Users with the event (`k`) and all users (`n`) of each day. */
  readonly days: readonly { readonly day: string; readonly k: number; readonly n: number }[]
}

/** Rate of an event in one segment. */
export interface SegmentRate extends RateNow {
  readonly by: Segment
  /** Such as `mobile`; null where it is unknown. */
  readonly value: string | null
}

/** A funnel of the plan. */
export interface FunnelReport {
  readonly name: string
  /** Such as `7d`: maximum time from entry to each step. Null: any time within the period. */
  readonly within: string | null
  readonly steps: readonly FunnelStep[]
  readonly segments: readonly {
    readonly by: Segment
    readonly value: string | null
    readonly steps: readonly FunnelStep[]
  }[]
}

/** A step of a funnel. */
export interface FunnelStep {
  readonly event: string
  /** Users who reached it. */
  readonly users: number
  /** Share of the users of the step before; for the first step, of all users whom rollout and sampling exclude from no step. */
  readonly ofPrevious: Figure<RateVerdict>
  /** Share of the users who entered. */
  readonly ofEntry: Figure<RateVerdict>
  /** Time since the step before; null for the first step, and without users. */
  readonly between: Spread | null
}

/** Distribution of times in ms. */
export interface Spread {
  readonly n: number
  readonly sum: number
  readonly q25: number
  readonly median: number
  readonly q75: number
}

/** Time from a user's first event to the first of this event. */
export interface TimeToEvent {
  readonly event: string
  /** Times of the users who did it; null without any. */
  readonly among: Spread | null
  /** Shares of the users who have been watched for that long. */
  readonly firstSession: Figure<RateVerdict>
  readonly oneDay: Figure<RateVerdict>
  readonly sevenDays: Figure<RateVerdict>
}

/** How often users do an event, and how long ago they did it last. */
export interface EventFrequency {
  readonly event: string
  /** Users who did it 1, 2, 3, 4, and 5 or more times. */
  readonly times: readonly number[]
  /** Users by whole days from their last time to the end of the period: 0, 1-6, 7-13, 14 or more. */
  readonly recency: readonly number[]
}

/** Lifts of all other events for one macro conversion. */
export interface MacroLifts {
  readonly macro: string
  /** Users with the macro conversion. */
  readonly conversions: number
  /** Segments whose differences are taken out. */
  readonly adjust: readonly Segment[]
  /** Strongest first. */
  readonly rows: readonly LiftRow[]
}

/**
 * `lift`: users who had done it converted `value` times as often as users who had been here as long and had not (yet). `k` is the
 * number of conversions after it, `n` of all conversions. It predicts; it does not say that the event is the cause.
 */
export interface LiftRow {
  readonly event: string
  readonly owner: string | null
  readonly lift: Figure<LiftVerdict>
  /** Ends of the 90 % interval, which decide on `no difference`. */
  readonly low90: number | null
  readonly high90: number | null
  /** Conversions expected after it if it made no difference. */
  readonly expected: number
  /** Conversions at the same millisecond as the event: they count as not after it. */
  readonly sameMoment: number
  /** Users who did it. */
  readonly users: number
  /** Users who did it only after converting. */
  readonly afterwards: number
  /** Weeks until `expected` is 5 at the present pace, for `too few`; null if unknown. */
  readonly weeks: number | null
}

/** An event that makes no difference for any macro conversion. */
export interface RetireCandidate {
  readonly event: string
  readonly owner: string | null
  readonly events: number
  /** Version of the event or plan that the newest event has. */
  readonly version: string | null
  /** Epoch ms of the first event of that version; null if it was there on the first day of the baseline, or of the period without one. */
  readonly since: number | null
}

/** Cost per event, by campaign. */
export interface CostReport {
  readonly rows: readonly CostRow[]
  /** Campaigns of the spend file without sessions, and campaigns of sessions without cost. */
  readonly withoutSessions: readonly string[]
  readonly withoutCost: readonly string[]
}

/**
 * `cost` per event: `k` is the number of users of the campaign with the event, `n` of those who could send it, `value` the cost for each.
 * Of what was spent, it has the part for those `n` users.
 */
export interface CostRow {
  readonly campaign: string
  readonly currency: string
  readonly spent: number
  readonly event: string
  readonly cost: Figure<RateVerdict>
}

/** Tells if an event in shadow or rollout can go to all users. */
export interface ReadyEvent {
  readonly event: string
  readonly status: 'shadow' | 'rollout'
  readonly rollout: number
  readonly days: number
  readonly events: number
  /** Each event divided by the rollout and sample rate with which it was sent. */
  readonly expectedEvents: number
  /** Invalid share, with its upper limit. */
  readonly invalid: Figure<RateVerdict>
  /** Paths of properties in which the tracker found personal data. */
  readonly personalData: readonly string[]
  /** Users who sent it though rollout or sampling excludes them: 0 if all is well. */
  readonly strangers: number
  readonly ready: boolean
  /** Why it is not ready, as sentences. */
  readonly reasons: readonly string[]
}

/** Events by who reported them: what browsers lose. */
export interface EventCoverage {
  readonly event: string
  readonly both: number
  readonly browserOnly: number
  /** Blocked, refused or closed before the browser could report it. */
  readonly serverOnly: Figure<RateVerdict>
}
