'use client'

import type { RefCallback } from 'react'
import type { Properties } from '../../engine/pipeline/occurrence.ts'
import type { VideoFacts } from '../../plan/facts.ts'
import type { EventsOf, PropertyValue, RegisteredPlan } from '../../plan/register.ts'
import type { MediaElement } from '../../triggers/look-at-media.ts'
import { type MediaSummaryMemory, observeMediaSummary } from '../../triggers/media-summary.ts'
import type { PlaybackOptions } from '../../triggers/playback.ts'
import type { FactEvents, NamedEvents } from '../wiring/fact-events.ts'
import type { ObservedKind } from '../wiring/observed-in-page.ts'
import type { FactOptions } from '../wiring/report.ts'
import { useObservedInPage } from '../wiring/use-observed-in-page.ts'

type SummaryFacts = Pick<VideoFacts, 'summary'>

/** Type of `useVideoSummary` for the events `E` of a plan. */
export interface UseVideoSummary<E = EventsOf<RegisteredPlan>> {
  <
    const Given extends { [name: string]: PropertyValue } = {},
    const Events extends NamedEvents<SummaryFacts> = {},
  >(
    options: PlaybackOptions & FactEvents<E, SummaryFacts, Given, Events>,
  ): RefCallback<Element>
}

interface ErasedOptions extends PlaybackOptions {
  readonly events?: FactOptions['events']
  readonly properties?: Properties | undefined
}

const kind: ObservedKind<ErasedOptions, MediaSummaryMemory> = {
  component: 'VideoSummary',
  standard: { summary: 'video_summary' },
  isSame: (one, other) => one.name === other.name,
  observe: (element, observing, memory) =>
    observeMediaSummary(element as MediaElement, () => observing.options, observing.report, memory),
}

/**
 * Returns a ref for a media element, which may also be that of a `VideoProgress`, and reports how it was watched: when
 * the tab is hidden, the page ends or the player is removed. It reports nothing if nothing was played. Each report
 * holds what is new since the previous one, so reports can be summed.
 *
 * @example
 * const ref = useVideoSummary({ name: 'tour' })
 * return <VideoProgress ref={ref} name="tour" src="/tour.mp4" controls />
 */
export const useVideoSummary = ((options: ErasedOptions) =>
  useObservedInPage(kind, options)) as unknown as UseVideoSummary
