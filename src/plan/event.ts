import type { After } from './after.ts'
import type { EventDestinations } from './event-destinations.ts'
import type { Frequency } from './frequency.ts'
import type { StandardSchema } from './standard-schema.ts'

export type Stage = 'awareness' | 'consideration' | 'intent' | 'purchase' | (string & {})
export type Intent = 'low' | 'medium' | 'high'
export type EventKind = 'milestone' | 'engagement' | 'lead' | 'onboarding' | 'navigation' | (string & {})

/**
 * `draft`: declared, not yet emitted · `shadow`: evaluated and recorded, never sent · `live` ·
 * `deprecated`: live, with a warning in development · `retired`: dropped.
 */
export type EventStatus = 'draft' | 'shadow' | 'live' | 'deprecated' | 'retired'

export type Priority = 'critical' | 'normal' | 'low'

export interface Money {
  readonly value: number
  /** ISO 4217. */
  readonly currency: string
}

export interface EventOptions<In extends object, Out extends object, Names extends string> {
  /** The name that destinations receive. Default: the key in the plan. */
  readonly wireName?: string | undefined
  readonly description?: string | undefined
  readonly stage?: Stage | undefined
  readonly intent?: Intent | undefined
  readonly kind?: EventKind | undefined
  /** The macro conversion that this step leads to. */
  readonly goal?: Names | undefined
  /**
   * Derived: it follows from other events, and nobody reports it. `{ event: 'article_viewed', times: 2 }` in a session,
   * `{ event: 'pricing_viewed', without: 'trial_started', within: '3d' }`. Needs the tracker's `journey`.
   */
  readonly after?: After<NoInfer<In>, Names> | undefined
  /** This event is a macro conversion itself. Default false. */
  readonly macro?: boolean | undefined
  readonly owner?: string | undefined
  readonly version?: string | undefined
  /** Default `'live'`. */
  readonly status?: EventStatus | undefined
  /** Share of visitors for whom the event exists, 0-1. Default 1. */
  readonly rollout?: number | undefined
  /** Share of visitors whose events are kept, 0-1; travels with the event. Default 1. */
  readonly sampleRate?: number | undefined
  /** Default `'always'`. */
  readonly frequency?: Frequency<Out> | undefined
  /** Any synchronous Standard Schema. An event without one accepts no properties. */
  readonly properties?: StandardSchema<In, Out> | undefined
  /** Success criterion: false drops the attempt as `not-counted`. */
  readonly counts?: ((properties: Out) => boolean) | undefined
  readonly value?: Money | ((properties: Out) => Money) | undefined
  /**
   * The id of each occurrence, made of its validated properties, so that a server that reports the same event agrees on it:
   * `({ transaction_id }) => transaction_id`. 1-100 characters, without control characters; another one is an issue.
   * Undefined, and by default: an id of the tracker.
   */
  readonly id?: ((properties: Out) => string | undefined) | undefined
  /** By destination name: `false` keeps the event from it, an object says how it goes there. */
  readonly destinations?: EventDestinations<Out> | undefined
  /** `critical` is sent at once; `low` goes first when a queue is full. Default `'normal'`. */
  readonly priority?: Priority | undefined
  /** What a draw decides on. Default `'visitor'`, so that both ends of a funnel stay together. */
  readonly sampleBy?: 'visitor' | 'session' | 'event' | undefined
  /** Names of properties, at any depth, that may carry personal data: the guard leaves them alone (RMC111). */
  readonly pii?: readonly string[] | undefined
}

/** What the plan keeps of an event's type: its properties, as callers give them and as destinations get them. */
export interface Transformed<In, Out> {
  readonly input: In
  readonly output: Out
}
export type Carried<In, Out> = [In, Out] extends [Out, In] ? In : Transformed<In, Out>

declare const types: unique symbol

/** `Names`: the events of the plan that this one names, as its goal or its causes. */
export interface EventDefinition<Properties, Names extends string = never> {
  readonly [types]: { readonly properties: Properties; readonly names: Names }
}

/** An event as the engine reads it: the options, without their types. */
export type EventSettings = EventOptions<object, object, string>

// `string extends Names`: no names, or a type argument that leaves them unknown. NoInfer: else an event without names
// would take the names of its plan for its own.
/**
 * Declares one event. Properties come from a Standard Schema (`properties: z.object(…)`), from a type
 * (`properties: typed<{ tier: string }>()`), or as a type argument; the last leaves `goal` and `after` unchecked by the
 * compiler.
 */
export function event<In extends object = {}, Out extends object = In, const Names extends string = string>(
  options: EventOptions<In, Out, Names> = {},
): EventDefinition<Carried<In, Out>, string extends Names ? never : NoInfer<Names>> {
  return options as unknown as EventDefinition<
    Carried<In, Out>,
    string extends Names ? never : NoInfer<Names>
  >
}
