import type { AnyPlan } from '../plan/define-plan.ts'
import type { Intent, Money } from '../plan/event.ts'
import type { FrequencyRule, FrequencyScope } from '../plan/frequency.ts'
import type { EventsOf, PropertiesArgument, RegisteredPlan } from '../plan/register.ts'
import type { SchemaIssue } from '../plan/standard-schema.ts'

/** `fired`: at least one eligible destination is granted · `held`: else, one is pending · `shadowed`: never sent. */
export type Outcome = 'fired' | 'held' | 'dropped' | 'shadowed'

/** Why, from a closed list; ARCHITECTURE.md explains them one by one. */
export type Reason =
  | 'admitted'
  | 'consent-pending'
  | 'prerendering'
  | 'not-in-browser'
  | 'unknown-event'
  | 'invalid-properties'
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

/** `unknown`: handed to a beacon or a vendor that does not answer. */
export type DeliveryState =
  | 'held'
  | 'queued'
  | 'sent'
  | 'retrying'
  | 'rejected'
  | 'expired'
  | 'denied'
  | 'unknown'

export interface Delivery {
  readonly state: DeliveryState
  readonly attempts: number
  readonly error?: string | undefined
}

export type ConsentState = 'pending' | 'granted' | 'denied'
/** A state for each category: `analytics`, `marketing`, your own. */
export interface ConsentSnapshot {
  readonly [category: string]: ConsentState
}

/** Which part of the page reported it. */
export interface TriggerContext {
  /** `PricingLink`, `TrackedForm`, …; `track` for a call by hand. */
  readonly component: string
  readonly fact: string
  /** Tells facts of one event apart: the mark of a video, the field of a form. */
  readonly factKey?: string | undefined
  /** One attempt to fill a form. */
  readonly attemptId?: string | undefined
  /** Born of a mount, not of the visitor's act: an equal fact in the same page scope is `repeated`. */
  readonly fromEffect?: boolean | undefined
}

export interface PageContext {
  /** Counts page scopes in this document, from 1. */
  readonly number: number
  readonly url: string
  readonly path: string
  readonly title: string
  readonly referrer: string
}

export type Properties = Readonly<Record<string, unknown>>

/** What happened, frozen when it happened. */
export interface Occurrence {
  readonly event: string
  readonly properties: Properties
  /** Epoch ms. */
  readonly time: number
  readonly page: PageContext
  readonly trigger: TriggerContext
  /** Of the surrounding `TrackingScope`s. */
  readonly scope: Properties
}

/** What destinations receive. */
export interface TrackedEvent {
  readonly id: string
  /** The wire name. */
  readonly name: string
  readonly version: string
  readonly properties: Properties
  /** Epoch ms. */
  readonly time: number
  readonly page: PageContext
  readonly sessionId: string
  readonly anonymousId: string
  readonly userId?: string | undefined
  readonly context: EventContext
  readonly stage?: string | undefined
  readonly intent?: Intent | undefined
  readonly goal?: string | undefined
  readonly value?: Money | undefined
  readonly consent: ConsentSnapshot
  /** 0-1. */
  readonly sampleRate: number
  readonly trigger: TriggerContext
}

export interface EventContext {
  readonly plan: string
  readonly planVersion: string
  /** What the ids and counts of this event outlive: the page (`memory`) or the browser's storage (`persistent`). */
  readonly storage: StorageKind
  readonly scope: Properties
}

export type StorageKind = 'memory' | 'persistent'

/** How one frequency rule stood at the attempt. */
export interface RuleState {
  readonly rule: FrequencyRule
  readonly per: FrequencyScope
  /** As the rule's `key` gave it; empty without one. */
  readonly key: string
  /** Occurrences that count, before this one. */
  readonly count: number
  /** Epoch ms of the last of them. */
  readonly earlier?: number | undefined
  readonly open: boolean
  /** Epoch ms; undefined while open, or until its scope ends. */
  readonly opensAt?: number | undefined
}

