'use client'

import type { RefCallback } from 'react'
import type { VisibilityFacts } from '../../plan/facts.ts'
import type { EventsOf, PropertyValue, RegisteredPlan } from '../../plan/register.ts'
import { needsDurations } from '../../support/duration.ts'
import type { VisibilityOptions } from '../../triggers/visibility.ts'
import type { FactEvents, NamedEvents } from '../wiring/fact-events.ts'
import { useObservedInPage } from '../wiring/use-observed-in-page.ts'
import { type ErasedVisibilityOptions, visibilityKind } from '../wiring/visibility-kind.ts'

/** Type of `useImpression` for the events `E` of a plan. */
export interface UseImpression<E = EventsOf<RegisteredPlan>> {
  <
    const Given extends { [name: string]: PropertyValue } = {},
    const Events extends NamedEvents<Pick<VisibilityFacts, 'impression'>> = {},
  >(
    options: VisibilityOptions & FactEvents<E, Pick<VisibilityFacts, 'impression'>, Given, Events>,
  ): RefCallback<Element>
}

export const impressionKind = /* @__PURE__ */ visibilityKind('Impression', { impression: 'element_viewed' })

function useErasedImpression(options: ErasedVisibilityOptions): RefCallback<Element> {
  if (process.env.NODE_ENV !== 'production') needsDurations('useImpression', { dwell: options.dwell })
  return useObservedInPage(impressionKind, options)
}

/**
 * Returns a ref for any element, and reports an impression once enough of that element has been in view, by default
 * half of what fits for 1 s. Each element fires once per page scope.
 *
 * @example
 * const ref = useImpression({ name: 'pricing_table' })
 * return <section ref={ref}>…</section>
 */
export const useImpression = useErasedImpression as unknown as UseImpression
