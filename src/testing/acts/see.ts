import { type Duration, durationMs } from '../../support/duration.ts'
import { isInstalled, showElement } from './observer.ts'
import { passTime } from './pass-time.ts'
import { scrollToShare } from './scroll-to-share.ts'

/** Options of `see`. */
export interface SeeOptions {
  /** Share of the element that is in view, 0-1. Default 1. A real browser shows what fits of an element larger than its window. */
  readonly ratio?: number | undefined
  /** Time in view. Default `'1s'`, which an impression needs. */
  readonly for?: Duration | undefined
}

/** Timers may fire some ms early, compared with `performance.now()`. */
const MARGIN_MS = 20

/**
 * Brings an element into view for some time. A real browser scrolls to it; it rejects if the page cannot be scrolled so that only
 * `ratio` is in view. Without layout (jsdom, happy-dom) a simulated `IntersectionObserver` reports it, then reports it as out of
 * view; there it rejects if the element is not observed.
 */
export async function see(element: Element, { ratio = 1, for: time = '1s' }: SeeOptions = {}): Promise<void> {
  // A component that has just mounted starts to observe in a microtask.
  await undefined
  const ms = durationMs(time) + MARGIN_MS
  if (!isInstalled()) {
    scrollToShare(element, ratio)
    return passTime(ms)
  }
  if (!showElement(element, ratio))
    throw new Error(
      'Nothing observes this element, nor anything in or around it. Wrap it in <Impression>, or give it the ref of useImpression or useDwell, and render it with renderWithTracking.',
    )
  await passTime(ms)
  showElement(element, 0)
}
