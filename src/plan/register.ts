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

/** The names of a plan's funnels; any, without a plan. */
export type FunnelsOf<P extends AnyPlan> = P extends Plan<object, infer F> ? F : string

/** The names of the registered plan. `'x' satisfies EventName` in a test proves that it is registered. */
export type EventName = keyof EventsOf<RegisteredPlan> & string

/** What callers give. */
export type InputOf<Properties> = Properties extends Transformed<infer In, unknown> ? In : Properties
/** What destinations, keys and criteria get. */
export type OutputOf<Properties> = Properties extends Transformed<unknown, infer Out> ? Out : Properties

/** The names of a union have to agree: what is given must do for all of them. */
type Wanted<E, N extends keyof E & string> = (
  N extends unknown
    ? (given: WantedOf<InputOf<E[N]>>) => void
    : never
) extends (given: infer Given) => void
  ? Given
  : never
type WantedOf<In> = [KeysOf<In>] extends [never] ? undefined : {} extends In ? In | undefined : In
type KeysOf<In> = In extends unknown ? keyof In : never

/** A wrong name makes N all names of the plan: then nothing else must be wrong, or that is what the error speaks of. */
type AllOfSeveral<All, N, One = All> = [All] extends [N]
  ? One extends unknown
    ? [All] extends [One]
      ? false
      : true
    : never
  : false

/** The `properties` prop of a component: required, optional or forbidden, as the event says. */
export type PropertiesField<E, N extends keyof E & string> =
  AllOfSeveral<keyof E & string, N> extends true
    ? { properties?: InputOf<E[N]> | undefined }
    : undefined extends Wanted<E, N>
      ? { properties?: Wanted<E, N> }
      : { properties: Wanted<E, N> }

/** The second argument of `track`, and `More` after it. */
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

/** What an event needs, and a fact lacks or contradicts. */
type Unmet<In, Given> = {
  [K in keyof In]-?: K extends keyof Given
    ? Given[K] extends In[K]
      ? never
      : K
    : {} extends Pick<In, K>
      ? never
      : K
}[keyof In]

/** The name, or what to write instead of it: the event, with what the fact lacks. An error prints that. */
type NamedOrMend<N, In, Given> = In extends unknown
  ? [Unmet<In, Given>] extends [never]
    ? N
    : { event: N; properties: { [K in Unmet<In, Given>]: In[K] } }
  : never

/** What the fact lacks is required, what it carries may be replaced. */
type Supplemented<N, In, Given> = In extends unknown
  ? keyof In extends never
    ? { event: N; properties?: undefined }
    : [Unmet<In, Given>] extends [never]
      ? { event: N; properties?: { [K in keyof In]?: In[K] } | undefined }
      : Pick<In, Unmet<In, Given>> & Partial<In> extends infer Properties
        ? { event: N; properties: { [K in keyof Properties]: Properties[K] } }
        : never
  : never

// `properties?: unknown`: TypeScript 5.4 takes an object literal for no subtype of one with fewer properties.
/**
 * What may stand for a fact: an event that the fact satisfies, by its name, or an event with the properties that the
 * fact does not carry.
 */
export type FactEvent<E, Given, Value> = Value extends keyof E & string
  ? Given extends InputOf<E[Value]>
    ? Value
    : NamedOrMend<NoInfer<Value>, InputOf<E[Value]>, Given>
  : Value extends { event: infer N extends keyof E & string; properties?: unknown }
    ? Supplemented<N, InputOf<E[N]>, Given>
    : Value extends string
      ? keyof E & string
      : (keyof E & string) | { event: keyof E & string; properties?: object | undefined } | undefined
