import type { AnyPlan } from '../plan/define-plan.ts'
import type { Intent, Money } from '../plan/event.ts'
import type { FrequencyRule, FrequencyScope } from '../plan/frequency.ts'
import type { EventsOf, PropertiesArgument, RegisteredPlan } from '../plan/register.ts'
import type { SchemaIssue } from '../plan/standard-schema.ts'
import type { UnknownReason } from '../support/unknown-outcome.ts'

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
  /** Epoch ms of the next attempt, for `retrying`. */
  readonly nextAt?: number | undefined
  /** What the destination left out or cut to be able to take the event. */
  readonly notes?: readonly string[] | undefined
  /** What the destination made of the event; absent in production unless the overlay is open. */
  readonly payload?: unknown
  /** Epoch ms at which it was mapped and handed to the destination's queue. */
  readonly queuedAt?: number | undefined
  /** Why the next attempt waits, for `retrying`; undefined: as after any failure. */
  readonly waits?: DeliveryWait | undefined
  /**
   * The requests that took it along, oldest first: the first one and the newest four. Absent in production unless the
   * overlay is open.
   */
  readonly requests?: readonly DeliveryRequest[] | undefined
}

/**
 * `breaker`: five failures in a row; single events find out whether the endpoint is back · `retry-after`: the server has
 * asked for it · `offline`: the browser has no network.
 */
export type DeliveryWait = 'breaker' | 'retry-after' | 'offline'

/** One request, or one call of a destination's `send`, with all events in it. */
export interface DeliveryRequest {
  /** Unique in its destination. For `http()` the `requestId` of the batch. */
  readonly requestId: string
  /** `send`: handed to the destination's own code, or to a vendor's client. */
  readonly transport: 'fetch' | 'keepalive' | 'beacon' | 'send'
  /** Without query. */
  readonly url?: string | undefined
  /** All events in it, also those that an earlier page has left. */
  readonly eventIds: readonly string[]
  /** Epoch ms. */
  readonly sentAt: number
  /** Epoch ms at which its outcome was known; undefined: on its way, or a beacon. */
  readonly answeredAt?: number | undefined
  /** HTTP status; undefined without an answer. */
  readonly status?: number | undefined
  /** The answer's `Retry-After` header. */
  readonly retryAfter?: string | undefined
  /** The first 500 characters of the answer. */
  readonly body?: string | undefined
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
  /** A tester's act in the overlay. `kept`: it counts nothing and goes nowhere. */
  readonly synthetic?: 'kept' | 'delivered' | undefined
}

export interface PageContext {
  /** Counts page scopes in this document, from 1. */
  readonly number: number
  readonly url: string
  readonly path: string
  readonly title: string
  readonly referrer: string
  /** Kind of page, such as `article`, if the application gives it. */
  readonly type?: string | undefined
}

export type Properties = Readonly<Record<string, unknown>>

/** What happened, frozen when it happened. */
export interface Occurrence {
  readonly event: string
  /** A copy of what the schema returned; of what was given, if it refused that. */
  readonly properties: Properties
  /** Undefined: the properties are as they were given, and not validated yet. */
  readonly checked?: Checked | undefined
  /** Epoch ms. */
  readonly time: number
  readonly page: PageContext
  readonly trigger: TriggerContext
  /** Of the surrounding `TrackingScope`s. */
  readonly scope: Properties
  readonly device: Device
  readonly derived?: Derivation | undefined
  /** The id under which the tab's storage holds it: a duplicated tab has a copy. */
  readonly heldAs?: string | undefined
}

/** Result of validating an occurrence's properties, once, when it happens. */
export interface Checked {
  readonly issues: readonly Issue[]
  /** Paths such as `items.0.price` that are not as the plan wants them; an empty one concerns all properties. */
  readonly invalid: readonly string[]
  /** Facts that an event without a schema leaves out. */
  readonly leftOut?: readonly string[] | undefined
  /** The id that the call or the plan gave. */
  readonly id?: string | undefined
  /** Code of the plan threw: the event is dropped under every policy. */
  readonly threw?: boolean | undefined
}

/** Something about an attempt that is not as the plan wants it. */
export interface Issue extends SchemaIssue {
  /**
   * Undefined: a property is invalid, its path travels in the event's `issues`, and the `invalid` policies apply. `cleaned`:
   * something was converted or left out, and the event is valid without it · `id`: the id was ignored, and one was generated.
   */
  readonly kind?: 'cleaned' | 'id' | undefined
}

