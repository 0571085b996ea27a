'use client'

import { type ComponentPropsWithRef, forwardRef, type ReactElement } from 'react'
import type { AnyPlan } from '../../plan/define-plan.ts'
import type { EventsOf, PropertiesField, RegisteredPlan } from '../../plan/register.ts'
import { type ClickableProps, useClickable } from '../wiring/clickable.ts'
import type { AnyEventProps } from '../wiring/fact-events.ts'
import type { Render } from '../wiring/render-element.ts'

type ButtonOwnProps = Omit<ComponentPropsWithRef<'button'>, 'property'> & {
  /** Element to render instead of `<button>`, such as `render={<IconButton />}`, or a function of the props. */
  readonly render?: Render<ComponentPropsWithRef<'button'>> | undefined
}

/** Type of `TrackedButton` for the events `E` of a plan. */
export interface TrackedButtonComponent<E = EventsOf<RegisteredPlan>> {
  <N extends keyof E & string>(props: ButtonOwnProps & { event: N } & PropertiesField<E, N>): ReactElement
}

/** Props of `TrackedButton`, for a component that wraps it. */
export type TrackedButtonProps<P extends AnyPlan = RegisteredPlan> = ButtonOwnProps &
  AnyEventProps<EventsOf<P>>

const kind = { component: 'TrackedButton', tag: 'button' } as const

/**
 * Renders a `<button>` that reports each use, by pointer or key, after your own `onClick` has run.
 *
 * @example
 * <TrackedButton event="demo_opened" properties={{ place: 'hero' }} onClick={openDemo}>
 *   Book a demo
 * </TrackedButton>
 */
export const TrackedButton = forwardRef<HTMLButtonElement, ClickableProps>(
  function TrackedButton(props, ref) {
    return useClickable(kind, props, ref)
  },
) as unknown as TrackedButtonComponent
