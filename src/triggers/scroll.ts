import type { ScrollFacts } from '../plan/facts.ts'

export interface ScrollOptions {
  /** Says what is scrolled: `scroll_name`. Default `'page'`. */
  readonly name?: string | undefined
  /** Percent, 0 < percent ≤ 100. Default `[25, 50, 75, 90]`. */
  readonly marks?: readonly number[] | undefined
  /** Default `'content'`: what came into view, as GA4 has it. `'travel'`: of the way that can be scrolled. */
  readonly mode?: 'content' | 'travel' | undefined
  /** So long in view, and a screenful counts as read. Default 4,000 ms. */
  readonly readMs?: number | undefined
}

export interface ScrollReport {
  readonly fact: keyof ScrollFacts
  /** `page:90`. */
  readonly factKey: string
  readonly payload: ScrollFacts['depth']
}

/** Hand it to the next observer of the same page, and that one goes on where this one stopped. */
export interface ScrollMemory {
  told?: Set<number>
  /** What the visitor has scrolled through, in px of the content. */
  fromPx?: number
  toPx?: number
  /** Time in view of each screenful, of the size that a screenful had at first. */
  screensMs?: number[]
  screenPx?: number
}

interface Place {
  readonly topPx: number
  /** Of what is in view. */
  readonly viewPx: number
  readonly contentPx: number
}

const DEFAULT_MARKS: readonly number[] = [25, 50, 75, 90]
const INPUTS = ['wheel', 'touchmove', 'keydown', 'pointerdown']
/** Positions are rounded, and zoomed pages end between pixels. */
const TOLERANCE_PX = 1
const passive = { capture: true, passive: true }

const percentOf = (part: number, whole: number) =>
  whole > 0 ? Math.min(100, Math.max(0, Math.round((100 * part) / whole))) : 100

/** Adds a time in view to each screenful, by the share of it that was in view. */
export function addReading(screensMs: number[], screenPx: number, place: Place, ms: number): void {
  const bottomPx = Math.min(place.topPx + place.viewPx, place.contentPx)
  for (let screen = Math.max(0, Math.floor(place.topPx / screenPx)); screen * screenPx < bottomPx; screen++) {
    const startPx = screen * screenPx
    const endPx = Math.min(startPx + screenPx, place.contentPx)
    const seenPx = Math.min(endPx, bottomPx) - Math.max(startPx, place.topPx)
    if (seenPx > 0) screensMs[screen] = (screensMs[screen] ?? 0) + (ms * seenPx) / (endPx - startPx)
  }
}

/**
 * Reports each mark once, in order, also when a jump passes several. `element` is a scroll container, or the root element
 * for the page. Nothing is reported before the visitor scrolls: where a page was restored to, or a fragment led, is where
 * scrolling begins, and what lies above counts when it comes into view.
 */
export function observeScroll(
  element: Element,
  options: () => ScrollOptions,
  report: (fact: ScrollReport) => void,
  memory: ScrollMemory = {},
): () => void {
  const page = element.ownerDocument
  const isPage = element === page.documentElement
  const source = isPage ? page : element
  const scrolled = () => (isPage && page.scrollingElement) || element
  const placeNow = (): Place => {
    const { scrollTop, clientHeight, scrollHeight } = scrolled()
    return { topPx: scrollTop, viewPx: clientHeight, contentPx: scrollHeight }
  }
  const isVisible = () => page.visibilityState === 'visible'
  let last = placeNow()
  let sinceMs = performance.now()
  let visible = isVisible()
  let acted = memory.toPx !== undefined

  /** The time since the last call belongs to what was in view. */
  function settle(): void {
    const nowMs = performance.now()
    if (visible && last.viewPx > 0) {
      memory.screenPx ??= last.viewPx
      memory.screensMs ??= []
      addReading(memory.screensMs, memory.screenPx, last, nowMs - sinceMs)
    }
    sinceMs = nowMs
    visible = isVisible()
  }

  function onInput(): void {
    acted = true
  }

  function onScroll(): void {
    settle()
    const before = last
    last = placeNow()
    if (!acted || last.viewPx === 0) return
    memory.fromPx = Math.min(memory.fromPx ?? before.topPx, last.topPx)
    memory.toPx = Math.max(memory.toPx ?? before.topPx + before.viewPx, last.topPx + last.viewPx)
    tell(memory.fromPx, memory.toPx)
  }

  function tell(fromPx: number, toPx: number): void {
    const { name = 'page', marks = DEFAULT_MARKS, mode, readMs = 4_000 } = options()
    const { viewPx, contentPx } = last
    const [wholePx, reachedPx] = mode === 'travel' ? [contentPx - viewPx, toPx - viewPx] : [contentPx, toPx]
    memory.told ??= new Set()
    const { told, screensMs = [], screenPx = viewPx } = memory
    const passed = marks
      .filter((mark) => {
        const markPx = (wholePx * mark) / 100
        const inside = markPx >= fromPx - TOLERANCE_PX && markPx <= reachedPx + TOLERANCE_PX
        return mark > 0 && inside && !told.has(mark)
      })
      .sort((a, b) => a - b)
    const screens = Math.max(1, Math.ceil((toPx - TOLERANCE_PX) / screenPx))
    const read = screensMs.filter((ms) => ms >= readMs).length
    for (const mark of passed) {
      told.add(mark)
      report({
        fact: 'depth',
        factKey: `${name}:${mark}`,
        payload: {
          percent_scrolled: mark,
          scroll_name: name,
          content_percent: percentOf(toPx, contentPx),
          travel_percent: percentOf(toPx - viewPx, contentPx - viewPx),
          screens,
          read_percent: percentOf(read, screens),
          reading: read * 2 >= screens ? 'reader' : 'skimmer',
        },
      })
    }
  }

  for (const input of INPUTS) page.addEventListener(input, onInput, passive)
  source.addEventListener('scroll', onScroll, { passive: true })
  page.addEventListener('visibilitychange', settle)
  return () => {
    settle()
    for (const input of INPUTS) page.removeEventListener(input, onInput, passive)
    source.removeEventListener('scroll', onScroll)
    page.removeEventListener('visibilitychange', settle)
  }
}