/**
 * Handling of an event with invalid properties. `flag`: it goes out as it is, with the paths in `issues` ·
 * `strip`: without what is invalid, and not at all if that is essential (a value, a currency, an id) ·
 * `drop`: not at all.
 */
export type InvalidPolicy = 'flag' | 'strip' | 'drop'

export interface Derivation {
  /**
   * Asked late, when they have left too; none, if one of them turned out not to count. Lost at a page load while the event
   * is held.
   */
  readonly causes?: (() => readonly Cause[]) | undefined
  /** Besides those of the event. */
  readonly rule: FrequencyRule
  /** Epoch ms, where it was found later than it was due. */
  readonly dueAt?: number | undefined
}

/** What a derived event follows from. */
export interface Cause {
  readonly event: string
  /** Epoch ms. */
  readonly time: number
  /** Of its decision, if this page has made it. */
  readonly number?: number | undefined
  /** Undefined until it has left, and for what never leaves. */
  readonly eventId?: string | undefined
  /** The destinations that were given it: no other hears of its id. */
  readonly sentTo?: readonly string[] | undefined
}

/** One occurrence that counts: what a page and, where it is permitted, the visits before it remember. */
export interface JourneyStep {
  readonly event: string
  /** Epoch ms. */
  readonly time: number
  /** Id of its session. */
  readonly session: string
}

export interface History {
  /** Oldest first: up to 50 of each event, of the last 180 days. */
  readonly steps: readonly JourneyStep[]
  /** Id of the present session. */
  readonly session: string
  /** Epoch ms. */
  readonly now: number
}

/**
 * What came before. The same object until something changes; while somebody listens, also when time has passed: each ten
 * seconds at first, each minute after a longer silence.
 */
export interface JourneyView {
  readonly get: () => History
  /** Returns a stop. */
  readonly subscribe: (listener: () => void) => () => void
}

/**
 * `skipped-step`: a step of a funnel without the one before it · `missing-start`: its last step, and it never began ·
 * `double-macro`: a macro conversion twice in a session.
 */
export type AnomalyKind = 'skipped-step' | 'missing-start' | 'double-macro'
export interface Anomaly {
  readonly kind: AnomalyKind
  readonly funnel?: string | undefined
  /** The step that should have come first. */
  readonly missing?: string | undefined
}

/** What destinations receive. */
export interface TrackedEvent {
  /** A UUID, or the id that `track` or the event's `id` in the plan gave. */
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
  /** Paths of the properties that were invalid, such as `items.0.price`, also of those stripped; `''`: all of them. */
  readonly issues?: readonly string[] | undefined
  /** Of a derived event: ids of the events that it follows from, as far as this destination has got them. */
  readonly causes?: readonly string[] | undefined
  /** Epoch ms at which a derived event was due, where it was found later. */
  readonly dueAt?: number | undefined
}

export interface EventContext {
  readonly plan: string
  readonly planVersion: string
  /** What the ids and counts of this event outlive: the page (`memory`) or the browser's storage (`persistent`). */
  readonly storage: StorageKind
  readonly scope: Properties
  /** Start of the session; `unknown` when that was lost before consent, never guessed from a later page. */
  readonly landing: Landing | 'unknown'
  readonly device: Device
  /** Undefined where nothing is stored: it is unknown. */
  readonly visitor?: VisitorContext | undefined
  /** Signs of a browser without a person in front of it. */
  readonly bot: boolean
  /** Of `identify`, as far as the tracker's `traits` allows them. */
  readonly traits?: Properties | undefined
}

export interface Landing {
  /** Without query and fragment, as every address. */
  readonly url: string
  readonly path: string
  readonly referrer: string
  /** `internal`: this site itself, as after a session that idled out. */
  readonly referrerClass: ReferrerClass
  readonly campaign?: Campaign | undefined
}
export type ReferrerClass = 'direct' | 'internal' | 'search' | 'social' | 'mail' | 'ai' | 'other'

/** The `utm_` parameters of the landing, under GA4's names (https://support.google.com/analytics/answer/10917952). */
export interface Campaign {
  readonly id?: string | undefined
  readonly source?: string | undefined
  readonly medium?: string | undefined
  readonly name?: string | undefined
  readonly term?: string | undefined
  readonly content?: string | undefined
  /** The parameter that an advertising platform has added: `gclid`, `fbclid`, … */
  readonly click?: string | undefined
  /** Its value, a pseudonym; only with `campaign: { clickIds: true }`. */
  readonly clickId?: string | undefined
}

