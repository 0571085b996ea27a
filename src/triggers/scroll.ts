import type { ScrollFacts } from '../plan/facts.ts'
import { type Duration, msOr } from '../support/duration.ts'
import { aroundAndSelf, hostOf } from '../support/host-of.ts'
import { heightOf } from '../support/page-height.ts'
import { contained } from './contained.ts'
import { pathOf } from './event-path.ts'
import { gesturesOf } from './gestures.ts'
import { documentScrolls, isThePage, rootOf, scrollerOf, scrolls, TOLERANCE_PX } from './scrollers.ts'

/** Options of `useScrollDepth`. */
export interface ScrollOptions {
  /** Name of the content, reported as `scroll_name`. Default `'page'`. */
  readonly name?: string | undefined
  /** Depths to report in percent, 0 < percent ≤ 100. Default `[25, 50, 75, 90]`. */
  readonly marks?: readonly number[] | undefined
  /**
   * Reference of the percentage. `'content'`: the content that came into view, as in GA4. `'travel'`: the scrollable
   * distance. Default `'content'`.
   */
  readonly mode?: 'content' | 'travel' | undefined
  /** Time in view after which a screenful counts as read. Default `'4s'`. */
  readonly read?: Duration | undefined
}

export interface ScrollReport {
  readonly fact: keyof ScrollFacts
  /** Name and mark: `page:90`. */
  readonly factKey: string
  readonly payload: ScrollFacts['depth']
}

/** State to pass to the next observer of the same page, which then continues where this one stopped. */
export interface ScrollMemory {
  told?: Set<number>
  /** Range that the user has scrolled through, in px of the content. */
  fromPx?: number
  toPx?: number
  /** Time in view of each screenful, in ms. The size of a screenful is the one that was first measured. */
  screensMs?: number[]
  screenPx?: number
  /** Time at which the page began, by `performance.now()`, and the number of gestures that began earlier. */
  sinceMs?: number
  gestures?: number
  /** True once the page has left the scroll position of the previous page. */
  arrived?: boolean
  /** Element of an app shell that scrolls instead of the document. */
  shell?: Element
}

interface Place {
  readonly topPx: number
  /** Height of the visible part, in px. */
  readonly viewPx: number
  readonly contentPx: number
}

interface Position extends Place {
  /** Scroll position of the scroll container itself, in px. */
  readonly scrollPx: number
}

const DEFAULT_MARKS: readonly number[] = [25, 50, 75, 90]
const READ_MS = 4_000
/** Maximum time that a router takes to scroll a new page to its position. */
const ARRIVAL_MS = 1_000
const passive = { capture: true, passive: true }
/** Last scroll position of each element. An element without an entry is at its top. */
const tops = new WeakMap<Element, number>()

const percentOf = (part: number, whole: number) =>
  whole > 0 ? Math.min(100, Math.max(0, Math.round((100 * part) / whole))) : 100

/** Adds time in view to each screenful, in proportion to the share of it that was visible. */
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
 * Returns the scroll position of the element. `scroller` is the element itself, or the scroll container that moves it.
 */
function positionOf(element: Element, scroller: Element): Position {
  const { clientHeight: viewPx } = scroller
  const heightPx = heightOf(scroller)
  const scrollPx = Math.min(scroller.scrollTop, heightPx - viewPx)
  const root = element.ownerDocument.documentElement
  if (element === scroller || element === root)
    return { scrollPx, topPx: scrollPx, viewPx, contentPx: heightPx }
  const edgePx =
    scroller === rootOf(element.ownerDocument) ? 0 : scroller.getBoundingClientRect().top + scroller.clientTop
  const { top, height } = element.getBoundingClientRect()
  return { scrollPx, topPx: edgePx - top, viewPx, contentPx: height }
}

/**
 * Reports each mark once, in order, even if a jump passes several. `element` is a scroll container, content that is
 * scrolled by an outer container, or the root element for the page: the document, or in an app shell the first element
 * that the user scrolls and that is, contains or is inside `<main>`. `unclear` is called with an element that may be
 * the page.
 *
 * Nothing is reported before the user scrolls: a restored position, or the target of a fragment, is where scrolling
 * begins, and content above it counts when it comes into view. A gesture belongs to the page on which it began,
 * including its inertia. A page that opens at the scroll position of the previous page counts once it was moved to its
 * top, or after one second.
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

  /** Adds the time since the last call to the content that was in view. */
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
    // An app shell may scroll in a shadow tree, and the component that makes the tree may have loaded late.
    for (const each of pathOf(event) as readonly Node[]) if (hostOf(each)) listenIn(each)
    if (gestures.begun() === memory.gestures || acted) return
    acted = true
    // An app shell may have been scrolled before this observer began.
    if (!isPage || memory.shell || documentScrolls(page)) return
    for (const each of pathOf(event) as readonly Element[])
      if (each.scrollTop > 0 && !tops.has(each)) tops.set(each, each.scrollTop)
  })

  /** True if scrolling this element moves the observed one. */
  function follows(moved: Element): boolean {
    if (!isPage) return moved === scrollerOf(element)
    if (memory.shell?.isConnected && memory.shell === moved) return true
    if (moved === rootOf(page)) {
      if (!documentScrolls(page)) return false
      if (memory.shell) follow(undefined)
      return true
    }
    const fromPx = tops.get(moved) ?? 0
    tops.set(moved, moved.scrollTop)
    if (memory.shell?.isConnected || !acted || moved.scrollTop === fromPx) return false
    // While a modal locks the document, the document is still the page that the user has scrolled.
    if (!memory.shell && memory.toPx !== undefined) return false
    if (documentScrolls(page) || !scrolls(moved)) return false
    const found = isThePage(moved)
    if (found === 'maybe') unclear(moved)
    if (found !== true) return false
    follow(moved)
    last = { ...last, topPx: fromPx, scrollPx: fromPx }
    return true
  }

  /** Switches to another scroll container, and discards the depth in the previous one. */
  function follow(shell: Element | undefined): void {
    if (shell) memory.shell = shell
    else delete memory.shell
    delete memory.fromPx
    delete memory.toPx
    last = positionOf(element, scroller())
  }

  /**
   * Returns false while the page is still at the scroll position of the previous page, which the user did not scroll
   * to.
   */
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
    const { name = 'page', marks = DEFAULT_MARKS, mode, read: readTime } = options()
    const readMs = msOr(READ_MS, readTime)
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

  const trees = new Set<Node>()
  /** Listens in a tree: scroll events inside a shadow tree are only dispatched there. */
  function listenIn(tree: Node): void {
    trees.add(tree)
    tree.addEventListener('scroll', onScroll, passive)
  }

  listenIn(page)
  for (const each of aroundAndSelf(memory.shell ?? element)) listenIn(each.getRootNode())
  const stopGestures = gestures.listen(onInput)
  page.addEventListener('visibilitychange', onTab)
  return () => {
    settle()
    stopGestures()
    for (const tree of trees) tree.removeEventListener('scroll', onScroll, passive)
    page.removeEventListener('visibilitychange', onTab)
  }
}
