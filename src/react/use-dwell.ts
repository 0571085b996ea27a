'use client'

import type { RefCallback } from 'react'
import type { VisibilityFacts } from '../plan/facts.ts'
import type { EventsOf, PropertyValue, RegisteredPlan } from '../plan/register.ts'
import type { VisibilityOptions } from '../triggers/visibility.ts'
import type { FactEvents, NamedEvents } from './fact-events.ts'
import { type ErasedVisibilityOptions, useVisibility } from './use-visibility.ts'

export interface UseDwell<E = EventsOf<RegisteredPlan>> {
  <
    const Given extends { [name: string]: PropertyValue } = {},
    const Events extends NamedEvents<Pick<VisibilityFacts, 'dwell'>> = {},
  >(
    options: VisibilityOptions & FactEvents<E, Pick<VisibilityFacts, 'dwell'>, Given, Events>,
  ): RefCallback<Element>
}

const standard = { dwell: 'element_dwelled' }

/**
 * A ref for any element: how long it was in view, reported when the tab is hidden, the page ends or the element goes.
 * Nothing below one impression; each report holds the time since the last one, so that they add up.
 */
export const useDwell = ((options: ErasedVisibilityOptions) =>
  useVisibility('Dwell', standard, options)) as unknown as UseDwell
