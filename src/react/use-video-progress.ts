'use client'

import { type RefCallback, useRef } from 'react'
import type { VideoFacts } from '../plan/facts.ts'
import { type MediaElement, type MediaMemory, type MediaOptions, observeMedia } from '../triggers/media.ts'
import { type FactOptions, useFacts } from './use-facts.ts'
import { useLatest } from './use-latest.ts'
import { useObservedRef } from './use-observed-ref.ts'

export interface VideoProgressOptions extends MediaOptions, Partial<FactOptions> {}

const standard: Readonly<Record<keyof VideoFacts, string>> = {
  start: 'video_start',
  progress: 'video_progress',
  complete: 'video_complete',
}

/** A ref for anything with the interface of an HTMLMediaElement: `<video>`, `<audio>`, a media custom element. */
export function useVideoProgress(options: VideoProgressOptions): RefCallback<Element> {
  const report = useFacts(standard, { component: 'VideoProgress', ...options })
  const latest = useLatest<MediaOptions>(options)
  const memory = useRef<MediaMemory>({})
  return useObservedRef((element) => observeMedia(element as MediaElement, () => latest.current, report, memory.current))
}
