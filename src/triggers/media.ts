import type { VideoFact, VideoFacts } from '../plan/facts.ts'
import {
  endOf,
  type FilmOptions,
  filmFact,
  type MediaElement,
  observePlayback,
  type PlaybackMemory,
  rounded,
} from './playback.ts'
import { secondsBefore, spanSeconds } from './watched.ts'

/** A share of the film in percent, 0 < percent ≤ 100, or seconds of it: `'30s'`. */
export type Mark = number | `${number}s`

export interface MediaOptions extends FilmOptions {
  /** Default `[25, 50, 75, 90]`. Shares wait for a finite duration: a live stream passes marks in seconds only. */
  readonly marks?: readonly Mark[] | undefined
  /** Default `'watched'`: a mark is passed when that much was really played. `'reached'`: by position, jumps included. */
  readonly mode?: 'watched' | 'reached' | undefined
}

export interface MediaReport {
  readonly fact: Exclude<keyof VideoFacts, 'summary'>
  /** `tour:start`, `tour:25`, `tour:30s`, `tour:complete`. */
  readonly factKey: string
  readonly payload: VideoFact
}

const DEFAULT_MARKS: readonly Mark[] = [25, 50, 75, 90]

/**
 * Reports start, marks and completion of a film, each once and in order, and never touches playback. `complete`: played
 * into the last second (of a short film, the last 1 %) and at rest there, or gone from there. Watching it whole implies
 * that, a jump to the end does not. `options` are read at each event; nothing is reported before the first.
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
    const film = (positionS: number) => secondsBefore(positionS, ignored)
    const durationS = film(now.durationS)
    const watchedS = spanSeconds(spans, ignored)
    const tell = (mark: Mark | 'start' | 'complete') => {
      if (told.has(mark)) return
      told.add(mark)
      report({
        fact: mark === 'start' || mark === 'complete' ? mark : 'progress',
        factKey: `${showing.name}:${mark}`,
        payload: {
          ...filmFact(showing, now),
          video_percent: typeof mark === 'number' ? mark : mark === 'complete' ? 100 : 0,
          video_mark: typeof mark === 'number' ? `${mark}%` : mark,
          watched_seconds: rounded(watchedS),
          hidden_seconds: rounded(showing.hiddenS),
        },
      })
    }

    if (now.playing && now.attended && now.inFilm) tell('start')
    if (!told.has('start')) return
    const endS = endOf(durationS)
    const progressS = mode === 'reached' && durationS ? film(showing.reachedS) : watchedS
    const passedS = durationS && progressS >= endS ? durationS : progressS
    const secondsOf = (mark: Mark) =>
      typeof mark === 'number' ? (durationS * mark) / 100 : Number.parseFloat(mark)
    marks
      .filter((mark) => secondsOf(mark) > 0 && secondsOf(mark) <= passedS)
      .sort((a, b) => secondsOf(a) - secondsOf(b))
      .forEach(tell)
    // Out of data there, it may go on: the duration of a recording grows.
    const ending = now.inFilm && !(now.paused || now.seeking) && film(now.positionS) >= endS
    const atEnd = ([fromS, toS]: readonly [number, number]) => film(toS) >= endS && film(fromS) < film(toS)
    if (durationS && !ending && spans.some(atEnd)) tell('complete')
  }).stop
}
