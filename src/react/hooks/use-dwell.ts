'use client'

import type { RefCallback } from 'react'
import type { VisibilityFacts } from '../../plan/facts.ts'
import type { EventsOf, PropertyValue, RegisteredPlan } from '../../plan/register.ts'
import { needsDurations } from '../../support/duration.ts'
import type { VisibilityOptions } from '../../triggers/visibility.ts'
import type { FactEvents, NamedEvents } from '../wiring/fact-events.ts'
import { useObservedInPage } from '../wiring/use-observed-in-page.ts'
import { type ErasedVisibilityOptions, visibilityKind } from '../wiring/visibility-kind.ts'

/** Type of `useDwell` for the events `E` of a plan. */
export interface UseDwell<E = EventsOf<RegisteredPlan>> {
  <
    const Given extends { [name: string]: PropertyValue } = {},
    const Events extends NamedEvents<Pick<VisibilityFacts, 'dwell'>> = {},
  >(
    options: VisibilityOptions & FactEvents<E, Pick<VisibilityFacts, 'dwell'>, Given, Events>,
  ): RefCallback<Element>
}

const kind = /* @__PURE__ */ visibilityKind('Dwell', { dwell: 'element_dwelled' })

function useErasedDwell(options: ErasedVisibilityOptions): RefCallback<Element> {
  if (process.env.NODE_ENV !== 'production') needsDurations('useDwell', { dwell: options.dwell })
  return useObservedInPage(kind, options)
}

/**
 * Returns a ref for any element, and reports how long that element was in view: when the tab is hidden, the page ends
 * or the element is removed. It reports nothing before the element has counted as an impression. Each report holds the
 * time since the previous one, so reports can be summed.
 *
 * @example
 * const ref = useDwell({ name: 'pricing_table' })
 * return <section ref={ref}>…</section>
 */
export const useDwell = useErasedDwell as unknown as UseDwell
