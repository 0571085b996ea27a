import type { FactEvent, PropertyValue } from '../plan/register.ts'

/** What may be said of the facts of a trigger before it is checked against the plan. */
export type NamedEvents<Facts> = { [F in keyof Facts]?: string | { event: string; properties?: object } }

/** `properties` and `events` of a hook or a component, checked against the events E of the plan. */
export interface FactEvents<
  E,
  Facts,
  Given extends { [name: string]: PropertyValue },
  Events extends NamedEvents<Facts>,
> {
  /** Joined to every fact. */
  properties?: Given | undefined
  /** From facts to events. Default: the standard names that the plan has. */
  events?:
    | ({
        [F in keyof Events]: F extends keyof Facts ? FactEvent<E, Facts[F] & Given, Events[F]> : never
      } & { [F in keyof Facts]?: unknown })
    | undefined
}
