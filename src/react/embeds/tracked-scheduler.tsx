'use client'

import { type ComponentPropsWithRef, forwardRef, type ReactElement, useMemo } from 'react'
import type { AnyPlan } from '../../plan/define-plan.ts'
import type { SchedulerFacts } from '../../plan/facts.ts'
import type { EventsOf, PropertyValue, RegisteredPlan } from '../../plan/register.ts'
import type { AnyFactEvents, FactEvents, NamedEvents } from '../wiring/fact-events.ts'
import { mergeRefs, type Render, renderElement } from '../wiring/render-element.ts'
import { type ErasedSchedulerOptions, type SchedulerOptions, useSchedulerHandle } from './use-scheduler.ts'

type SchedulerOwnProps = Omit<ComponentPropsWithRef<'div'>, 'property' | 'name'> &
  SchedulerOptions & {
    /** Element to render instead of `<div>`, or a function of the props. */
    readonly render?: Render<ComponentPropsWithRef<'div'>> | undefined
  }

/** Type of `TrackedScheduler` for the events `E` of a plan. */
export interface TrackedSchedulerComponent<E = EventsOf<RegisteredPlan>> {
  <
    const Given extends { [name: string]: PropertyValue } = {},
    const Events extends NamedEvents<SchedulerFacts> = {},
  >(
    props: SchedulerOwnProps & FactEvents<E, SchedulerFacts, Given, Events>,
  ): ReactElement
}

/** Props of `TrackedScheduler`, for a component that wraps it. */
export type TrackedSchedulerProps<P extends AnyPlan = RegisteredPlan> = SchedulerOwnProps &
  AnyFactEvents<EventsOf<P>, SchedulerFacts>

/**
 * Renders a `<div>` around an embedded scheduler, and reports what the user does in it. The embed is its child.
 *
 * @example
 * <TrackedScheduler name="demo" provider={calCom()} events={{ booked: 'demo_booked' }}>
 *   <Cal calLink="acme/demo" />
 * </TrackedScheduler>
 */
export const TrackedScheduler = forwardRef<
  HTMLDivElement,
  Omit<SchedulerOwnProps, 'ref'> & ErasedSchedulerOptions
>(function TrackedScheduler({ name, provider, form, events, properties, render, ...rest }, forwarded) {
  const handle = useSchedulerHandle({ name, provider, form, events, properties })
  const ref = useMemo(() => mergeRefs<HTMLDivElement>(handle.ref, forwarded), [handle, forwarded])
  return renderElement('div', render, { ...rest, ref })
}) as unknown as TrackedSchedulerComponent