export interface Device {
  readonly class: 'mobile' | 'tablet' | 'desktop'
  /** CSS pixels. */
  readonly viewport: { readonly width: number; readonly height: number }
  /** BCP 47. */
  readonly language: string
  /** IANA. */
  readonly timeZone: string
}

export interface VisitorContext {
  /** Sessions of this visitor so far, from 1. */
  readonly visit: number
  readonly returning: boolean
  /** Whole days, of 24 hours, from the beginning of the visit before to that of this one; undefined at the first. */
  readonly daysSinceLast?: number | undefined
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

/** Something that looks like personal data: what and where, never the text itself. */
export interface Finding {
  readonly kind: PersonalDataKind
  /** `properties.contact.mail`, `page.url`, `scope.user`. */
  readonly path: string
}
/**
 * `token`: a key, a session id, a password, what opens a reset or magic link · `number`: a long run of digits ·
 * `unchecked`: too deep, too long, too much, or not to be read.
 */
export type PersonalDataKind = 'email' | 'phone' | 'card' | 'iban' | 'jwt' | 'token' | 'number' | 'unchecked'
/** `block`: the attempt is dropped · `redact`: it goes out with `[email]` and the like in its place · `allow`: unchecked. */
export type PersonalDataPolicy = 'block' | 'redact' | 'allow'

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
  readonly issues?: readonly Issue[] | undefined
  /** Facts that the component reported and the event leaves out, because the plan declares no `properties` for it. */
  readonly leftOut?: readonly string[] | undefined
  /** Redacted in `properties`, `page` and `scope`. */
  readonly personalData?: readonly Finding[] | undefined
  readonly frequency: readonly RuleState[]
  /** For `shadowed`: what it would have been. */
  readonly would?: { readonly outcome: Outcome; readonly reason: Reason } | undefined
  readonly consent: ConsentSnapshot
  readonly sampleRate: number
  /** By destination. */
  readonly deliveries: Readonly<Record<string, Delivery>>
  /**
   * Final wherever it is there. `track` returns it for a given or random id, and for an id derived from the user or the
   * session (once-events) when storage has answered; else it is in the record after `flush()`.
   */
  readonly eventId?: string | undefined
  /** It left with its page before this browser could say who is here: other tabs may know the user, or the session, by another id. */
  readonly unsettled?: boolean | undefined
  /** Of a derived event. */
  readonly causes?: readonly Cause[] | undefined
  /** Epoch ms at which a derived event was due, where it was found later. */
  readonly dueAt?: number | undefined
  /** What is wrong with its place in the journey. */
  readonly anomalies?: readonly Anomaly[] | undefined
  /** What `track` returned, if it was amended since: the end of a hold, or `superseded`. */
  readonly first?: { readonly outcome: Outcome; readonly reason: Reason } | undefined
}

export type DeliveryCounts = Readonly<Partial<Record<DeliveryState, number>>>

/** A form was submitted, and neither success nor failure is counted: nothing says what became of it. */
export interface UnknownOutcome {
  /** The form's name. */
  readonly form: string
  /** The event that its success would have been; undefined: none. */
  readonly event: string | undefined
  /** That of the form's other events. */
  readonly attemptId: string
  readonly why: UnknownReason
}

export interface RecordState {
  /** Oldest first. */
  readonly decisions: readonly Decision[]
  /** The last 100, oldest first; absent if there is none. */
  readonly unknownOutcomes?: readonly UnknownOutcome[] | undefined
  /** Decisions that the bound pushed out. */
  readonly forgotten: number
  /** Never forgotten: outcomes by event name; beyond 1,000 names they are counted together, as `(other)`. */
  readonly counts: Readonly<Record<string, Readonly<Record<Outcome, number>>>>
  /** Never forgotten: how deliveries ended, by destination; also those that an earlier page has left. */
  readonly delivered: Readonly<Record<string, DeliveryCounts>>
  /** Never forgotten: pieces of personal data found, by kind. */
  readonly personalData: Readonly<Partial<Record<PersonalDataKind, number>>>
  /** Never forgotten: what was wrong with the order of events. */
  readonly anomalies: Readonly<Partial<Record<AnomalyKind, number>>>
  /**
   * Never forgotten: components and hooks that could not observe, or not wholly, and why: `{ 'Impression hero':
   * 'IntersectionObserver is not defined' }`. The first 100; undefined while there is none.
   */
  readonly unobserved?: Readonly<Record<string, string>> | undefined
  readonly consent: ConsentSnapshot
  readonly storage: StorageKind
}

/** The bounded log of decisions: 10,000 while watched, 1,000 in development, else 100 without property values. */
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

export interface ConsentUpdate {
  readonly [category: string]: ConsentState
}

