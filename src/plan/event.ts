import type { After } from './after.ts'
import type { EventDestinations } from './event-destinations.ts'
import type { Frequency } from './frequency.ts'
import type { StandardSchema } from './standard-schema.ts'

/** Stage of a user on the way to a conversion. */
export type Stage = 'awareness' | 'consideration' | 'intent' | 'purchase' | (string & {})
/** Strength of the user's intent to convert. */
export type Intent = 'low' | 'medium' | 'high'
/** Kind of an event, for grouping. */
export type EventKind = 'milestone' | 'engagement' | 'lead' | 'onboarding' | 'navigation' | (string & {})

/**
 * Status of an event:
 *
 * - `draft`: declared, but dropped until it is implemented
 * - `shadow`: evaluated and recorded, and sent only to destinations with `shadow: true`
 * - `live`: sent
 * - `deprecated`: sent, with a warning in development
 * - `retired`: dropped
 */
export type EventStatus = 'draft' | 'shadow' | 'live' | 'deprecated' | 'retired'

/** Importance of an event to the business. Tools show it; it does not affect delivery. */
export type Priority = 'high' | 'medium' | 'low'

/**
 * Priority in a queue: `critical` events are sent at once; `low` events are the first to be dropped when the queue is
 * full.
 */
export type Urgency = 'critical' | 'normal' | 'low'

/** An amount in a currency. */
export interface Money {
  readonly value: number
  /** ISO 4217 code: three capital letters. */
  readonly currency: string
}

/** Options of `event`. */
export interface EventOptions<In extends object, Out extends object, Names extends string> {
  /** Name that destinations receive. Default: the event's key in the plan. */
  readonly wireName?: string | undefined
  /** Describes when the event happens, for people who read the plan. */
  readonly description?: string | undefined
  /** Stage on the way to a conversion. Sent with the event. */
  readonly stage?: Stage | undefined
  /** Strength of the user's intent to convert. Sent with the event. */
  readonly intent?: Intent | undefined
  /** Kind of event, for grouping. */
  readonly kind?: EventKind | undefined
  /** Name of the macro conversion that this event leads to. */
  readonly goal?: Names | undefined
  /**
   * Derives the event from other events, without a call of `track`: `{ event: 'article_viewed', times: 2 }` in a
   * session, `{ event: 'pricing_viewed', without: 'trial_started', within: '3d' }`. Requires the tracker's plugin
   * `journey()`.
   */
  readonly after?: After<NoInfer<In>, Names> | undefined
  /** True if this event is a macro conversion itself. Default false. */
  readonly macro?: boolean | undefined
  /** Team or person responsible for the event. Default: the plan's `owner`. */
  readonly owner?: string | undefined
  /** Version of the event's definition. Default: the plan's version. */
  readonly version?: string | undefined
  /** Status of the event. Default `'live'`. */
  readonly status?: EventStatus | undefined
  /** Share of users for whom the event exists, 0-1. Default 1. */
  readonly rollout?: number | undefined
  /** Share of users whose events are kept, 0-1. Sent with the event. `sampleBy` changes the unit. Default 1. */
  readonly sampleRate?: number | undefined
  /** Limits how often the event counts. Default `'always'`. */
  readonly frequency?: Frequency<Out> | undefined
  /** Schema of the properties: any synchronous Standard Schema. An event without one accepts no properties. */
  readonly properties?: StandardSchema<In, Out> | undefined
  /**
   * True if the schema may refuse its own output, as after `z.string().transform(Number)`. A collector then accepts
   * properties that the schema refuses without a check. Not needed for schemas that describe themselves as JSON Schema.
   * Default false.
   */
  readonly transforms?: boolean | undefined
  /** Success criterion. If it returns false, the attempt is dropped as `not-counted`. Default: every attempt counts. */
  readonly counts?: ((properties: Out) => boolean) | undefined
  /** Value of the event, or a function that returns it. Default: none. */
  readonly value?: Money | ((properties: Out) => Money) | undefined
  /**
   * Returns the id of an occurrence from its validated properties, so that a server that reports the same event uses
   * the same id: `({ transaction_id }) => transaction_id`. 1-100 characters, no control characters; another id is
   * ignored with an issue. By default, and if it returns undefined, the tracker generates an id.
   */
  readonly id?: ((properties: Out) => string | undefined) | undefined
  /**
   * Settings by destination name: `false` keeps the event from the destination, an object changes what the destination
   * receives.
   */
  readonly destinations?: EventDestinations<Out> | undefined
  /** Importance to the business. Does not affect delivery; `urgency` does. */
  readonly priority?: Priority | undefined
  /**
   * Order in a full queue: `low` is dropped first, `critical` last. In the outbox of `http()`, `critical` is also sent at
   * once, without waiting for a batch. Default `'normal'`.
   */
  readonly urgency?: Urgency | undefined
  /** Unit of the sampling draw. Default `'user'`, so that both ends of a funnel are kept or dropped together. */
  readonly sampleBy?: 'user' | 'session' | 'event' | undefined
  /**
   * Names of properties, at any depth, that may contain personal data. The guard does not check them (RMC111). Default:
   * none.
   */
  readonly pii?: readonly string[] | undefined
}

/** Type of an event's properties if destinations receive another type than callers pass. */
export interface Transformed<In, Out> {
  readonly input: In
  readonly output: Out
}
/** Properties of an event, as one type if input and output are the same. */
export type Carried<In, Out> = [In, Out] extends [Out, In] ? In : Transformed<In, Out>

declare const types: unique symbol

/**
 * Options that a copy of a definition may change:
 * `{ ...standardEvents.form.form_start, frequency: 'once-per-session' }`.
 */
export type ChangeableOptions = Pick<
  EventSettings,
  | 'description'
  | 'destinations'
  | 'frequency'
  | 'intent'
  | 'kind'
  | 'macro'
  | 'owner'
  | 'pii'
  | 'priority'
  | 'rollout'
  | 'sampleRate'
  | 'stage'
  | 'status'
>

/**
 * Definition of an event, made by `event`. `Names` are the events of the plan that it refers to, as its goal or its
 * causes.
 */
export interface EventDefinition<Properties, Names extends string = never> extends ChangeableOptions {
  /** Name of the macro conversion that a copy of the event leads to: `{ ...standardEvents.form.form_start, goal: 'demo_booked' }`. */
  readonly goal?: Names | undefined
  readonly [types]: { readonly properties: Properties; readonly names: Names }
}

/** An event as the engine reads it: the options, without their types. */
export type EventSettings = EventOptions<object, object, string>

// `string extends Names` is true without names, and if a type argument leaves them unknown. NoInfer keeps an event
// without names from inferring the names of its plan.
/**
 * Declares one event. Its properties come from a Standard Schema (`properties: z.object(…)`), from a type
 * (`properties: typed<{ tier: string }>()`), or from a type argument. With a type argument, the compiler does not check
 * `goal` and `after`.
 */
export function event<In extends object = {}, Out extends object = In, const Names extends string = string>(
  options: EventOptions<In, Out, Names> = {},
): EventDefinition<Carried<In, Out>, string extends Names ? never : NoInfer<Names>> {
  return options as unknown as EventDefinition<
    Carried<In, Out>,
    string extends Names ? never : NoInfer<Names>
  >
}
