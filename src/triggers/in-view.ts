import { contained } from './contained.ts'
import { createSwitch, onTransitionEnd, parentOf, whileUnseen } from './painted.ts'

/** Part of an element, or of a child of one without a box, that is in view. */
export interface Sight {
  readonly element: Element
  /** Of what can be seen of it at once, on the worse axis, 0-1: all that fits is 1, also of a tall element. */
  readonly share: number
  /** Of its area, 0-1. */
  readonly ratio: number
  /** The part in view, in the coordinates of its document. */
  readonly rect: DOMRectReadOnly
  /** All of it, when it was in view so. */
  readonly box: DOMRectReadOnly
}

/** Empty: nothing is in view. Several: children of an element without a box (`display: contents`). */
type Tell = (sights: readonly Sight[]) => void
type Stop = () => void

interface Watch {
  readonly tells: Set<Tell>
  readonly look: (entry: IntersectionObserverEntry) => void
  /** While it has no box of its own. */
  readonly followChildren: (on: boolean) => void
  /** While it is in view without an area. */
  readonly followGrowth: (on: boolean) => void
}

const watches = new Map<Element, Watch>()
/** One for all elements of the page. */
let observer: IntersectionObserver | undefined

function sharedObserver(): IntersectionObserver {
  observer ??= new IntersectionObserver(
    (entries) => entries.forEach((entry) => watches.get(entry.target)?.look(entry)),
    // From one to the next 3 % less, down to what a viewport is of something 4,000 times as large.
    { threshold: Array.from({ length: 288 }, (_, step) => 2 ** (-step / 24)) },
  )
  return observer
}

/** An element that is observed anew gets an entry at once. */
function observeAnew(element: Element): void {
  sharedObserver().unobserve(element)
  sharedObserver().observe(element)
}

const hasArea = ({ width, height }: DOMRectReadOnly) => width * height > 0

function createWatch(element: Element): Watch {
  const tells = new Set<Tell>()
  const tell: Tell = (sights) => tells.forEach((each) => each(sights))
  const watch: Watch = {
    tells,
    followChildren: createSwitch(() => watchChildren(element, tell)),
    followGrowth: createSwitch(() => watchGrowth(element)),
    look: contained((entry) => {
      const { isIntersecting, boundingClientRect: box } = entry
      const isContents = !(hasArea(box) || isIntersecting) && getComputedStyle(element).display === 'contents'
      watch.followGrowth(isIntersecting && !hasArea(box))
      watch.followChildren(isContents)
      if (!isContents) tell(isIntersecting && hasArea(box) ? [sightOf(entry)] : [])
    }),
  }
  return watch
}

function sightOf(entry: IntersectionObserverEntry): Sight {
  const { target: element, intersectionRatio: ratio, boundingClientRect: box, intersectionRect: rect } = entry
  const { width, height } = most(element, entry)
  return { element, share: Math.min(rect.width / width, rect.height / height, 1), ratio, box, rect }
}

let resizes: ResizeObserver | undefined
const onResize = new WeakMap<Element, (size: DOMRectReadOnly) => void>()

/** Without an area it counts as wholly in view already: the observer says nothing when it grows. */
function watchGrowth(element: Element): Stop {
  const look = () => {
    if (hasArea(element.getBoundingClientRect())) observeAnew(element)
  }
  const followTransform = createSwitch(() => {
    const stops = [whileUnseen(look), onTransitionEnd(element, look)]
    return () => stops.forEach((stop) => stop())
  })
  // The boxes of a line have no size to observe, and a transform (`scale(0)`) does not change it.
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

/** The most that can be seen of an element at once: the viewport, its frame or a scroll container may be smaller. */
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
  for (let outer = parentOf(element); outer; outer = parentOf(outer)) {
    if (outer === page || getComputedStyle(outer).overflow !== 'visible')
      within(outer.clientWidth, outer.clientHeight)
  }
  return { width, height }
}

/** Each child has a sight of its own. */
function watchChildren(parent: Element, tell: Tell): Stop {
  let stops: readonly Stop[] = []
  const stopAll = () => stops.forEach((stop) => stop())
  const follow = () => {
    stopAll()
    const sights = new Map<Element, readonly Sight[]>()
    stops = [...parent.children].map((child) =>
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

/** Tells how much of an element is in view, at once and at each change, wherever it is moved. Hidden tabs are unknown. */
export function watchInView(element: Element, tell: Tell): Stop {
  sharedObserver() // Throws if there is none, before anything has begun.
  const watch = watches.get(element) ?? createWatch(element)
  const told: Tell = contained(tell)
  watches.set(element, watch)
  watch.tells.add(told)
  observeAnew(element)
  return () => {
    watch.tells.delete(told)
    if (watch.tells.size || watches.get(element) !== watch) return
    watches.delete(element)
    watch.followChildren(false)
    watch.followGrowth(false)
    observer?.unobserve(element)
  }
}
