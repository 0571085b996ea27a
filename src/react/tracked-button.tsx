'use client'

import { type ComponentPropsWithRef, forwardRef, type ReactElement } from 'react'
import type { Properties } from '../engine/types.ts'
import type { EventsOf, PropertiesField, RegisteredPlan } from '../plan/register.ts'
import { type Render, renderElement } from './render-element.ts'
import { reportClicks } from './report-clicks.ts'
import { useFacts } from './use-facts.ts'
import { useInstrumentedRef } from './use-instrumented-ref.ts'

type ButtonOwnProps = Omit<ComponentPropsWithRef<'button'>, 'property'> & {
  /** Another element: `render={<IconButton />}`, or a function of the props. */
  readonly render?: Render<ComponentPropsWithRef<'button'>> | undefined
}

export interface TrackedButtonComponent<E = EventsOf<RegisteredPlan>> {
  <N extends keyof E & string>(props: ButtonOwnProps & { event: N } & PropertiesField<E, N>): ReactElement
}

interface ErasedProps extends ButtonOwnProps {
  readonly event: string
  readonly properties?: Properties | undefined
}

const noStandard = {}
const used = { fact: 'click', payload: {} }

/** A `<button>` that reports its use, by pointer or key, after your own `onClick`. */
export const TrackedButton = forwardRef<HTMLButtonElement, ErasedProps>(function TrackedButton(
  { event, properties, render, onClick, onClickCapture, ...rest },
  ref,
) {
  const report = useFacts(noStandard, { component: 'TrackedButton', events: { click: event }, properties })
  const click = reportClicks<HTMLButtonElement>(report, () => used, {
    bubble: onClick,
    capture: onClickCapture,
  })
  return renderElement('button', render, {
    ...rest,
    onClick: click.bubble,
    onClickCapture: click.capture,
    ref: useInstrumentedRef(report, ref),
  })
}) as unknown as TrackedButtonComponent
