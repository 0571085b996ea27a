import { aroundAndSelf } from '../support/host-of.ts'
import { contain, contained, faultHandler } from './contained.ts'
import { onTransitionEnd, switched, whileUnseen } from './painted.ts'

/** Visible part of an element, or of a child if only its children take up space. */
export interface Sight {
  readonly element: Element
  /**
   * Share of what can be visible at once, 0–1, on the worse axis. It is 1 when all that fits is visible, also for a
   * tall element.
   */
  readonly share: number
  /** Share of the element's area, 0–1. */
  readonly ratio: number
  /** The visible part, in coordinates of its document. */
  readonly rect: DOMRectReadOnly
  /** The whole element at the same moment. */
  readonly box: DOMRectReadOnly
}

/**
 * Receives the visible parts: none if nothing is in view, several for the children of an element that only they make
 * visible.
 */
type Tell = (sights: readonly Sight[]) => void
type Stop = () => void

const watches = new Map<Element, Watch>()
/** One observer for all elements of the page. */
let observer: IntersectionObserver | undefined

function sharedObserver(): IntersectionObserver {
  observer ??= new IntersectionObserver(
    (entries) => entries.forEach((entry) => watches.get(entry.target)?.look(entry)),
    // Each threshold is 3% below the previous one, down to the share of the viewport in something 4,000 times as large.
    { threshold: Array.from({ length: 288 }, (_, step) => 2 ** (-step / 24)) },
  )
  return observer
}

/** Observes the element again, which makes the observer deliver a new entry at once. */
function observeAnew(element: Element): void {
  sharedObserver().unobserve(element)
  sharedObserver().observe(element)
}

const hasArea = ({ width, height }: DOMRectReadOnly) => width * height > 0

/** One element that the shared observer observes. */
class Watch {
  readonly #element: Element
  readonly #onFault = faultHandler()
  #tells: readonly Tell[] = []
  /** Set while the element is seen by its children. */
  #children: Stop | undefined
  /** Set while the element is in view without an area. */
  #growth: Stop | undefined

  constructor(element: Element) {
    this.#element = element
  }

  add(tell: Tell): void {
    this.#tells = [...this.#tells, tell]
  }

