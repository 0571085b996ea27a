import type { FactEvent, PropertiesField, PropertyValue } from '../../plan/register.ts'

/** Values that `events` accepts before they are checked against the plan. */
export type NamedEvents<Facts> = { [F in keyof Facts]?: string | { event: string; properties?: object } }

/** `properties` and `events` of a hook or component, checked against the events `E` of the plan. */
export interface FactEvents<
  E,
  Facts,
  Given extends { [name: string]: PropertyValue },
  Events extends NamedEvents<Facts>,
> {
  /** Properties added to every reported event. */
  properties?: Given | undefined
  /**
   * Event that reports each fact. Only the facts that it names are reported; to keep a standard event, name it, too
   * (RMC208). Default: the standard events that the plan declares.
   */
  events?:
    | ({
        [F in keyof Events]: F extends keyof Facts ? FactEvent<E, Facts[F] & Given, Events[F]> : never
      } & { [F in keyof Facts]?: unknown })
    | undefined
}

/**
 * Events of a plan that may report a fact: one that the fact satisfies, or one with the properties that the fact lacks.
 */
type TargetOf<E, Fact> = {
  [N in keyof E & string]: FactEvent<E, Fact, N> | FactEvent<E, Fact, { event: N }>
}[keyof E & string]

/** `properties` and `events` before they are written: for the props of a component that wraps a tracking component. */
export interface AnyFactEvents<E, Facts> {
  /** Properties added to every reported event. */
  properties?: { [name: string]: PropertyValue } | undefined
  /**
   * Event that reports each fact. Only the facts that it names are reported; to keep a standard event, name it, too
   * (RMC208). Default: the standard events that the plan declares.
   */
  events?: { [F in keyof Facts]?: TargetOf<E, Facts[F]> } | undefined
}

/** `event` and its `properties`, for any event of a plan. */
export type AnyEventProps<E> = {
  [N in keyof E & string]: {
    /** Name of the event to report. */
    event: N
  } & PropertiesField<E, N>
}[keyof E & string]
