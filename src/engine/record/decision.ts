import type { FrequencyRule, RuleScope } from '../../plan/frequency.ts'
import type { Issue } from '../decision/issue.ts'
import type { Delivery } from '../delivery/delivery.ts'
import type { Anomaly } from '../journey/journey-view.ts'
import type { PageContext } from '../page/page.ts'
import type { ConsentSnapshot } from '../permission/consent-types.ts'
import type { Finding } from '../personal-data/finding.ts'
import type { AddedContext } from '../pipeline/added-context.ts'
import type { Cause, Properties, TriggerContext } from '../pipeline/occurrence.ts'

/**
 * Outcome of an attempt:
 *
 * - `fired`: at least one eligible destination has consent
 * - `held`: none has, and at least one is pending
 * - `shadowed`: evaluated, and sent only to destinations with `shadow: true`
 * - `dropped`: ended for another reason
 */
export type Outcome = 'fired' | 'held' | 'dropped' | 'shadowed'

/** Reason for the outcome, from a closed list; ARCHITECTURE.md explains each one. */
export type Reason =
  | 'admitted'
  | 'consent-pending'
  | 'prerendering'
  | 'not-in-browser'
  | 'unknown-event'
  | 'invalid-properties'
  | 'code-threw'
  | 'personal-data'
  | 'not-counted'
  | 'retired'
  | 'draft'
  | 'shadow'
  | 'not-in-rollout'
  | 'frequency'
  | 'repeated'
  | 'superseded'
  | 'sampled-out'
  | 'consent-denied'
  | 'before-send'
  | 'suspected-bot'
  | 'queue-full'
  | 'hold-expired'
  | 'withdrawn'
  | 'no-destination'
  | 'disabled'

/** State of one frequency rule at the attempt. */
export interface RuleState {
  readonly rule: FrequencyRule
  readonly per: RuleScope
  /** Key that the rule's `key` returned; empty without one. */
  readonly key: string
  /** Number of occurrences that count, before this one. */
  readonly count: number
  /** Time of the last of them, epoch ms. */
  readonly earlier?: number | undefined
  readonly open: boolean
  /**
   * Time at which the rule admits the event again, epoch ms. Undefined if it admits it now, or not until its scope
   * ends.
   */
  readonly opensAt?: number | undefined
}

/** One attempt and its result. Immutable: the record replaces it when it is amended. */
export interface Decision extends AddedContext {
  /** Number of the attempt in this tracker, from 1. */
  readonly number: number
  readonly event: string
  readonly outcome: Outcome
  readonly reason: Reason
  /** Time of the attempt, epoch ms. */
  readonly time: number
  readonly page: PageContext
  readonly trigger: TriggerContext
  readonly scope: Properties
  /** Validated properties, or the given ones if they are invalid. Absent in production unless the overlay is open. */
  readonly properties?: Properties | undefined
  readonly issues?: readonly Issue[] | undefined
  /** Properties of the component's fact that the event leaves out, because the plan declares no `properties` for it. */
  readonly leftOut?: readonly string[] | undefined
  /** Personal data that was redacted in `properties`, `page` and `scope`. */
  readonly personalData?: readonly Finding[] | undefined
  readonly frequency: readonly RuleState[]
  /** For `shadowed`, the outcome of a live event. */
  readonly would?: { readonly outcome: Outcome; readonly reason: Reason } | undefined
  readonly consent: ConsentSnapshot
  readonly sampleRate: number
  /** Deliveries by destination. */
  readonly deliveries: Readonly<Record<string, Delivery>>
  /**
   * Id of the event. It never changes. `track` returns a given or random id, and an id that is derived from user or
   * session (once-events) if storage has answered; otherwise the id is in the record after `flush()`.
   */
  readonly eventId?: string | undefined
  /**
   * True if it left with its page before storage provided the user: other tabs may know the user or the session by
   * another id.
   */
  readonly unsettled?: boolean | undefined
  /** Causes of a derived event. */
  readonly causes?: readonly Cause[] | undefined
  /** Time at which a derived event was due, epoch ms, if it was found later. */
  readonly dueAt?: number | undefined
  /** Anomalies in the order of the journey. */
  readonly anomalies?: readonly Anomaly[] | undefined
  /** Outcome that `track` returned, if it changed since: a hold ended, or another tab was first (`superseded`). */
  readonly first?: { readonly outcome: Outcome; readonly reason: Reason } | undefined
}
