import { attempt } from '../support/attempt.ts'
import { isPainted } from './painted.ts'
import { type Moment, type Spans, unionOf } from './watched-spans.ts'

/** Options for what is read from a player. */
export interface LookOptions {
  /** Reported as GA4's `video_provider`. Default `'html5'`. */
  readonly provider?: string | undefined
  /**
   * Marks a live stream, which is not reported in percent. Set it where the player hides a live stream behind a growing
   * duration, as hls.js does without `liveDurationInfinity`. Default: true if the duration is infinite.
   */
  readonly live?: boolean | undefined
  /**
   * Ranges that are not part of the video, such as inserted ads, in seconds of `currentTime`: `[[0, 15]]`. They count
   * neither as watched nor towards the duration. Default: none.
   */
  readonly ignore?: Spans | undefined
}

/** The properties that are read from a `<video>`, an `<audio>`, or a custom element with the same interface. */
export type MediaElement = Element &
  Pick<HTMLMediaElement, 'currentSrc' | 'currentTime' | 'duration' | 'paused' | 'seeking' | 'readyState'> &
  Pick<HTMLMediaElement, 'playbackRate' | 'muted' | 'volume' | 'autoplay'> &
  Partial<Pick<HTMLMediaElement, 'played'>>

export interface Look extends Moment {
  /** URL; empty while unknown, and for a video without a URL of its own. */
  readonly source: string
  readonly provider: string
  /** True while nothing is known of the video, as while its player changes to another address. */
  readonly blank: boolean
  readonly ignored: Spans
  /** True outside ignored ranges. */
  readonly inVideo: boolean
  /** Duration in seconds; 0 while unknown, and for a live stream. */
  readonly durationS: number
  readonly live: boolean
  readonly silent: boolean
  /** True if part of the video is in the viewport of a visible tab, and it is not transparent. */
  readonly visible: boolean
  /** True if the tab is visible, or the video is in picture-in-picture or audible. */
  readonly attended: boolean
}

/** Some players report 2^32 for an infinite duration. */
const ENDLESS_S = 2 ** 32

/**
 * Returns the URL of the video. The source of a stream is a `blob:` URL, but the custom element around it may know the
 * real one.
 */
function addressOf(element: MediaElement): string {
  const known = [element.currentSrc, element.getAttribute('src')]
  return known.find((each) => each && !/^\s*(blob|data):/i.test(each)) ?? ''
}

/** The browser's own ranges only: a player's library guesses its own from the positions, and knows no jump without a seek. */
const playedBy = ({ played }: MediaElement): Spans =>
  played && Object.prototype.toString.call(played) === '[object TimeRanges]'
    ? Array.from({ length: played.length }, (_, index) => [played.start(index), played.end(index)] as const)
    : []

/** `inView`: part of it is in the viewport. `type`: of the event that is the occasion. */
export function lookAt(
  element: MediaElement,
  { provider = 'html5', ignore = [], live = false }: LookOptions,
  { inView, type }: { readonly inView: boolean; readonly type: string | undefined },
): Look {
  const page = element.ownerDocument
  const tabVisible = page.visibilityState === 'visible'
  const root = element.getRootNode() as Document | ShadowRoot
  const inPicture = element.contains(root.pictureInPictureElement)
  const paused = element.paused !== false // A custom element has no value before its upgrade.
  // After `currentTime` is set and before its event fires, other events already read the new position.
  const seeking = element.seeking || type === 'seeking'
  const playing = !(paused || seeking || element.readyState < 3)
  const positionS = element.currentTime || 0
  const silent = element.muted || element.volume === 0
  const endless = live || element.duration >= ENDLESS_S
  return {
    source: addressOf(element),
    provider,
    blank: element.readyState === 0,
    ignored: unionOf(ignore),
    inVideo: !ignore.some(([fromS, toS]) => fromS <= positionS && positionS < toS),
    atMs: performance.now(),
    positionS,
    // Custom elements may say -1 while it is unknown.
    durationS: !endless && element.duration > 0 ? element.duration : 0,
    live: endless,
    // Without a number no jump would be noticed.
    rate: Number.isFinite(element.playbackRate) ? element.playbackRate : 1,
    paused,
    seeking,
    playing,
    played: attempt(() => playedBy(element)) ?? [],
    silent,
    visible: tabVisible && inView && attempt(() => isPainted(element)) !== false,
    attended: tabVisible || inPicture || !silent,
  }
}
