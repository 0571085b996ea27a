'use client'

import { type ComponentPropsWithRef, forwardRef, type ReactElement } from 'react'
import type { AnyPlan } from '../../plan/define-plan.ts'
import type { LinkFacts } from '../../plan/facts.ts'
import type { EventsOf, PropertyValue, RegisteredPlan } from '../../plan/register.ts'
import { type LinkOptions, readLink } from '../../triggers/links.ts'
import { standardLinkEvents } from '../hooks/use-tracked-link.ts'
import { type ClickableProps, useClickable } from '../wiring/clickable.ts'
import type { NamedEvents } from '../wiring/fact-events.ts'
import type { AnyLinkEvents, LinkEvents } from '../wiring/link-events.ts'
import type { Render } from '../wiring/render-element.ts'

/** Props of a tracked link, without its events. */
export type LinkOwnProps = Omit<ComponentPropsWithRef<'a'>, 'property'> & {
  /**
   * Element to render instead of `<a>`, such as `render={<RouterLink to="/pricing" />}`, or a function of the props.
   */
  readonly render?: Render<ComponentPropsWithRef<'a'>> | undefined
}

/** Type of `TrackedLink` for the events `E` of a plan. */
export interface TrackedLinkComponent<E = EventsOf<RegisteredPlan>> {
  <
    N extends keyof E & string,
    const Given extends { [name: string]: PropertyValue } = {},
    const Events extends NamedEvents<LinkFacts> = {},
  >(
    props: LinkOwnProps & LinkOptions & LinkEvents<E, N, Given, Events>,
  ): ReactElement
}

/** Props of `TrackedLink`, for a component that wraps it. */
export type TrackedLinkProps<P extends AnyPlan = RegisteredPlan> = LinkOwnProps &
  LinkOptions &
  AnyLinkEvents<EventsOf<P>>

const kind = { component: 'TrackedLink', tag: 'a', standard: standardLinkEvents, read: readLink } as const

/**
 * Renders an `<a>` that reports each use once: by pointer, by key, with the middle button or with a modifier key. A
 * click still counts when a router prevents its default. It distinguishes internal, outbound, download, telephone and
 * mail links, and never delays navigation.
 *
 * @example
 * <TrackedLink href="https://github.com/acme">GitHub</TrackedLink>
 * <TrackedLink event="changelog_clicked" href="/changelog">What is new</TrackedLink>
 */
export const TrackedLink = forwardRef<HTMLAnchorElement, ClickableProps>(function TrackedLink(props, ref) {
  return useClickable(kind, props, ref)
}) as unknown as TrackedLinkComponent
