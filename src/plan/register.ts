import type { AnyPlan, Plan } from './define-plan.ts'
import type { Transformed } from './event.ts'

/**
 * Tells hooks and components about the application's plan:
 * `declare module 'react-microconversions' { interface Register { plan: typeof plan } }`
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by the application
export interface Register {}

export type RegisteredPlan = Register extends { plan: infer P extends AnyPlan } ? P : AnyPlan

export type PropertyValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | PropertyValue[]
  | { [key: string]: PropertyValue }

/** Without a registered plan any name goes, with any properties. */
export interface AnyEvents {
  [name: string]: { [property: string]: PropertyValue }
}

export type EventsOf<P extends AnyPlan> =
  P extends Plan<infer E> ? (object extends E ? AnyEvents : E) : AnyEvents

/** The names of the registered plan. `'x' satisfies EventName` in a test proves that it is registered. */
export type EventName = keyof EventsOf<RegisteredPlan> & string

/** What callers give. */
export type InputOf<Properties> = Properties extends Transformed<infer In, unknown> ? In : Properties
/** What destinations, keys and criteria get. */
export type OutputOf<Properties> = Properties extends Transformed<unknown, infer Out> ? Out : Properties

type None = { properties?: undefined }
type FieldOf<In> = In extends unknown
  ? keyof In extends never
    ? None
    : {} extends In
      ? { properties?: In | undefined }
      : { properties: In }
  : never

/** The `properties` prop of a component: required, optional or forbidden, as the event says. */
export type PropertiesField<Properties> = FieldOf<InputOf<Properties>>

type ArgumentOf<In> = In extends unknown
  ? keyof In extends never
    ? []
    : {} extends In
      ? [properties?: In]
      : [properties: In]
  : never

/** The second argument of `track`. A wrong name makes N the whole union: then arity must not complain first. */
export type PropertiesArgument<E, N extends keyof E & string> =
  Several<keyof E & string, N> extends true ? [properties?: InputOf<E[N]>] : ArgumentOf<InputOf<E[N]>>
type Several<All, N, One = All> = [All] extends [N]
  ? One extends unknown
    ? [All] extends [One]
      ? false
      : true
    : never
  : false

export type OccurrenceIn<E> = {
  [N in keyof E & string]: { event: N } & PropertiesField<E[N]>
}[keyof E & string]

type Unmet<In, Given> = {
  [K in keyof In]-?: {} extends Pick<In, K> ? never : Given extends Record<K, In[K]> ? never : K
}[keyof In]

/** What may stand for a fact: the name of an event that the fact satisfies, or the event with what the fact lacks. */
export type FactEvent<E, Given, Value> = Value extends keyof E & string
  ? Given extends InputOf<E[Value]>
    ? Value
    : { event: Value; properties: { [K in Unmet<InputOf<E[Value]>, Given>]: InputOf<E[Value]>[K] } }
  : (keyof E & string) | OccurrenceIn<E> | undefined
