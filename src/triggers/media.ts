import type { VideoFact, VideoFacts } from '../plan/facts.ts'
import { type Duration, durationMs } from '../support/duration.ts'
import type { MediaElement } from './look-at-media.ts'
import {
  endOf,
  observePlayback,
  type PlaybackMemory,
  type PlaybackOptions,
  rounded,
  videoFactBase,
} from './playback.ts'
import { secondsBefore, spanSeconds } from './watched-spans.ts'

/** A percentage of the video, 0 < percent ≤ 100, or a time in it, such as `'30s'`. */
export type Mark = number | Duration

export interface MediaOptions extends PlaybackOptions {
  /**
   * Marks to report. Percentages need a finite duration: a live stream passes only times. Default `[25, 50, 75, 90]`.
   */
  readonly marks?: readonly Mark[] | undefined
  /**
   * How a mark is passed. `'watched'`: that much was actually played. `'reached'`: the position was reached, including
   * by seeking. Default `'watched'`.
   */
  readonly mode?: 'watched' | 'reached' | undefined
}

export interface MediaReport {
  readonly fact: Exclude<keyof VideoFacts, 'summary'>
  /** Name and mark: `tour:start`, `tour:25`, `tour:30s`, `tour:complete`. */
  readonly factKey: string
  readonly payload: VideoFact
}

const DEFAULT_MARKS: readonly Mark[] = [25, 50, 75, 90]

/**
 * Reports start, marks and completion of a video, each once and in order, and never controls playback. A video is
 * complete when it was played into its last second (for short videos the last 1%), and has stopped there or moved on.
 * Watching all of it implies that; seeking to the end does not. `options` are read at each event; nothing is reported
 * before the first event.
 */
export function observeMedia(
  element: MediaElement,
  options: () => MediaOptions & { readonly page?: unknown },
  report: (fact: MediaReport) => void,
  memory: PlaybackMemory = {},
): () => void {
  return observePlayback(element, options, memory, (showing, now) => {
    const { marks = DEFAULT_MARKS, mode } = options()
    const { told, spans } = showing
    const { ignored } = now
    const withoutIgnored = (positionS: number) => secondsBefore(positionS, ignored)
    const durationS = withoutIgnored(now.durationS)
    const watchedS = spanSeconds(spans, ignored)
    const tell = (mark: Mark | 'start' | 'complete') => {
      if (told.has(mark)) return
      told.add(mark)
      report({
        fact: mark === 'start' || mark === 'complete' ? mark : 'progress',
        factKey: `${showing.name}:${mark}`,
        payload: {
          ...videoFactBase(showing, now),
          video_percent: typeof mark === 'number' ? mark : mark === 'complete' ? 100 : 0,
          video_mark: typeof mark === 'number' ? `${mark}%` : mark,
          watched_seconds: rounded(watchedS),
          hidden_seconds: rounded(showing.hiddenS),
        },
      })
    }

    if (now.playing && now.attended && now.inVideo) tell('start')
    if (!told.has('start')) return
    const endS = endOf(durationS)
    const progressS = mode === 'reached' && durationS ? withoutIgnored(showing.reachedS) : watchedS
    const passedS = durationS && progressS >= endS ? durationS : progressS
    const secondsOf = (mark: Mark) =>
      typeof mark === 'number' ? (durationS * mark) / 100 : durationMs(mark) / 1_000
    marks
      .filter((mark) => secondsOf(mark) > 0 && secondsOf(mark) <= passedS)
      .sort((a, b) => secondsOf(a) - secondsOf(b))
      .forEach(tell)
    // A player that runs out of data there may continue, because the duration of a recording grows.
    const ending = now.inVideo && !(now.paused || now.seeking) && withoutIgnored(now.positionS) >= endS
    const atEnd = ([fromS, toS]: readonly [number, number]) =>
      withoutIgnored(toS) >= endS && withoutIgnored(fromS) < withoutIgnored(toS)
    if (durationS && !ending && spans.some(atEnd)) tell('complete')
  }).stop
}
