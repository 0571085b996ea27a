'use client'

import type { RefCallback } from 'react'
import type { VisibilityFacts } from '../plan/facts.ts'
import type { EventsOf, PropertyValue, RegisteredPlan } from '../plan/register.ts'
import type { VisibilityOptions } from '../triggers/visibility.ts'
import type { FactEvents, NamedEvents } from './fact-events.ts'
import { type ErasedVisibilityOptions, useVisibility } from './use-visibility.ts'

export interface UseImpression<E = EventsOf<RegisteredPlan>> {
  <
    const Given extends { [name: string]: PropertyValue } = {},
    const Events extends NamedEvents<Pick<VisibilityFacts, 'impression'>> = {},
  >(
    options: VisibilityOptions & FactEvents<E, Pick<VisibilityFacts, 'impression'>, Given, Events>,
  ): RefCallback<Element>
}

const standard = { impression: 'element_viewed' }

export const useErasedImpression = (options: ErasedVisibilityOptions): RefCallback<Element> =>
  useVisibility('Impression', standard, options)

/** A ref for any element: an `impression` when half of what fits was in view for a second. Once in a page scope. */
export const useImpression = useErasedImpression as unknown as UseImpression