  remove(tell: Tell): void {
    this.#tells = this.#tells.filter((other) => other !== tell)
    if (this.#tells.length > 0 || watches.get(this.#element) !== this) return
    watches.delete(this.#element)
    this.#follow(false, false)
    observer?.unobserve(this.#element)
  }

  look(entry: IntersectionObserverEntry): void {
    contain(this.#onFault, () => this.#look(entry))
  }

  #look(entry: IntersectionObserverEntry): void {
    const { isIntersecting, boundingClientRect: box } = entry
    const byChildren = !hasArea(box) && isSeenByChildren(this.#element)
    this.#follow(byChildren, isIntersecting && !hasArea(box))
    if (!byChildren) this.#tell(isIntersecting && hasArea(box) ? [sightOf(entry)] : [])
  }

  #follow(children: boolean, growth: boolean): void {
    const element = this.#element
    this.#growth = switched(this.#growth, growth, () => watchGrowth(element))
    this.#children = switched(this.#children, children, () =>
      watchChildren(element, (sights) => this.#tell(sights)),
    )
  }

  #tell(sights: readonly Sight[]): void {
    for (const tell of this.#tells) tell(sights)
  }
}

/**
 * True if only the children of an element take up space: it has no box (`display: contents`), or its box is empty
 * because they float or are positioned, and it does not hide what overflows.
 */
function isSeenByChildren(element: Element): boolean {
  const { display, overflow } = getComputedStyle(element)
  if (display === 'contents') return true
  const { offsetWidth = 1, offsetHeight = 1 } = element as Partial<HTMLElement>
  // A transform (`scale(0)`) makes the children disappear, too. Without a rectangle, the element is not displayed.
  const isEmpty = offsetWidth * offsetHeight === 0 && element.getClientRects().length > 0
  return isEmpty && overflow === 'visible' && element.childElementCount > 0
}

function sightOf(entry: IntersectionObserverEntry): Sight {
  const { target: element, intersectionRatio: ratio, boundingClientRect: box, intersectionRect: rect } = entry
  const { width, height } = most(element, entry)
  return { element, share: Math.min(rect.width / width, rect.height / height, 1), ratio, box, rect }
}

let resizes: ResizeObserver | undefined
const onResize = new WeakMap<Element, (size: DOMRectReadOnly) => void>()

/**
 * Watches an element without an area until it grows: the intersection observer already counts it as fully visible and
 * would not report the change.
 */
function watchGrowth(element: Element): Stop {
  const look = () => {
    if (hasArea(element.getBoundingClientRect())) observeAnew(element)
  }
  let transform: Stop | undefined
  const followTransform = (on: boolean) => {
    transform = switched(transform, on, () => {
      const stops = [whileUnseen(look), onTransitionEnd(element, look)]
      return () => stops.forEach((stop) => stop())
    })
  }
  // Inline boxes have no size to observe, and a transform (`scale(0)`) does not change the size.
  followTransform(getComputedStyle(element).display === 'inline')
  onResize.set(
    element,
    contained((size) => {
      if (hasArea(size)) followTransform(true)
      look()
    }),
  )
  resizes ??= new ResizeObserver((sizes) =>
    sizes.forEach(({ target, contentRect }) => onResize.get(target)?.(contentRect)),
  )
  resizes.observe(element)
  return () => {
    followTransform(false)
    resizes?.unobserve(element)
  }
}

/**
 * Returns the largest size that can be visible at once: the viewport, the frame or a scroll container may be smaller
 * than the element.
 */
function most(
  element: Element,
  { boundingClientRect: box, intersectionRect, rootBounds }: IntersectionObserverEntry,
) {
  let { width, height } = box
  if (intersectionRect.width >= width && intersectionRect.height >= height) return box
  const within = (roomWidth: number, roomHeight: number) => {
    width = Math.min(width, roomWidth || width)
    height = Math.min(height, roomHeight || height)
  }
  if (rootBounds) within(rootBounds.width, rootBounds.height)
  const page = element.ownerDocument.scrollingElement
  for (const outer of aroundAndSelf(element)) {
    const { overflow, position } = getComputedStyle(outer)
    if (outer !== element && (outer === page || overflow !== 'visible'))
      within(outer.clientWidth, outer.clientHeight)
    // What is around it does not clip it. This includes dialogs and popovers in the top layer.
    if (position === 'fixed') break
  }
  return { width, height }
}

/** Watches each child of an element that is seen by its children. */
function watchChildren(parent: Element, tell: Tell): Stop {
  let stops: readonly Stop[] = []
  const stopAll = () => stops.forEach((stop) => stop())
  const follow = () => {
    stopAll()
    const sights = new Map<Element, readonly Sight[]>()
    stops = [...parent.querySelectorAll(':scope > *')].map((child) =>
      watchInView(child, (ofChild) => {
        sights.set(child, ofChild)
        tell([...sights.values()].flat())
      }),
    )
    if (!stops.length) tell([])
  }
  const mutations = new MutationObserver(contained(follow))
  mutations.observe(parent, { childList: true })
  follow()
  return () => {
    mutations.disconnect()
    stopAll()
  }
}

/**
 * Reports how much of an element is in view, initially and after each change, even if it is moved. Hidden tabs are not
 * taken into account.
 */
export function watchInView(element: Element, tell: Tell): Stop {
  const all = sharedObserver() // Throws if the browser has none, before anything has begun.
  const known = watches.get(element)
  const watch = known ?? new Watch(element)
  const told: Tell = contained(tell)
  watches.set(element, watch)
  watch.add(told)
  if (known) observeAnew(element)
  else all.observe(element)
  return () => watch.remove(told)
}
