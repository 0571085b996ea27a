import type { ScrollFacts } from '../plan/facts.ts'
import { contained } from './contained.ts'
import { pathOf } from './event-path.ts'
import { gesturesOf } from './gestures.ts'
import { documentScrolls, isThePage, rootOf, scrollerOf, scrolls, TOLERANCE_PX } from './scrollers.ts'

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
  /** Time at which the page began, by `performance.now()`, and the number of gestures begun before. */
  sinceMs?: number
  gestures?: number
  /** The page is no longer where the page before was scrolled to. */
  arrived?: boolean
  /** Element of an app shell that scrolls in place of the document. */
  shell?: Element
}

interface Place {
  readonly topPx: number
  /** Of what is in view. */
  readonly viewPx: number
  readonly contentPx: number
}

interface Position extends Place {
  /** Scroll position of the scroller itself. */
  readonly scrollPx: number
}

const DEFAULT_MARKS: readonly number[] = [25, 50, 75, 90]
/** So long a router may take to scroll a new page to its place. */
const ARRIVAL_MS = 1_000
const passive = { capture: true, passive: true }
/** Last scroll position of each element. An element without one is at its top. */
const tops = new WeakMap<Element, number>()

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
 * Returns the depth at which the element is in view. `scroller` is the element itself, or the one that moves
 * it.
 */
function positionOf(element: Element, scroller: Element): Position {
  const { scrollTop: scrollPx, clientHeight: viewPx, scrollHeight } = scroller
  const root = element.ownerDocument.documentElement
  if (element === scroller || element === root)
    return { scrollPx, topPx: scrollPx, viewPx, contentPx: scrollHeight }
  const edgePx =
    scroller === rootOf(element.ownerDocument) ? 0 : scroller.getBoundingClientRect().top + scroller.clientTop
  const { top, height } = element.getBoundingClientRect()
  return { scrollPx, topPx: edgePx - top, viewPx, contentPx: height }
}

/**
 * Reports each mark once, in order, also when a jump passes several. `element` is a scroll container, content that is
 * scrolled by what is around it, or the root element for the page: the document, or in an app shell the first element that
 * the visitor scrolls and that is, contains or is inside `<main>`. `unclear` is called with one that may be the page.
 *
 * Nothing is reported before the visitor scrolls: where a page was restored to, or a fragment led, is where scrolling
 * begins, and what is above counts when it comes into view. A gesture belongs to the page on which it began, with its
 * inertia; and a page that opens where the page before was scrolled to counts once it was moved to its top, or after a
 * second.
 */
export function observeScroll(
  element: Element,
  options: () => ScrollOptions,
  report: (fact: ScrollReport) => void,
  memory: ScrollMemory = {},
  unclear: (scroller: Element) => void = () => {},
): () => void {
  const page = element.ownerDocument
  const isPage = element === page.documentElement
  const gestures = gesturesOf(page)
  memory.gestures ??= gestures.begun()
  memory.sinceMs ??= performance.now()
  const scroller = () => (isPage ? (memory.shell ?? rootOf(page)) : scrollerOf(element))
  const isVisible = () => page.visibilityState === 'visible'
  let last = positionOf(element, scroller())
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

  const onInput = contained((event: Event) => {
    if (gestures.begun() === memory.gestures || acted) return
    acted = true
    // An app shell may have been scrolled before this observer began.
    if (!isPage || memory.shell || documentScrolls(page)) return
    for (const each of pathOf(event) as readonly Element[])
      if (each.scrollTop > 0 && !tops.has(each)) tops.set(each, each.scrollTop)
  })

  /** True if its scrolling moves the observed element. */
  function follows(moved: Element): boolean {
    if (!isPage) return moved === scrollerOf(element)
    if (memory.shell?.isConnected && memory.shell === moved) return true
    if (moved === rootOf(page)) {
      if (memory.shell) follow(undefined)
      return true
    }
    const fromPx = tops.get(moved) ?? 0
    tops.set(moved, moved.scrollTop)
    if (memory.shell?.isConnected || !acted || moved.scrollTop === fromPx) return false
    if (documentScrolls(page) || !scrolls(moved)) return false
    const found = isThePage(moved)
    if (found === 'maybe') unclear(moved)
    if (found !== true) return false
    follow(moved)
    last = { ...last, topPx: fromPx, scrollPx: fromPx }
    return true
  }

  /** Depths of another scroller are none of this one. */
  function follow(shell: Element | undefined): void {
    if (shell) memory.shell = shell
    else delete memory.shell
    delete memory.fromPx
    delete memory.toPx
    last = positionOf(element, scroller())
  }

  /** Not while the page is where the page before was left: that is not the visitor's way. */
  function hasArrived(before: Position): boolean {
    const { arrived, sinceMs: beganMs = 0 } = memory
    if (arrived) return true
    const isAtHome = before.scrollPx <= TOLERANCE_PX || performance.now() - beganMs > ARRIVAL_MS
    if (isAtHome || last.scrollPx <= TOLERANCE_PX) memory.arrived = true
    return isAtHome
  }

  const onScroll = contained(({ target }: Event) => {
    const moved = target === page ? rootOf(page) : (target as Element)
    if (!follows(moved)) return
    settle()
    const before = last
    last = positionOf(element, scroller())
    if (isPage) tops.set(moved, last.scrollPx)
    if (!hasArrived(before) || !acted || last.viewPx === 0) return
    memory.fromPx = Math.min(memory.fromPx ?? before.topPx, last.topPx)
    memory.toPx = Math.max(memory.toPx ?? before.topPx + before.viewPx, last.topPx + last.viewPx)
    tell(memory.fromPx, memory.toPx)
  })

  function tell(fromPx: number, toPx: number): void {
    const { name = 'page', marks = DEFAULT_MARKS, mode, readMs = 4_000 } = options()
    const { viewPx, contentPx } = last
    const [wholePx, reachedPx] =
      mode === 'travel' ? [Math.max(0, contentPx - viewPx), toPx - viewPx] : [contentPx, toPx]
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

  const onTab = contained(settle)

  // Scrolling inside of a shadow tree is heard of there alone.
  const sources = new Set<Node>([element.getRootNode(), page])
  const stopGestures = gestures.listen(onInput)
  for (const source of sources) source.addEventListener('scroll', onScroll, passive)
  page.addEventListener('visibilitychange', onTab)
  return () => {
    settle()
    stopGestures()
    for (const source of sources) source.removeEventListener('scroll', onScroll, passive)
    page.removeEventListener('visibilitychange', onTab)
  }
}
