/** How much of an element is in view. */
export interface Sight {
  /** Of what can be seen of it at once, on the worse axis, 0-1: all that fits is 1, also of a tall element. */
  readonly share: number
  /** Of its area, 0-1. */
  readonly ratio: number
  /** The part in view, in the coordinates of its document. */
  readonly rect: DOMRectReadOnly | undefined
}

type Tell = (sight: Sight) => void
type Stop = () => void

interface Watch {
  readonly tells: Set<Tell>
  /** While it has no box of its own (`display: contents`). */
  stopChildren: Stop | undefined
}

export const UNSEEN: Sight = { share: 0, ratio: 0, rect: undefined }

const watches = new Map<Element, Watch>()
/** One for all elements of the page. */
let observer: IntersectionObserver | undefined
let resizes: ResizeObserver | undefined

/** An element that is observed anew gets an entry at once. */
function observeAnew(element: Element): void {
  observer ??= new IntersectionObserver((entries) => entries.forEach(look), {
    // From one to the next 3 % less, down to what a viewport is of something 4,000 times as large.
    threshold: Array.from({ length: 288 }, (_, step) => 2 ** (-step / 24)),
  })
  observer.unobserve(element)
  observer.observe(element)
}

function look(entry: IntersectionObserverEntry): void {
  const { target, isIntersecting, boundingClientRect: box, intersectionRect: rect } = entry
  const watch = watches.get(target)
  if (!watch) return
  const tellAll: Tell = (sight) => watch.tells.forEach((tell) => tell(sight))
  const hasBox = box.width * box.height > 0
  if (!(hasBox || isIntersecting) && getComputedStyle(target).display === 'contents') {
    watch.stopChildren ??= watchChildren(target, tellAll)
    return
  }
  watch.stopChildren?.()
  watch.stopChildren = undefined
  if (hasBox && isIntersecting) {
    const { width, height } = most(target, entry)
    tellAll({
      share: Math.min(rect.width / width, rect.height / height, 1),
      ratio: entry.intersectionRatio,
      rect,
    })
    return
  }
  tellAll(UNSEEN)
  // In view without an area: it counts as wholly in view already, so that nobody hears when it grows.
  if (isIntersecting) {
    resizes ??= new ResizeObserver((sizes) => sizes.forEach(onResize))
    resizes.observe(target)
  }
}

function onResize({ target, contentRect }: ResizeObserverEntry): void {
  const watch = watches.get(target)
  if (!(watch && contentRect.width && contentRect.height)) return
  resizes?.unobserve(target)
  observeAnew(target)
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

function parentOf(element: Element): Element | undefined {
  return element.parentElement ?? (element.getRootNode() as Partial<ShadowRoot>).host
}

/** The child that is seen best speaks for all. */
function watchChildren(parent: Element, tell: Tell): Stop {
  let stops: readonly Stop[] = []
  const stopAll = () => stops.forEach((stop) => stop())
  const follow = () => {
    stopAll()
    const sights = new Map<Element, Sight>()
    stops = [...parent.children].map((child) =>
      watchInView(child, (sight) => {
        sights.set(child, sight)
        tell([...sights.values()].reduce((best, next) => (next.share > best.share ? next : best), UNSEEN))
      }),
    )
    if (!stops.length) tell(UNSEEN)
  }
  const mutations = new MutationObserver(follow)
  mutations.observe(parent, { childList: true })
  follow()
  return () => {
    mutations.disconnect()
    stopAll()
  }
}

/** Tells how much of an element is in view, at once and at each change, wherever it is moved. Hidden tabs are unknown. */
export function watchInView(element: Element, tell: Tell): Stop {
  const watch: Watch = watches.get(element) ?? { tells: new Set(), stopChildren: undefined }
  watches.set(element, watch)
  watch.tells.add(tell)
  observeAnew(element)
  return () => {
    watch.tells.delete(tell)
    if (watch.tells.size || watches.get(element) !== watch) return
    watches.delete(element)
    watch.stopChildren?.()
    resizes?.unobserve(element)
    observer?.unobserve(element)
  }
}
