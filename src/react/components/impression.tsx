'use client'

import { cloneElement, forwardRef, isValidElement, type ReactElement, type Ref, useState } from 'react'
import type { AnyPlan } from '../../plan/define-plan.ts'
import type { VisibilityFacts } from '../../plan/facts.ts'
import type { EventsOf, PropertyValue, RegisteredPlan } from '../../plan/register.ts'
import { needsDurations } from '../../support/duration.ts'
import { MicroconversionError } from '../../support/errors.ts'
import type { VisibilityOptions } from '../../triggers/visibility.ts'
import { usePlace } from '../context.ts'
import { impressionKind } from '../hooks/use-impression.ts'
import type { AnyFactEvents, FactEvents, NamedEvents } from '../wiring/fact-events.ts'
import { ObservedChild } from '../wiring/observed-child.ts'
import { type AnyProps, type Render, refOf, renderElement } from '../wiring/render-element.ts'
import { useRendering } from '../wiring/rendering.ts'
import type { ErasedVisibilityOptions } from '../wiring/visibility-kind.ts'

interface ImpressionOwnProps extends VisibilityOptions {
  /** Exactly one element that accepts a ref, or a function of `{ ref }`. */
  readonly children: Render<{ readonly ref: Ref<Element> }>
  /** Receives the observed element, in addition to the child's own ref. */
  readonly ref?: Ref<Element> | undefined
}

/** Type of `Impression` for the events `E` of a plan. */
export interface ImpressionComponent<E = EventsOf<RegisteredPlan>> {
  <
    const Given extends { [name: string]: PropertyValue } = {},
    const Events extends NamedEvents<Pick<VisibilityFacts, 'impression'>> = {},
  >(
    props: ImpressionOwnProps & FactEvents<E, Pick<VisibilityFacts, 'impression'>, Given, Events>,
  ): ReactElement
}

/** Props of `Impression`, for a component that wraps it. */
export type ImpressionProps<P extends AnyPlan = RegisteredPlan> = ImpressionOwnProps &
  AnyFactEvents<EventsOf<P>, Pick<VisibilityFacts, 'impression'>>

type ErasedProps = Omit<ImpressionOwnProps, 'ref'> & ErasedVisibilityOptions

const ownNames: ReadonlySet<string> = /* @__PURE__ */ new Set([
  ...['name', 'itemKey', 'visibleRatio', 'dwell', 'cumulative', 'unobstructed', 'events', 'properties'],
  'children',
])

/**
 * Returns the props that an outer component, such as `Slot`, passes through to the child; undefined if there are none.
 */
function restOf(props: object): AnyProps | undefined {
  let rest: AnyProps | undefined
  for (const name in props) {
    if (ownNames.has(name)) continue
    rest ??= {}
    rest[name] = props[name as keyof typeof props]
  }
  return rest
}

/** Compares all props except `children`. Naming each one is faster than looping over the properties. */
const areEqual = (one: ErasedProps, other: ErasedProps): boolean =>
  one.name === other.name &&
  one.itemKey === other.itemKey &&
  one.properties === other.properties &&
  one.events === other.events &&
  one.visibleRatio === other.visibleRatio &&
  one.dwell === other.dwell &&
  one.cumulative === other.cumulative &&
  one.unobstructed === other.unobstructed

const create = () => new ObservedChild(impressionKind, areEqual)

/**
 * Reports an impression once its only child has been in view for long enough, by default half of it for 1 s. Renders no
 * element of its own: it attaches a ref to the child.
 *
 * @example
 * <Impression name="pricing_table">
 *   <section>…</section>
 * </Impression>
 */
export const Impression = forwardRef<Element, ErasedProps>(function Impression(props, forwarded) {
  const { tracker, scope } = usePlace()
  const rendering = useRendering()
  const [observed] = useState(create)
  const { children } = props
  const isElement = isValidElement<object>(children)
  if (process.env.NODE_ENV !== 'production' && typeof children !== 'function' && !isElement) {
    throw new MicroconversionError(
      'RMC203',
      `<Impression name="${props.name}"> has to have exactly one child, an element that takes a ref. Wrap what it holds in one element of your own.`,
    )
  }
  if (process.env.NODE_ENV !== 'production')
    needsDurations(`<Impression name="${props.name}">`, { dwell: props.dwell })
  const given = { tracker, scope, options: props, rendering }
  const ref = observed.refFor(given, forwarded, isElement ? refOf(children) : null)
  const rest = restOf(props)
  if (!isElement) return renderElement('span', children, { ...rest, ref })
  const child = rest ? renderElement('span', children, rest) : children
  return cloneElement(child as ReactElement<{ ref?: Ref<Element> }>, { ref })
}) as unknown as ImpressionComponent
