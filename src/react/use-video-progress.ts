'use client'

import { type RefCallback, useRef, useState } from 'react'
import { createWarn, type Warn } from '../support/errors.ts'
import { type MediaOptions, type MediaReport, observeMedia } from '../triggers/media.ts'
import type { MediaElement, PlaybackMemory } from '../triggers/playback.ts'
import { useTracker } from './context.ts'
import { type FactOptions, useFacts } from './use-facts.ts'
import { useLatest } from './use-latest.ts'
import { pagesOf } from './use-observed-in-page.ts'
import { useObservedRef } from './use-observed-ref.ts'

export interface VideoProgressOptions extends MediaOptions, Partial<FactOptions> {}

const standard: Readonly<Record<MediaReport['fact'], string>> = {
  start: 'video_start',
  progress: 'video_progress',
  complete: 'video_complete',
}

/** A ref for anything with the interface of an HTMLMediaElement: `<video>`, `<audio>`, a media custom element. */
export function useVideoProgress(options: VideoProgressOptions): RefCallback<Element> {
  const report = useFacts(standard, { component: 'VideoProgress', ...options })
  const latest = useLatest<MediaOptions>(options)
  const memory = useRef<PlaybackMemory>({})
  const [warn] = useState(createWarn)
  const tracker = useTracker()
  return useObservedRef(report, (element) => {
    if (process.env.NODE_ENV !== 'production') advise(warn, element, options)
    const pages = pagesOf(tracker)
    const current = () => ({ ...latest.current, page: pages.ended })
    return observeMedia(element as MediaElement, current, report, memory.current)
  })
}

function advise(warn: Warn, element: Element, { name, marks = [], ignore = [] }: MediaOptions): void {
  const custom = element.localName.includes('-') // may be upgraded later
  if (!custom && !('currentTime' in element)) {
    warn(
      'RMC203',
      `The video "${name}" is observed on a <${element.localName}>, which plays nothing. Put the ref on a <video>, an <audio> or a media custom element.`,
    )
  }
  for (const mark of marks) {
    const share = typeof mark === 'number' ? mark : Number.parseFloat(mark)
    if (share > 0 && (typeof mark === 'string' ? /^\d+(\.\d+)?s$/.test(mark) : mark <= 100)) continue
    warn(
      'RMC205',
      `The video "${name}" has the mark ${JSON.stringify(mark)}, which it can never pass. Use percent above 0 up to 100, or seconds as '30s'.`,
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
