import type { FilmFact } from '../plan/facts.ts'
import { withoutCredentials } from '../support/address.ts'
import { attempt } from '../support/attempt.ts'
import { contained } from './contained.ts'
import { isPainted } from './painted.ts'
import {
  type Moment,
  playedSince,
  type Spans,
  secondsBefore,
  spanSeconds,
  unionOf,
  withSpan,
} from './watched.ts'

export interface FilmOptions {
  /**
   * Names the video. Another name is another video. Another address is the same video if its path is the same, whatever its
   * host and query, or if it goes on within 2 s of the old place with the same duration (within 1 s or 1 %; an unknown or
   * live duration is not compared). A `blob:` has no path: it is the same video.
   */
  readonly name: string
  /** Identifies the video, such as its id: it decides in place of the address. Default: the rule above. */
  readonly key?: string | undefined
  /** GA4: `video_provider`. Default `'html5'`. */
  readonly provider?: string | undefined
  /**
   * Without an end: nothing is in percent. Known from a duration that is not finite; say it where the player hides a live
   * stream behind a duration that grows, as hls.js does without `liveDurationInfinity`.
   */
  readonly live?: boolean | undefined
  /** Stretches that are not the film, such as inserted advertising, in seconds: neither watched nor part of its duration. */
  readonly ignore?: Spans | undefined
}

/** What is read of a `<video>`, an `<audio>`, or a custom element with their interface. */
export type MediaElement = Element &
  Pick<HTMLMediaElement, 'currentSrc' | 'currentTime' | 'duration' | 'paused' | 'seeking' | 'readyState'> &
  Pick<HTMLMediaElement, 'playbackRate' | 'muted' | 'volume' | 'autoplay'>

/** One showing of one video. */
export interface Showing {
  readonly name: string
  readonly page: unknown
  /** The first that was known. */
  key: string | undefined
  /** The last that was known. */
  source: string
  /** Last position and duration: 0 while unknown, and for a live stream. */
  placeS: number
  durationS: number
  readonly told: Set<string | number>
  spans: Spans
  reachedS: number
  hiddenS: number
  plays: number
  /** Sent to the beginning, and not yet played from there. */
  rewound: boolean
  /** Undefined before it ever played. */
  autoplay?: boolean
}

/** Hand it to the next observer of the same film, and that one goes on where this one stopped. */
export interface PlaybackMemory {
  showing?: Showing
}

export interface Look extends Moment {
  /** Empty while unknown, and for a film without an address of its own. */
  readonly source: string
  readonly provider: string
  readonly ignored: Spans
  /** In a stretch that is not ignored. */
  readonly inFilm: boolean
  /** 0 while unknown, and for a live stream. */
  readonly durationS: number
  readonly live: boolean
  readonly silent: boolean
  /** Some of it is in the viewport of a visible tab, and is not transparent. */
  readonly visible: boolean
  /** The tab is visible, or the video is in picture-in-picture or audible. */
  readonly attended: boolean
}

export interface Step {
  readonly last: Look | undefined
  /** Since then, without what is ignored. */
  readonly playedS: number
  readonly jumped: boolean
}

/** Playback from here counts as from the beginning. */
const BEGINNING_S = 0.5
/** A switch to another quality resumes so close to the old place; the next video of a playlist starts at 0. */
const SWITCH_S = 2
/** So far within one look: more than what a player still shows when its data runs out. */
const PLAYS_ON_S = 0.1
/** Some players say 2^32 for ever. */
const ENDLESS_S = 2 ** 32
/** Beside `timeupdate`, all that ends a stretch or changes what the next one counts for. */
const EVENTS =
  'timeupdate play playing pause waiting seeking emptied ended ratechange volumechange enterpictureinpicture leavepictureinpicture'

export const rounded = (value: number) => Math.round(value * 100) / 100

/** From here on a film has been played to its end: the last second, of a short one the last 1 %. */
export const endOf = (durationS: number) => durationS - Math.min(1, durationS / 100)

