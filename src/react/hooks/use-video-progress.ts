'use client'

import { type RefCallback, useRef, useState } from 'react'
import type { VideoFacts } from '../../plan/facts.ts'
import type { EventsOf, PropertyValue, RegisteredPlan } from '../../plan/register.ts'
import { DURATIONS, durationMs } from '../../support/duration.ts'
import { createWarn, type Warn } from '../../support/errors.ts'
import type { MediaElement } from '../../triggers/look-at-media.ts'
import { type MediaOptions, type MediaReport, observeMedia } from '../../triggers/media.ts'
import type { PlaybackMemory } from '../../triggers/playback.ts'
import { useTracker } from '../context.ts'
import type { FactEvents, NamedEvents } from '../wiring/fact-events.ts'
import { pagesOf } from '../wiring/pages.ts'
import type { FactOptions } from '../wiring/report.ts'
import { useLatest } from '../wiring/use-latest.ts'
import { useObservedRef } from '../wiring/use-observed-ref.ts'
import { useFacts } from './use-facts.ts'

/** Facts that `useVideoProgress` reports; `useVideoSummary` reports the summary. */
export type VideoProgressFacts = Pick<VideoFacts, 'start' | 'progress' | 'complete'>

/** Options of `useVideoProgress`. */
export interface VideoProgressOptions extends MediaOptions {
  /** Component name in the record. Default `'VideoProgress'`. */
  readonly component?: string
}

/** Type of `useVideoProgress` for the events `E` of a plan. */
export interface UseVideoProgress<E = EventsOf<RegisteredPlan>> {
  <
    const Given extends { [name: string]: PropertyValue } = {},
    const Events extends NamedEvents<VideoProgressFacts> = {},
  >(
    options: VideoProgressOptions & FactEvents<E, VideoProgressFacts, Given, Events>,
  ): RefCallback<Element>
}

type ErasedOptions = MediaOptions & Partial<FactOptions>

const standard: Readonly<Record<MediaReport['fact'], string>> = {
  start: 'video_start',
  progress: 'video_progress',
  complete: 'video_complete',
}

export function useVideo(options: ErasedOptions): RefCallback<Element> {
  const memory = useRef<PlaybackMemory>({})
  const report = useFacts(standard, { component: 'VideoProgress', ...options, memory: memory.current })
  const latest = useLatest<MediaOptions>(options)
  const [warn] = useState(createWarn)
  const tracker = useTracker()
  return useObservedRef(report, (element) => {
    if (process.env.NODE_ENV !== 'production') advise(warn, element, options)
    const pages = pagesOf(tracker)
    const current = () => ({ ...latest.current, page: pages.ended })
    return observeMedia(element as MediaElement, current, report, memory.current)
  })
}

/**
 * Returns a ref for any element with the interface of `HTMLMediaElement`: `<video>`, `<audio>` or a custom media
 * element. Reports start, progress and completion, based on what was actually played.
 *
 * @example
 * const ref = useVideoProgress({ name: 'tour', marks: [50, '30s'] })
 * return <video ref={ref} src="/tour.mp4" controls />
 */
export const useVideoProgress = useVideo as unknown as UseVideoProgress

function advise(warn: Warn, element: Element, { name, marks = [], ignore = [] }: MediaOptions): void {
  const custom = element.localName.includes('-') // may be upgraded later
  if (!custom && !('currentTime' in element)) {
    warn(
      'RMC203',
      `The video "${name}" is observed on a <${element.localName}>, which plays nothing. Put the ref on a <video>, an <audio> or a media custom element.`,
    )
  }
  for (const mark of marks) {
    if (typeof mark === 'number' ? mark > 0 && mark <= 100 : durationMs(mark) > 0) continue
    warn(
      'RMC205',
      `The video "${name}" has the mark ${JSON.stringify(mark)}, which it can never pass. Use percent above 0 up to 100, or a time like ${DURATIONS}.`,
    )
  }
  for (const [fromS, toS] of ignore) {
    if (fromS >= 0 && fromS < toS) continue
    warn(
      'RMC205',
      `The video "${name}" ignores the stretch from ${fromS} to ${toS} s, which is none. Use [from, to] in seconds, from below to.`,
    )
  }
}