/** One attempt and what became of it. Immutable; the record replaces it when it is amended. */
export interface Decision {
  /** Counts attempts of this tracker, from 1. */
  readonly number: number
  readonly event: string
  readonly outcome: Outcome
  readonly reason: Reason
  /** Epoch ms. */
  readonly time: number
  readonly page: PageContext
  readonly trigger: TriggerContext
  readonly scope: Properties
  /** The validated output, or the input when it is invalid; absent in production unless the overlay is open. */
  readonly properties?: Properties | undefined
  readonly issues?: readonly SchemaIssue[] | undefined
  readonly frequency: readonly RuleState[]
  /** For `shadowed`: what it would have been. */
  readonly would?: { readonly outcome: Outcome; readonly reason: Reason } | undefined
  readonly consent: ConsentSnapshot
  readonly sampleRate: number
  /** By destination. */
  readonly deliveries: Readonly<Record<string, Delivery>>
  /** Known once the event is bound to a session: at once, or when storage has answered. */
  readonly eventId?: string | undefined
  /** What `track` returned, if it was amended since: the end of a hold, or `superseded`. */
  readonly first?: { readonly outcome: Outcome; readonly reason: Reason } | undefined
}

export interface RecordState {
  /** Oldest first. */
  readonly decisions: readonly Decision[]
  /** Decisions that the bound pushed out. */
  readonly forgotten: number
  /** Never forgotten: outcomes by event name. */
  readonly counts: Readonly<Record<string, Readonly<Record<Outcome, number>>>>
  readonly consent: ConsentSnapshot
  readonly storage: StorageKind
}

/** The bounded log of decisions: 1,000 with property values in development or while watched, else 100 without. */
export interface RecordView {
  readonly get: () => RecordState
  /** Returns a stop. */
  readonly subscribe: (listener: () => void) => () => void
  /** Keeps full detail until the returned stop is called. */
  readonly watch: () => () => void
  /** Forgets the decisions; the counts stay. */
  readonly clear: () => void
}

/** A category, all of several, or any of several. */
export type ConsentNeed = string | readonly string[] | { readonly anyOf: readonly string[] }

export interface Destination {
  readonly name: string
  /** Default `'analytics'`. */
  readonly consent?: ConsentNeed | undefined
  /** A throw or a rejection is retried, unless it is a `PermanentError`. */
  readonly send: (
    events: readonly TrackedEvent[],
    why: { readonly reason: SendReason },
  ) => void | Promise<void>
}
export type SendReason = 'batch' | 'flush' | 'hidden'

/** Thrown by a destination: these events will never be accepted, do not retry. */
export class PermanentError extends Error {
  override readonly name = 'PermanentError'
}

export interface ConsentUpdate {
  readonly [category: string]: ConsentState
}

export interface ConsentControl {
  readonly get: () => ConsentSnapshot
  /**
   * Takes the answers that changed. `navigator.globalPrivacyControl` keeps `marketing` denied, unless
   * `overrideGpc` says that the visitor chose otherwise on this site.
   */
  readonly update: (
    change: ConsentUpdate | ConsentState,
    options?: { readonly overrideGpc?: boolean },
  ) => void
}

export interface PageInput {
  /** A route template, or the path in view. Default: the document's. */
  readonly path?: string | undefined
  readonly title?: string | undefined
  /** Tells navigations apart: the key of the page in view changes nothing. Without one, every call begins a page. */
  readonly key?: string | undefined
}

/** A tracker of any plan: what the Provider takes. */
export interface AnyTracker {
  readonly plan: AnyPlan
  /** Begins a page scope; emits `page_view` if the plan has it. */
  readonly page: (input?: PageInput) => Decision | undefined
  readonly identify: (userId: string) => void
  /** Forgets visitor, session and their counts: log-out, another person at the same browser. */
  readonly reset: () => void
  readonly consent: ConsentControl
  /** Calls before a page scope ends by `page()`: what belongs to it is reported now. Returns a stop. */
  readonly onPageEnd: (listener: () => void) => () => void
  /** Resolves when what was queued has been tried once. */
  readonly flush: () => Promise<void>
  readonly record: RecordView
  readonly dispose: () => void
}

export interface Track<E> {
  /** Reports an event. Never throws; returns what is known now. */
  <N extends keyof E & string>(event: N, ...properties: PropertiesArgument<E, N>): Decision
}

export interface Tracker<P extends AnyPlan = RegisteredPlan> extends AnyTracker {
  readonly track: Track<EventsOf<P>>
}