/** A stream has a `blob:` for its source: then the custom element around it may know the address. */
function addressOf(element: MediaElement): string {
  const known = [element.currentSrc, element.getAttribute('src')]
  return known.find((each) => each && !/^\s*(blob|data):/i.test(each)) ?? ''
}

function lookAt(
  element: MediaElement,
  { provider = 'html5', ignore = [], live = false }: FilmOptions,
  inView: boolean,
  type: string | undefined,
): Look {
  const page = element.ownerDocument
  const tabVisible = page.visibilityState === 'visible'
  const root = element.getRootNode() as Document | ShadowRoot
  const inPicture = element.contains(root.pictureInPictureElement)
  const paused = element.paused !== false // A custom element has no opinion before its upgrade.
  // Between the assignment of `currentTime` and its event, other events already find the target.
  const seeking = element.seeking || type === 'seeking'
  const playing = !(paused || seeking || element.readyState < 3)
  const positionS = element.currentTime || 0
  const silent = element.muted || element.volume === 0
  const endless = live || element.duration >= ENDLESS_S
  return {
    source: addressOf(element),
    provider,
    ignored: unionOf(ignore),
    inFilm: !ignore.some(([fromS, toS]) => fromS <= positionS && positionS < toS),
    atMs: performance.now(),
    positionS,
    durationS: endless ? 0 : element.duration || 0,
    live: endless,
    rate: element.playbackRate,
    paused,
    seeking,
    playing,
    silent,
    visible: tabVisible && inView && attempt(() => isPainted(element)) !== false,
    attended: tabVisible || inPicture || !silent,
  }
}

