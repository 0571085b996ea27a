import type { AnyPlan, Plan } from './define-plan.ts'
import type { Transformed } from './event.ts'

/**
 * Registers the application's plan for hooks and components:
 * `declare module 'react-microconversions' { interface Register { plan: typeof plan } }`
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by the application
export interface Register {}

/** The registered plan; any plan if none is registered. */
export type RegisteredPlan = Register extends { plan: infer P extends AnyPlan } ? P : AnyPlan

/** A value that a property may have. */
export type PropertyValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | PropertyValue[]
  | { [key: string]: PropertyValue }

/** Events if no plan is registered: any name, with any properties. */
export interface AnyEvents {
  [name: string]: { [property: string]: PropertyValue }
}

/** Events of a plan, by name, with their properties. */
export type EventsOf<P extends AnyPlan> =
  P extends Plan<infer E> ? (object extends E ? AnyEvents : E) : AnyEvents

/** Names of a plan's funnels; any name without a plan. */
export type FunnelsOf<P extends AnyPlan> = P extends Plan<object, infer F> ? F : string

/** Names of the registered plan's events. In a test, `'x' satisfies EventName` proves that the plan is registered. */
export type EventName = keyof EventsOf<RegisteredPlan> & string

/** Properties as callers pass them. */
export type InputOf<Properties> = Properties extends Transformed<infer In, unknown> ? In : Properties
/** Properties as destinations, keys and criteria receive them. */
export type OutputOf<Properties> = Properties extends Transformed<unknown, infer Out> ? Out : Properties

/** Properties that suit every event in a union of names. */
type Wanted<E, N extends keyof E & string> = (
  N extends unknown
    ? (given: WantedOf<InputOf<E[N]>>) => void
    : never
) extends (given: infer Given) => void
  ? Given
  : never
type WantedOf<In> = [KeysOf<In>] extends [never] ? undefined : {} extends In ? In | undefined : In
type KeysOf<In> = In extends unknown ? keyof In : never

/**
 * True if N is all of several names: the compiler infers that for a wrong name. Then the types must accept any
 * properties, or the error would be about them instead of the name.
 */
type AllOfSeveral<All, N, One = All> = [All] extends [N]
  ? One extends unknown
    ? [All] extends [One]
      ? false
      : true
    : never
  : false

/** The `properties` prop of a component: required, optional or forbidden, depending on the event. */
export type PropertiesField<E, N extends keyof E & string> =
  AllOfSeveral<keyof E & string, N> extends true
    ? {
        /** Properties of the event. */
        properties?: InputOf<E[N]> | undefined
      }
    : undefined extends Wanted<E, N>
      ? {
          /** Properties of the event. */
          properties?: Wanted<E, N>
        }
      : {
          /** Properties of the event. */
          properties: Wanted<E, N>
        }

/** The second argument of `track`, followed by `More`. */
export type PropertiesArgument<E, N extends keyof E & string, More extends unknown[] = []> =
  AllOfSeveral<keyof E & string, N> extends true
    ? [properties?: InputOf<E[N]>, ...More]
    : undefined extends Wanted<E, N>
      ? Wanted<E, N> extends undefined
        ? [] extends Required<More>
          ? []
          : [properties?: undefined, ...More]
        : [properties?: Wanted<E, N>, ...More]
      : [properties: Wanted<E, N>, ...More]

/** Names of properties that an event requires, and that a fact lacks or contradicts. */
type Unmet<In, Given> = {
  [K in keyof In]-?: K extends keyof Given
    ? Given[K] extends In[K]
      ? never
      : K
    : {} extends Pick<In, K>
      ? never
      : K
}[keyof In]

/**
 * The name; if the fact does not satisfy the event, the event with the properties that the fact lacks, which the
 * compiler's error prints.
 */
type NamedOrFixed<N, In, Given> = In extends unknown
  ? [Unmet<In, Given>] extends [never]
    ? N
    : { event: N; properties: { [K in Unmet<In, Given>]: In[K] } }
  : never

/** The event with properties. Those that the fact lacks are required; those that it has may be replaced. */
type Supplemented<N, In, Given> = In extends unknown
  ? keyof In extends never
    ? { event: N; properties?: undefined }
    : [Unmet<In, Given>] extends [never]
      ? { event: N; properties?: { [K in keyof In]?: In[K] } | undefined }
      : Pick<In, Unmet<In, Given>> & Partial<In> extends infer Properties
        ? { event: N; properties: { [K in keyof Properties]: Properties[K] } }
        : never
  : never

// `properties?: unknown` is there because in TypeScript 5.4 an object literal is no subtype of one with fewer
// properties.
/**
 * The event that reports a fact: the name of an event that the fact satisfies, or an event with the properties that the
 * fact lacks.
 */
export type FactEvent<E, Given, Value> = Value extends keyof E & string
  ? Given extends InputOf<E[Value]>
    ? Value
    : NamedOrFixed<NoInfer<Value>, InputOf<E[Value]>, Given>
  : Value extends { event: infer N extends keyof E & string; properties?: unknown }
    ? Supplemented<N, InputOf<E[N]>, Given>
    : Value extends string
      ? keyof E & string
      : (keyof E & string) | { event: keyof E & string; properties?: object | undefined } | undefined
