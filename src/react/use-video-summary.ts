'use client'

import type { RefCallback } from 'react'
import type { Properties } from '../engine/types.ts'
import type { VideoFacts } from '../plan/facts.ts'
import type { EventsOf, PropertyValue, RegisteredPlan } from '../plan/register.ts'
import { type MediaSummaryMemory, observeMediaSummary } from '../triggers/media-summary.ts'
import type { FilmOptions, MediaElement } from '../triggers/playback.ts'
import type { FactEvents, NamedEvents } from './fact-events.ts'
import { type FactOptions, useFacts } from './use-facts.ts'
import { latestOfSame, useLatest } from './use-latest.ts'
import { useObservedInPage } from './use-observed-in-page.ts'

type SummaryFacts = Pick<VideoFacts, 'summary'>

export interface UseVideoSummary<E = EventsOf<RegisteredPlan>> {
  <
    const Given extends { [name: string]: PropertyValue } = {},
    const Events extends NamedEvents<SummaryFacts> = {},
  >(
    options: FilmOptions & FactEvents<E, SummaryFacts, Given, Events>,
  ): RefCallback<Element>
}

interface ErasedOptions extends FilmOptions {
  readonly events?: FactOptions['events']
  readonly properties?: Properties | undefined
}

const standard = { summary: 'video_summary' }

/**
 * A ref for a media element, also for that of a `VideoProgress`: how it was watched, reported when the tab is hidden, the
 * page ends or the player goes. Nothing if nothing played; each report holds what is new, so that they add up.
 */
export const useVideoSummary = ((options: ErasedOptions) => {
  const tell = useFacts(standard, { component: 'VideoSummary', name: options.name, events: options.events })
  const latest = useLatest(options)
  return useObservedInPage<Element, MediaSummaryMemory>(tell, options.name, (element, memory) => {
    const current = latestOfSame(latest, ({ name }) => name)
    return observeMediaSummary(
      element as MediaElement,
      current,
      (fact) => tell({ ...fact, payload: { ...fact.payload, ...current().properties } }),
      memory,
    )
  })
}) as unknown as UseVideoSummary
