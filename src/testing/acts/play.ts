import { skipTime } from './pass-time.ts'

/** Options of `play`. */
export interface PlayOptions {
  /** Start position in seconds. Default: the element's `currentTime`. */
  readonly from?: number | undefined
  /** End position in seconds. Default: the end of the video. */
  readonly to?: number | undefined
  /** Duration in seconds, used if the element has none yet. Default 60. */
  readonly duration?: number | undefined
}

/** Interval of `timeupdate` events, in seconds of the video. */
const STEP_S = 0.25

/**
 * Simulates playback of a video or audio element from one position to another: sets the element's properties and dispatches the
 * events of a browser. The clock moves ahead without waiting. Works without media too (jsdom, happy-dom).
 *
 * @example
 * await tracking.play(video, { to: 30, duration: 60 })
 */
export async function play(
  element: HTMLMediaElement,
  { from, to, duration = 60 }: PlayOptions = {},
): Promise<void> {
  const wholeS = element.duration > 0 ? element.duration : duration
  const endS = Math.min(to ?? wholeS, wholeS)
  let placeS = from ?? element.currentTime ?? 0
  const show = (state: Partial<Record<keyof HTMLMediaElement, unknown>>, ...events: readonly string[]) => {
    for (const [name, value] of Object.entries(state))
      Object.defineProperty(element, name, { value, configurable: true, writable: true })
    for (const event of events) element.dispatchEvent(new Event(event))
  }
  show({ duration: wholeS, readyState: 4, currentTime: placeS, seeking: false }, 'loadedmetadata')
  show({ paused: false }, 'play', 'playing')
  while (placeS < endS) {
    const stepS = Math.min(STEP_S, endS - placeS)
    await skipTime((stepS * 1_000) / (element.playbackRate || 1))
    placeS += stepS
    show({ currentTime: placeS }, 'timeupdate')
  }
  show({ paused: true }, 'pause')
  if (endS === wholeS) show({ ended: true }, 'ended')
}
