import type { LinkFacts } from '../../plan/facts.ts'
import type { PropertiesField, PropertyValue } from '../../plan/register.ts'
import type { AnyEventProps, AnyFactEvents, FactEvents, NamedEvents } from './fact-events.ts'

interface EventProps<N> {
  /** Event to report for every use, whatever the kind of link. */
  readonly event: N
  readonly events?: undefined
}

/** Props of a link without `event`: `events` maps the kind of link to an event. */
interface NoEventProps {
  readonly event?: undefined
}

/** Either one event for every use of a link, or one event per kind of link. */
export type LinkEvents<
  E,
  N extends keyof E & string,
  Given extends { [name: string]: PropertyValue },
  Events extends NamedEvents<LinkFacts>,
> = (EventProps<N> & PropertiesField<E, N>) | (NoEventProps & FactEvents<E, LinkFacts, Given, Events>)

export type AnyLinkEvents<E> =
  | (AnyEventProps<E> & { readonly events?: undefined })
  | (NoEventProps & AnyFactEvents<E, LinkFacts>)