/** Without host, query and fragment, which a renewed signature or another server changes. */
const pathOf = (address: string) => address.replace(/^(\w+:)?\/\/[^/?#]*|[?#].*/g, '')

/**
 * True if the player still shows this video; undefined while that cannot be known, before another address
 * plays.
 */
function isStill(
  showing: Showing,
  last: Look | undefined,
  now: Look,
  { key, type }: { readonly key: string | undefined; readonly type: string | undefined },
): boolean | undefined {
  if (key !== undefined && showing.key !== undefined) return key === showing.key
  const { source, durationS, placeS } = showing
  if (!now.source || !source || pathOf(now.source) === pathOf(source)) return true
  const differenceS = durationS && now.durationS && Math.abs(now.durationS - durationS)
  if (differenceS > Math.max(1, durationS / 100)) return false
  if (!now.playing) return undefined
  const wasPlaying = last?.source === now.source && last.playing && !playedSince(last, now).jumped
  if (!wasPlaying) return Math.abs(now.positionS - placeS) <= SWITCH_S || undefined
  // Some applications resume only when it plays: it has to have played on.
  return type === 'timeupdate' ? false : undefined
}

/** True if it plays whatever it says: after a seek, WebKitGTK plays on in the state `HAVE_CURRENT_DATA`. */
function playsOn(last: Look | undefined, now: Look): boolean {
  if (!last || now.paused || now.seeking) return false
  return now.positionS - last.positionS >= PLAYS_ON_S && !playedSince(last, now).jumped
}

/** Adds what happened since the last look. */
function advance(showing: Showing, last: Look | undefined, now: Look): Step {
  const { playedS, jumped } = last ? playedSince(last, now) : { playedS: 0, jumped: true }
  const fromS = last?.positionS ?? 0
  const toS = Math.min(fromS + playedS, now.durationS || Number.POSITIVE_INFINITY)
  const filmS = toS > fromS ? spanSeconds([[fromS, toS]], now.ignored) : 0
  if (last?.attended) showing.spans = withSpan(showing.spans, fromS, toS)
  else showing.hiddenS += filmS
  if (jumped) showing.rewound = secondsBefore(now.positionS, now.ignored) < BEGINNING_S
  if (showing.rewound && now.playing && now.inFilm) {
    showing.rewound = false
    showing.plays++
  }
  if (now.attended) showing.reachedS = Math.max(showing.reachedS, last?.attended ? toS : 0, now.positionS)
  return { last, playedS: filmS, jumped }
}

/** How the film stands. */
export function filmFact(
  showing: Showing,
  { source, provider, ignored, positionS, durationS, live, visible, silent }: Look,
): FilmFact {
  const wholeS = secondsBefore(durationS, ignored)
  const percent = (seconds: number) => wholeS && rounded(Math.min(100, (100 * seconds) / wholeS))
  return {
    video_title: showing.name,
    video_provider: provider,
    video_url: withoutCredentials(source),
    video_current_time: rounded(secondsBefore(positionS, ignored)),
    video_duration: rounded(wholeS),
    visible,
    live,
    autoplay: showing.autoplay === true,
    muted: silent,
    watched_percent: percent(spanSeconds(showing.spans, ignored)),
    reached_percent: percent(secondsBefore(showing.reachedS, ignored)),
    plays: showing.plays,
  }
}

/**
 * Follows a film and never touches it: `see` hears of each look at it. `options` are read at each event. `page` says where
 * it is shown: a film that outlives its page, and is played again from its beginning, begins anew.
 */
export function observePlayback(
  element: MediaElement,
  options: () => FilmOptions & { readonly page?: unknown },
  memory: PlaybackMemory,
  see: (showing: Showing, now: Look, step: Step) => void,
): { readonly look: (event?: Event) => void; readonly stop: () => void } {
  const { ownerDocument } = element
  const events = EVENTS.split(' ')
  let inView = typeof IntersectionObserver === 'undefined'
  let last: Look | undefined

  const look = contained((event?: Event) => {
    const current = options()
    const { name, page, key } = current
    const seen = lookAt(element, current, inView, event?.type)
    const now = event?.type === 'timeupdate' && playsOn(last, seen) ? { ...seen, playing: true } : seen
    const begin = (plays = 0): Showing => ({
      name,
      page,
      key,
      source: '',
      placeS: 0,
      durationS: 0,
      told: new Set(),
      spans: [],
      reachedS: 0,
      hiddenS: 0,
      plays,
      rewound: false,
    })
    let { showing } = memory
    const still = showing?.name === name && isStill(showing, last, now, { key, type: event?.type })
    if (showing && still === undefined) {
      // The time played until the address changed belongs to the old one.
      if (last?.source !== now.source) advance(showing, last, { ...now, playing: false, durationS: 0 })
      last = now
      return
    }
    if (!(showing && still)) {
      // It may have played on before that could be known.
      if (last?.source !== now.source || last.source === showing?.source) last = undefined
      showing = begin()
      if (last) advance(showing, undefined, last)
    }
    const { plays } = showing
    const step = advance(showing, last, now)
    if (showing.plays > plays && showing.page !== page) showing = begin(1)
    showing.key ??= key
    showing.source = now.source || showing.source
    if (element.readyState > 0) Object.assign(showing, { placeS: now.positionS, durationS: now.durationS })
    const first = showing.autoplay === undefined
    if (!now.paused && (first || last?.paused)) {
      // Muted, the attribute is always obeyed: a click that led here is not one on the film.
      const byItself = first && now.silent && element.autoplay
      showing.autoplay = byItself || ownerDocument.defaultView?.navigator.userActivation?.isActive === false
    }
    memory.showing = showing
    last = now
    see(showing, now, step)
  })

  const observer = inView
    ? undefined
    : new IntersectionObserver(
        contained((entries) => {
          inView = entries.at(-1)?.isIntersecting === true
        }),
      )
  observer?.observe(element)
  for (const event of events) element.addEventListener(event, look)
  ownerDocument.addEventListener('visibilitychange', look)
  return {
    look,
    stop() {
      observer?.disconnect()
      for (const event of events) element.removeEventListener(event, look)
      ownerDocument.removeEventListener('visibilitychange', look)
    },
  }
}
