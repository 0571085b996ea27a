'use client'

import { forwardRef, type ReactElement } from 'react'
import type { AnyPlan } from '../../plan/define-plan.ts'
import type { EventsOf, PropertiesField, RegisteredPlan } from '../../plan/register.ts'
import { type ClickableProps, useClickable } from '../wiring/clickable.ts'
import type { AnyEventProps } from '../wiring/fact-events.ts'
import type { LinkOwnProps } from './tracked-link.tsx'

/** Type of `PricingLink` for the events `E` of a plan. */
export interface PricingLinkComponent<E = EventsOf<RegisteredPlan>> {
  <N extends keyof E & string>(props: LinkOwnProps & { event: N } & PropertiesField<E, N>): ReactElement
}

/** Props of `PricingLink`, for a component that wraps it. */
export type PricingLinkProps<P extends AnyPlan = RegisteredPlan> = LinkOwnProps & AnyEventProps<EventsOf<P>>

const kind = { component: 'PricingLink', tag: 'a' } as const

/**
 * Renders an `<a>` that reports each use once: by pointer, by key, with the middle button or with a modifier key. A
 * click still counts when a router prevents its default. The link never delays or prevents navigation.
 *
 * @example
 * <PricingLink event="pricing_clicked" properties={{ plan: 'team' }} href="/pricing">
 *   See pricing
 * </PricingLink>
 */
export const PricingLink = forwardRef<HTMLAnchorElement, ClickableProps>(function PricingLink(props, ref) {
  return useClickable(kind, props, ref)
}) as unknown as PricingLinkComponent