export interface ConsentControl {
  readonly get: () => ConsentSnapshot
  /**
   * Takes the answers that changed; repeats are harmless. `navigator.globalPrivacyControl` keeps `marketing` denied,
   * unless `overrideGpc` says that the visitor chose otherwise on this site. A withdrawal counts in all tabs.
   */
  readonly update: (change: ConsentUpdate | ConsentState, options?: SignalOverride) => void
  /** Called after each change, before anything is sent under it. Returns a stop. */
  readonly subscribe: (listener: (snapshot: ConsentSnapshot) => void) => () => void
}

/** The visitor chose otherwise on this site, in the knowledge of the signal. */
export interface SignalOverride {
  readonly overrideGpc?: boolean | undefined
  readonly overrideDnt?: boolean | undefined
}

/** The parameters of a route, as React Router's and Next's `useParams` return them. */
export interface RouteParams {
  readonly [name: string]: string | readonly string[] | undefined
}

export interface PageNaming {
  /** The route, such as `/blog/:slug`: reported as `page.path` in place of the pathname. */
  readonly template?: string | undefined
  /** The route's parameters. Without a `template`, `page.path` is made of them and the pathname. */
  readonly params?: RouteParams | null | undefined
  /** Names of query parameters that make another page: `['id']`. Their values are compared, and not sent. Default none. */
  readonly search?: readonly string[] | undefined
  /** Makes another page where neither pathname nor `search` differs. */
  readonly key?: string | undefined
  /** Default: the document's title, read at each event. */
  readonly title?: string | undefined
  /** Kind of page, such as `article`: `page.type`, and `page_type` of `page_view`. */
  readonly type?: string | undefined
}

export interface PageInput extends PageNaming {
  /**
   * The router's pathname. It identifies the page, without query, fragment and trailing slash: the page in view does not
   * begin again. Without `path` and `key`, every call begins a page. Default: the document's.
   */
  readonly path?: string | undefined
}

/** A tracker of any plan: what the Provider takes. */
export interface AnyTracker {
  readonly plan: AnyPlan
  /** Begins a page scope, unless it is the page in view; emits `page_view` if the plan has it. */
  readonly page: (input?: PageInput) => Decision | undefined
  /** Joins this visitor to a user; another user than before implies `reset` first. */
  readonly identify: (userId: string, options?: IdentifyOptions) => void
  /** Forgets visitor, session and their counts: log-out, another person at the same browser. */
  readonly reset: () => void
  readonly consent: ConsentControl
  /** Calls before a page scope ends by `page()`: what belongs to it is reported now. Returns a stop. */
  readonly onPageEnd: (listener: () => void) => () => void
  /**
   * Calls when storage has said which visit this is, at once if it has, and at each visit that begins later. Never
   * where nothing may be stored. Returns a stop.
   */
  readonly onVisit: (listener: (visitor: VisitorContext) => void) => () => void
  /** Calls after `reset`, also after the one that another user's `identify` implies. Returns a stop. */
  readonly onReset: (listener: () => void) => () => void
  /** Resolves when what was queued has been tried once. */
  readonly flush: () => Promise<void>
  readonly record: RecordView
  /** Undefined without the tracker's `journey`. */
  readonly journey: JourneyView | undefined
  readonly dispose: () => void
}

export interface IdentifyOptions {
  /** `sha-256`: the id is hashed before it is stored or sent; events of the same task still go without it. Default none. */
  readonly hash?: 'sha-256' | undefined
  /** What is known of the user; only those named in the tracker's `traits` travel, in `context.traits`. Never stored. */
  readonly traits?: Properties | undefined
}

export interface TrackOptions {
  /**
   * The event's id, for a server that reports the same event: an order number, a booking. 1-100 characters, without
   * control characters; another one is ignored with an issue in the record, and one is generated. Takes precedence
   * over the event's `id` in the plan. Default: a random UUID, for once-events one derived from the user or session.
   */
  readonly id?: string | undefined
}

export interface Track<E> {
  /**
   * Reports an event. Never throws; returns what is known now. Properties are validated and copied before it returns: what
   * the caller changes later changes no event.
   *
   * @example
   * track('purchase', { transaction_id: order.number, value: 90, currency: 'EUR', items }, { id: order.number })
   */
  <N extends keyof E & string>(
    event: N,
    ...given: PropertiesArgument<E, N, [options?: TrackOptions]>
  ): Decision
}

export interface Tracker<P extends AnyPlan = RegisteredPlan> extends AnyTracker {
  readonly track: Track<EventsOf<P>>
}
