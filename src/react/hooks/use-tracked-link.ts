'use client'

import type { MouseEventHandler } from 'react'
import type { LinkFacts } from '../../plan/facts.ts'
import type { EventsOf, PropertyValue, RegisteredPlan } from '../../plan/register.ts'
import { type LinkOptions, readLink } from '../../triggers/links.ts'
import { type ClickableProps, useClickHandlers } from '../wiring/clickable.ts'
import type { NamedEvents } from '../wiring/fact-events.ts'
import type { LinkEvents } from '../wiring/link-events.ts'

/** Options of `useTrackedLink`. */
export interface TrackedLinkOptions extends LinkOptions {
  /** Component name in the record. Default `'Link'`. */
  readonly component?: string
  /** Your own handler; it runs before the click is reported. */
  readonly onClick?: MouseEventHandler<HTMLAnchorElement> | undefined
  /** Your own handler for the middle button; it runs before the click is reported. */
  readonly onAuxClick?: MouseEventHandler<HTMLAnchorElement> | undefined
  /** Your own capture handler; it runs after the click is noted. */
  readonly onClickCapture?: MouseEventHandler<HTMLAnchorElement> | undefined
  /** Your own capture handler for the middle button; it runs after the click is noted. */
  readonly onAuxClickCapture?: MouseEventHandler<HTMLAnchorElement> | undefined
}

/** Handlers to spread on a link. The capture handlers also see a click whose propagation a child of the link stops. */
export interface TrackedLinkHandlers {
  readonly onClick: MouseEventHandler<HTMLAnchorElement>
  readonly onAuxClick: MouseEventHandler<HTMLAnchorElement>
  readonly onClickCapture: MouseEventHandler<HTMLAnchorElement>
  readonly onAuxClickCapture: MouseEventHandler<HTMLAnchorElement>
}

/** Type of `useTrackedLink` for the events `E` of a plan. */
export interface UseTrackedLink<E = EventsOf<RegisteredPlan>> {
  <
    N extends keyof E & string,
    const Given extends { [name: string]: PropertyValue } = {},
    const Events extends NamedEvents<LinkFacts> = {},
  >(
    options: TrackedLinkOptions & LinkEvents<E, N, Given, Events>,
  ): TrackedLinkHandlers
}

/** Standard events by kind of link. Internal links have none: an event for every internal click would be noise. */
export const standardLinkEvents: Readonly<Record<Exclude<keyof LinkFacts, 'internal'>, string>> = {
  outbound: 'click',
  download: 'file_download',
  phone: 'phone_clicked',
  mail: 'mail_clicked',
}

function useLinkHandlers(options: ClickableProps & { readonly component?: string }): TrackedLinkHandlers {
  const { component = 'Link', ...props } = options
  const kind = { component, tag: 'a', standard: standardLinkEvents, read: readLink } as const
  return useClickHandlers(kind, props) as TrackedLinkHandlers
}

/**
 * Returns handlers to spread on a link that you render yourself. A click still counts when the link's own handlers
 * prevent its default, as routers do.
 *
 * @example
 * const handlers = useTrackedLink({ event: 'pricing_clicked' })
 * return <a href="/pricing" {...handlers}>Pricing</a>
 */
export const useTrackedLink = useLinkHandlers as unknown as UseTrackedLink
