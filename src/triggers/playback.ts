import type { VideoFactBase } from '../plan/facts.ts'
import { withoutCredentials } from '../support/address.ts'
import { contained } from './contained.ts'
import { type Look, type LookOptions, lookAt, type MediaElement } from './look-at-media.ts'
import { playedSince, type Spans, secondsBefore, spanSeconds, withSpan } from './watched-spans.ts'

/** Options for following the playback of a video. */
export interface PlaybackOptions extends LookOptions {
  /**
   * Name of the video, reported as `video_title`. A different name is a different video. A different URL is the same
   * video if its path is the same, whatever its host and query, or if playback continues within 2 s of the previous
   * position with the same duration (within 1 s or 1%; an unknown or live duration is not compared). A `blob:` URL has
   * no path and counts as the same video.
   */
  readonly name: string
  /** Identifies the video, for example by its id. It then decides instead of the URL. Default: the rule for `name`. */
  readonly key?: string | undefined
}

interface ShowingOptions extends PlaybackOptions {
  /** Page scope in which the video is shown. */
  readonly page?: unknown
}

/** One showing of one video. */
export interface Showing {
  readonly name: string
  readonly page: unknown
  /** First known key. */
  key: string | undefined
  /** Last known URL. */
  source: string
  /** Last position and duration in seconds; 0 while unknown, and for a live stream. */
  placeS: number
  durationS: number
  readonly told: Set<string | number>
  spans: Spans
  reachedS: number
  hiddenS: number
  plays: number
  /** True after a seek to the beginning, until playback starts from there. */
  rewound: boolean
  /** Undefined until the video first plays. */
  autoplay?: boolean
}

const newShowing = ({ name, page, key }: ShowingOptions, plays: number): Showing => ({
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

/** State to pass to the next observer of the same video, which then continues where this one stopped. */
export interface PlaybackMemory {
  showing?: Showing
}

export interface Step {
  readonly last: Look | undefined
  /** Seconds played since then, without ignored ranges. */
  readonly playedS: number
  readonly jumped: boolean
}

/** Playback that starts before this position, in seconds, counts as from the beginning. */
const BEGINNING_S = 0.5
/**
 * A switch of quality resumes within this many seconds of the previous position; the next video of a playlist starts at
 * 0.
 */
const SWITCH_S = 2
/** Minimum progress between two checks, in seconds: more than a player still shows after its data runs out. */
const PLAYS_ON_S = 0.1
/** Besides `timeupdate`, all events that end a played range or change what the next one counts for. */
const EVENTS =
  'timeupdate play playing pause waiting seeking emptied ended ratechange volumechange enterpictureinpicture leavepictureinpicture'

export const rounded = (value: number) => Math.round(value * 100) / 100

/**
 * Returns the position, in seconds, from which a video counts as played to its end: the last second, or the last 1% of
 * a short video.
 */
export const endOf = (durationS: number) => durationS - Math.min(1, durationS / 100)

/** Returns the URL without host, query and fragment, which change with a renewed signature or another server. */
const pathOf = (address: string) => address.replace(/^(\w+:)?\/\/[^/?#]*|[?#].*/g, '')

/**
 * True if the player still shows this video; undefined while that is unknown because the new URL has not played yet.
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
  // Some applications restore the position only after playback has started, so wait for the next `timeupdate`.
  return type === 'timeupdate' ? false : undefined
}

/**
 * True if the position advances, whatever the state says: after a seek, WebKitGTK continues to play in the state
 * `HAVE_CURRENT_DATA`.
 */
function playsOn(last: Look | undefined, now: Look): boolean {
  if (!last || now.paused || now.seeking) return false
  return now.positionS - last.positionS >= PLAYS_ON_S && !playedSince(last, now).jumped
}

/** Adds what happened since the last check. */
function advance(showing: Showing, last: Look | undefined, now: Look): Step {
  const { playedS, jumped } = last ? playedSince(last, now) : { playedS: 0, jumped: true }
  const fromS = last?.positionS ?? 0
  const toS = Math.min(fromS + playedS, now.durationS || Number.POSITIVE_INFINITY)
  const videoS = toS > fromS ? spanSeconds([[fromS, toS]], now.ignored) : 0
  if (last?.attended) showing.spans = withSpan(showing.spans, fromS, toS)
  else showing.hiddenS += videoS
  if (jumped) showing.rewound = secondsBefore(now.positionS, now.ignored) < BEGINNING_S
  if (showing.rewound && now.playing && now.inVideo) {
    showing.rewound = false
    showing.plays++
  }
  if (now.attended) showing.reachedS = Math.max(showing.reachedS, last?.attended ? toS : 0, now.positionS)
  return { last, playedS: videoS, jumped }
}

/** Returns the properties that all video facts share. */
export function videoFactBase(
  showing: Showing,
  { source, provider, ignored, positionS, durationS, live, visible, silent }: Look,
): VideoFactBase {
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
 * Follows a video without controlling it; `see` receives each check. `options` are read at each event. `page` is the
 * page scope in which the video is shown: a video that outlives its page, and is played again from its beginning,
 * starts a new showing.
 */
export function observePlayback(
  element: MediaElement,
  options: () => ShowingOptions,
  memory: PlaybackMemory,
  see: (showing: Showing, now: Look, step: Step) => void,
): { readonly look: (event?: Event) => void; readonly stop: () => void } {
  const { ownerDocument } = element
  const events = EVENTS.split(' ')
  let inView = typeof IntersectionObserver === 'undefined'
  let last: Look | undefined

  const look = contained((event?: Event) => {
    // A position that is missing for a moment is no jump to the beginning.
    if (last?.positionS && !Number.isFinite(element.currentTime)) return
    const current = options()
    const { name, page, key } = current
    const seen = lookAt(element, current, { inView, type: event?.type })
    const now = event?.type === 'timeupdate' && playsOn(last, seen) ? { ...seen, playing: true } : seen
    let { showing } = memory
    const still = showing?.name === name && isStill(showing, last, now, { key, type: event?.type })
    if (showing && still === undefined) {
      // Time played before the URL changed belongs to the previous video.
      if (last?.source !== now.source) advance(showing, last, { ...now, playing: false, durationS: 0 })
      last = now
      return
    }
    if (!(showing && still)) {
      // The new video may have been playing before this was known.
      if (last?.source !== now.source || last.source === showing?.source) last = undefined
      showing = newShowing(current, 0)
      if (last) advance(showing, undefined, last)
    }
    const { plays } = showing
    const step = advance(showing, last, now)
    if (showing.plays > plays && showing.page !== page) showing = newShowing(current, 1)
    showing.key ??= key
    showing.source = now.source || showing.source
    if (!now.blank) Object.assign(showing, { placeS: now.positionS, durationS: now.durationS })
    const first = showing.autoplay === undefined
    if (!now.paused && (first || last?.paused)) {
      // Browsers always honor the attribute for muted videos: a recent click led to the page, and was not on the video.
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
