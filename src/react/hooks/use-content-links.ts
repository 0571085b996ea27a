'use client'

import type { RefCallback } from 'react'
import type { LinkFacts } from '../../plan/facts.ts'
import type { EventsOf, PropertyValue, RegisteredPlan } from '../../plan/register.ts'
import { type LinkOptions, observeLinks } from '../../triggers/links.ts'
import type { FactEvents, NamedEvents } from '../wiring/fact-events.ts'
import type { FactOptions } from '../wiring/report.ts'
import { useLatest } from '../wiring/use-latest.ts'
import { useObservedRef } from '../wiring/use-observed-ref.ts'
import { useFacts } from './use-facts.ts'
import { standardLinkEvents } from './use-tracked-link.ts'

/** Options of `useContentLinks`. */
export interface ContentLinksOptions extends LinkOptions {
  /** Component name in the record. Default `'ContentLinks'`. */
  readonly component?: string
}

/** Type of `useContentLinks` for the events `E` of a plan. */
export interface UseContentLinks<E = EventsOf<RegisteredPlan>> {
  <
    const Given extends { [name: string]: PropertyValue } = {},
    const Events extends NamedEvents<LinkFacts> = {},
  >(
    options?: ContentLinksOptions & FactEvents<E, LinkFacts, Given, Events>,
  ): RefCallback<Element>
}

type ErasedOptions = ContentLinksOptions & Partial<FactOptions>

function useLinksWithin(options: ErasedOptions = {}): RefCallback<Element> {
  const report = useFacts(standardLinkEvents, { component: 'ContentLinks', ...options })
  const latest = useLatest<LinkOptions>(options)
  return useObservedRef(report, (container) => observeLinks(container, () => latest.current, report.use))
}

/**
 * Returns a ref for an element whose links are not written in JSX, such as rendered Markdown. It tracks each link as
 * `TrackedLink` does.
 *
 * @example
 * const ref = useContentLinks()
 * return <article ref={ref} dangerouslySetInnerHTML={{ __html: html }} />
 */
export const useContentLinks = useLinksWithin as unknown as UseContentLinks
