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

type Mention = Mark | 'start' | 'complete'

/** One showing of one film (V2). */
interface Film {
  readonly name: string
  /** Empty while unknown, and for a film without an address of its own. */
  source: string
  readonly told: Set<Mention>
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
  /** 0 while unknown, and for a live stream. */
  readonly durationS: number
  readonly tabVisible: boolean
  /** The tab is visible, or the film is in picture-in-picture or audible (V3). */
  readonly attended: boolean
}

const DEFAULT_MARKS: readonly Mark[] = [25, 50, 75, 90]
/** Playback from here counts as from the beginning. */
const BEGINNING_S = 0.5
/** Beside `timeupdate`, all that ends a stretch or changes what the next one counts for. */
const EVENTS =
  'timeupdate playing pause waiting seeking ended ratechange volumechange enterpictureinpicture leavepictureinpicture'

const rounded = (value: number) => Math.round(value * 100) / 100

function lookAt(element: MediaElement, type: string): Look {
  const page = element.ownerDocument
  const tabVisible = page.visibilityState === 'visible'
  const inPicture = page.pictureInPictureElement === element
  const paused = element.paused !== false // A custom element has no opinion before its upgrade.
  // Between the assignment of `currentTime` and its event, other events already find the target.
  const seeking = element.seeking || type === 'seeking'
  return {
    atMs: performance.now(),
    positionS: element.currentTime || 0,
    durationS: Number.isFinite(element.duration) ? element.duration : 0,
    rate: element.playbackRate,
    paused,
    seeking,
    playing: !(paused || seeking || element.readyState < 3),
    tabVisible,
    attended: tabVisible || inPicture || !(element.muted || element.volume === 0),
  }
}

/** Adds what happened since the last look. */
function advance(film: Film, last: Look | undefined, now: Look): void {
  const { playedS, jumped } = last ? playedSince(last, now) : { playedS: 0, jumped: true }
  let watchedToS = 0
  const toS = last ? Math.min(last.positionS + playedS, now.durationS || Number.POSITIVE_INFINITY) : 0
  if (last && toS > last.positionS) {
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
 * Reports start, marks and completion of a film, each once and in order, and never touches playback. `complete`: played
 * into the last second (of a short film, the last 1 %) and at rest there, or gone from there. Watching it whole implies
 * that, a jump to the end does not. `options` are read at each event; nothing is reported before the first.
 */
export function observeMedia(
  element: MediaElement,
  options: () => MediaOptions,
  report: (fact: MediaReport) => void,
  memory: MediaMemory = {},
): () => void {
  const page = element.ownerDocument
  const events = EVENTS.split(' ')
  let inView = typeof IntersectionObserver === 'undefined'
  let last: Look | undefined

  function look({ type }: Event) {
    const { name, marks = DEFAULT_MARKS, mode, provider = 'html5' } = options()
    const { currentSrc = '' } = element
    const source = /^(blob|data):/.test(currentSrc) ? '' : currentSrc
    let film = memory.film
    if (film?.name !== name || (source && film.source && source !== film.source)) {
      film = { name, source, told: new Set(), spans: [], reachedS: 0, hiddenS: 0, plays: 0, rewound: false }
      memory.film = film
      last = undefined
    }
    film.source ||= source

    const now = lookAt(element, type)
    advance(film, last, now)
    last = now

    const { durationS } = now
    const { told, spans, reachedS } = film
    const watchedS = spanSeconds(spans)
    const percent = (seconds: number) => durationS && rounded(Math.min(100, (100 * seconds) / durationS))
    const tell = (mark: Mention) => {
      if (told.has(mark)) return
      told.add(mark)
      const payload = {
        video_title: name,
        video_provider: provider,
        video_url: source.replace(/[?#].*/, ''),
        video_current_time: rounded(now.positionS),
        video_duration: rounded(durationS),
        video_percent: typeof mark === 'number' ? mark : mark === 'complete' ? 100 : 0,
        visible: now.tabVisible && inView,
        video_mark: typeof mark === 'number' ? `${mark}%` : mark,
        watched_seconds: rounded(watchedS),
        watched_percent: percent(watchedS),
        reached_percent: percent(reachedS),
        hidden_seconds: rounded(film.hiddenS),
        plays: film.plays,
      }
      const fact = mark === 'start' || mark === 'complete' ? mark : 'progress'
      report({ fact, factKey: `${name}:${mark}`, payload })
    }

    if (now.playing && now.attended) tell('start')
    if (!told.has('start')) return
    const endS = durationS - Math.min(1, durationS / 100)
    const progressS = mode === 'reached' && durationS ? reachedS : watchedS
    const passedS = durationS && progressS >= endS ? durationS : progressS
    const secondsOf = (mark: Mark) =>
      typeof mark === 'number' ? (durationS * mark) / 100 : Number.parseFloat(mark)
    marks
      .filter((mark) => secondsOf(mark) > 0 && secondsOf(mark) <= passedS)
      .sort((a, b) => secondsOf(a) - secondsOf(b))
      .forEach(tell)
    const ending = now.playing && now.positionS >= endS
    if (durationS && !ending && spans.some((span) => span[1] >= endS)) tell('complete')
  }

  const observer = inView
    ? undefined
    : new IntersectionObserver((entries) => {
        inView = entries.at(-1)?.isIntersecting === true
      })
  observer?.observe(element)
  for (const event of events) element.addEventListener(event, look)
  page.addEventListener('visibilitychange', look)

  return () => {
    observer?.disconnect()
    for (const event of events) element.removeEventListener(event, look)
    page.removeEventListener('visibilitychange', look)
  }
}
