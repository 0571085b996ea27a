'use client'

import { forwardRef, isValidElement, type ReactElement, type Ref, useMemo } from 'react'
import type { VisibilityFacts } from '../plan/facts.ts'
import type { EventsOf, PropertyValue, RegisteredPlan } from '../plan/register.ts'
import { MicroconversionError } from '../support/errors.ts'
import type { VisibilityOptions } from '../triggers/visibility.ts'
import type { FactEvents, NamedEvents } from './fact-events.ts'
import { mergeRefs, type Render, renderElement } from './render-element.ts'
import { useErasedImpression } from './use-impression.ts'
import type { ErasedVisibilityOptions } from './use-visibility.ts'

interface ImpressionOwnProps extends VisibilityOptions {
  /** One element, which takes a ref, or a function of `{ ref }`. */
  readonly children: Render<{ readonly ref: Ref<Element> }>
  readonly ref?: Ref<Element> | undefined
}

export interface ImpressionComponent<E = EventsOf<RegisteredPlan>> {
  <
    const Given extends { [name: string]: PropertyValue } = {},
    const Events extends NamedEvents<Pick<VisibilityFacts, 'impression'>> = {},
  >(
    props: ImpressionOwnProps & FactEvents<E, Pick<VisibilityFacts, 'impression'>, Given, Events>,
  ): ReactElement
}

type ErasedProps = Omit<ImpressionOwnProps, 'ref'> & ErasedVisibilityOptions

/** Adds no element: its only child gets a ref, and an impression is reported when that child was really seen. */
export const Impression = forwardRef<Element, ErasedProps>(function Impression(
  { name, itemKey, visibleRatio, dwellMs, cumulative, unobstructed, events, properties, children, ...rest },
  forwarded,
) {
  const observed = useErasedImpression({
    name,
    itemKey,
    visibleRatio,
    dwellMs,
    cumulative,
    unobstructed,
    events,
    properties,
  })
  const ref = useMemo(() => mergeRefs<Element>(observed, forwarded), [observed, forwarded])
  if (process.env.NODE_ENV !== 'production' && typeof children !== 'function' && !isValidElement(children)) {
    throw new MicroconversionError(
      'RMC203',
      `<Impression name="${name}"> has to have exactly one child, an element that takes a ref. Wrap what it holds in one element of yours.`,
    )
  }
  return renderElement('span', children, { ...rest, ref })
}) as unknown as ImpressionComponent
