'use client'

import { type ComponentPropsWithRef, forwardRef, type ReactElement } from 'react'
import type { LinkFacts } from '../plan/facts.ts'
import type { EventsOf, PropertiesField, PropertyValue, RegisteredPlan } from '../plan/register.ts'
import { type LinkOptions, readLink } from '../triggers/links.ts'
import type { FactEvents, NamedEvents } from './fact-events.ts'
import { type Render, renderElement } from './render-element.ts'
import type { FactOptions } from './use-facts.ts'
import { useInstrumentedRef } from './use-instrumented-ref.ts'
import { useReportedLink } from './use-tracked-link.ts'

export type LinkOwnProps = Omit<ComponentPropsWithRef<'a'>, 'property'> & {
  /** Another element: `render={<RouterLink to="/pricing" />}`, or a function of the props. */
  readonly render?: Render<ComponentPropsWithRef<'a'>> | undefined
}

interface EventProps<N> {
  /** Reported at every use, wherever the link leads. */
  readonly event: N
  readonly events?: undefined
}

/** What the link is decides. */
interface NoEventProps {
  readonly event?: undefined
}

export interface TrackedLinkComponent<E = EventsOf<RegisteredPlan>> {
  <
    N extends keyof E & string,
    const Given extends { [name: string]: PropertyValue } = {},
    const Events extends NamedEvents<LinkFacts> = {},
  >(
    props: LinkOwnProps &
      LinkOptions &
      ((EventProps<N> & PropertiesField<E, N>) | (NoEventProps & FactEvents<E, LinkFacts, Given, Events>)),
  ): ReactElement
}

interface ErasedProps extends LinkOwnProps, LinkOptions, Pick<FactOptions, 'events' | 'properties'> {
  readonly event?: string | undefined
}

/**
 * An `<a>` that reports its use, once each: by pointer, key, middle button or with a modifier, also when a router prevents
 * the default. It tells internal, outbound, download, telephone and mail links apart, and never delays navigation.
 */
export const TrackedLink = forwardRef<HTMLAnchorElement, ErasedProps>(function TrackedLink(
  { event, properties, events, ownDomains, render, ...rest },
  ref,
) {
  const options = { ...rest, component: 'TrackedLink', event, properties, events, ownDomains }
  const { handlers, report } = useReportedLink(options, readLink)
  return renderElement('a', render, { ...rest, ...handlers, ref: useInstrumentedRef(report, ref) })
}) as unknown as TrackedLinkComponent
