import type { VideoFact, VideoFacts } from '../plan/facts.ts'
import { type Moment, playedSince, type Spans, spanSeconds, withSpan } from './watched.ts'

/** A share of the film in percent, 0 < percent ≤ 100, or seconds of it: `'30s'`. */
export type Mark = number | `${number}s`

export interface MediaOptions {
  /** Says which film this is: another name starts anew, and so does another `currentSrc` that is not a `blob:`. */
  readonly name: string
  /** Default `[25, 50, 75, 90]`. Shares wait for a finite duration: a live stream passes marks in seconds only. */
  readonly marks?: readonly Mark[] | undefined
  /** Default `'watched'`: a mark is passed when that much was really played. `'reached'`: by position, jumps included. */
  readonly mode?: 'watched' | 'reached' | undefined
  /** GA4: `video_provider`. Default `'html5'`. */
  readonly provider?: string | undefined
}

export interface MediaReport {
  readonly fact: keyof VideoFacts
  /** `tour:start`, `tour:25`, `tour:30s`, `tour:complete`. */
  readonly factKey: string
  readonly payload: VideoFact
}

/** What is read of a `<video>`, an `<audio>`, or a custom element with their interface. */
export type MediaElement = Element &
  Pick<HTMLMediaElement, 'currentSrc' | 'currentTime' | 'duration' | 'paused' | 'seeking' | 'readyState'> &
  Pick<HTMLMediaElement, 'playbackRate' | 'muted' | 'volume'>

/** One showing of one film. */
interface Film {
  readonly name: string
  /** Empty while unknown, and for a film without an address of its own. */
  source: string
  readonly told: Set<Mark | keyof VideoFacts>
  spans: Spans
  reachedS: number
  hiddenS: number
  plays: number
  /** Sent to the beginning, and not yet played from there. */
  rewound: boolean
}

/** Hand it to the next observer of the same film, and that one goes on where this one stopped. */
export interface MediaMemory {
  film?: Film
}

interface Look extends Moment {
  readonly durationS: number
  /** The tab is visible, or the film is in picture-in-picture or audible. */
  readonly attended: boolean
}

const DEFAULT_MARKS: readonly Mark[] = [25, 50, 75, 90]
/** Playback from here counts as from the beginning. */
const BEGINNING_S = 0.5
/** Beside `timeupdate`, all that ends a stretch or changes what the next one counts for. */
const EVENTS = [
  'timeupdate',
  'playing',
  'pause',
  'waiting',
  'seeking',
  'ended',
  'emptied',
  'ratechange',
  'volumechange',
  'enterpictureinpicture',
  'leavepictureinpicture',
]

const rounded = (value: number) => Math.round(value * 100) / 100

function newFilm(name: string): Film {
  return { name, source: '', told: new Set(), spans: [], reachedS: 0, hiddenS: 0, plays: 0, rewound: false }
}

/** Adds what happened since the last event. */
function advance(film: Film, last: Look | undefined, now: Look): void {
  const { playedS, jumped } = last ? playedSince(last, now) : { playedS: 0, jumped: true }
  let watchedToS = 0
  if (last && playedS > 0) {
    const toS = Math.min(last.positionS + playedS, now.durationS || Number.POSITIVE_INFINITY)
    if (last.attended) {
      film.spans = withSpan(film.spans, last.positionS, toS)
      watchedToS = toS
    } else film.hiddenS += toS - last.positionS
  }
  if (jumped) film.rewound = now.positionS < BEGINNING_S
  if (film.rewound && now.playing) {
    film.rewound = false
    film.plays++
  }
  if (now.attended) film.reachedS = Math.max(film.reachedS, watchedToS, now.positionS)
}

/**
 * Reports start, marks and completion of a film, each once, in order, and never touches playback. `complete`: played into
 * the last second (of a short film, the last 1 %), and not on in it. To watch the whole implies that; to jump to the end
 * does not suffice.
 * `options` are read at each event, and nothing is reported before the first.
 */
export function observeMedia(
  element: MediaElement,
  options: () => MediaOptions,
  report: (fact: MediaReport) => void,
  memory: MediaMemory = {},
): () => void {
  const page = element.ownerDocument
  let inView = typeof IntersectionObserver === 'undefined'
  let last: Look | undefined

  function look({ type }: Event) {
    const { name, marks = DEFAULT_MARKS, mode, provider = 'html5' } = options()
    const source = /^(blob|data):/.test(element.currentSrc) ? '' : element.currentSrc
    const before = memory.film
    const same = before?.name === name && !(source && before.source && source !== before.source)
    const film = same ? before : newFilm(name)
    memory.film = film
    film.source ||= source
    if (!same || type === 'emptied') last = undefined

    const seeking = type === 'seeking' || element.seeking
    const shown = page.visibilityState === 'visible'
    const now: Look = {
      atMs: performance.now(),
      positionS: element.currentTime || 0,
      durationS: Number.isFinite(element.duration) ? element.duration : 0,
      rate: element.playbackRate,
      paused: element.paused,
      seeking,
      playing: !(element.paused || seeking || element.readyState < 3),
      attended: shown || page.pictureInPictureElement === element || !(element.muted || element.volume === 0),
    }
    const { durationS } = now
    advance(film, last, now)
    const watchedS = spanSeconds(film.spans)
    last = now

    const percent = (seconds: number) => durationS && rounded(Math.min(100, (100 * seconds) / durationS))
    const tell = (fact: keyof VideoFacts, mark: Mark | 'start' | 'complete', video_percent = 0) => {
      if (film.told.has(mark)) return
      film.told.add(mark)
      const payload = {
        video_title: name,
        video_provider: provider,
        video_url: source.replace(/[?#].*/, ''),
        video_current_time: rounded(now.positionS),
        video_duration: rounded(durationS),
        video_percent,
        visible: shown && inView,
        video_mark: typeof mark === 'number' ? `${mark}%` : mark,
        watched_seconds: rounded(watchedS),
        watched_percent: percent(watchedS),
        reached_percent: percent(film.reachedS),
        hidden_seconds: rounded(film.hiddenS),
        plays: film.plays,
      }
      report({ fact, factKey: `${name}:${mark}`, payload })
    }

    if (now.playing && now.attended) tell('start', 'start')
    if (!film.told.has('start')) return
    const endS = durationS - Math.min(1, durationS / 100)
    const progressS = mode === 'reached' && durationS ? film.reachedS : watchedS
    const passedS = durationS && progressS >= endS ? durationS : progressS
    marks
      .map((mark) => ({
        mark,
        atS: typeof mark === 'number' ? (durationS * mark) / 100 : Number.parseFloat(mark),
      }))
      .filter(({ atS }) => atS > 0 && atS <= passedS)
      .sort((a, b) => a.atS - b.atS)
      .forEach(({ mark }) => tell('progress', mark, typeof mark === 'number' ? mark : 0))
    const nearEnd = now.playing && now.positionS >= endS
    if (durationS && !nearEnd && film.spans.some((span) => span[1] >= endS)) tell('complete', 'complete', 100)
  }

  const observer = inView
    ? undefined
    : new IntersectionObserver((entries) => {
        inView = entries.at(-1)?.isIntersecting === true
      })
  observer?.observe(element)
  for (const event of EVENTS) element.addEventListener(event, look)
  page.addEventListener('visibilitychange', look)

  return () => {
    observer?.disconnect()
    for (const event of EVENTS) element.removeEventListener(event, look)
    page.removeEventListener('visibilitychange', look)
  }
}
