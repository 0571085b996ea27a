/** Replaces `IntersectionObserver` in an environment without layout: it reports the elements that a test shows. */
class ShownObserver implements IntersectionObserver {
  static readonly all = new Set<ShownObserver>()
  readonly root = null
  readonly rootMargin = '0px'
  readonly scrollMargin = '0px'
  readonly thresholds = [0]
  readonly #callback: IntersectionObserverCallback
  readonly #observed = new Set<Element>()

  constructor(callback: IntersectionObserverCallback) {
    this.#callback = callback
    ShownObserver.all.add(this)
  }

  get observed(): ReadonlySet<Element> {
    return this.#observed
  }

  observe(element: Element): void {
    this.#observed.add(element)
    // A browser reports a newly observed element without waiting for a change.
    queueMicrotask(() => {
      if (this.#observed.has(element)) this.tell(element, shares.get(element) ?? 0)
    })
  }

  unobserve(element: Element): void {
    this.#observed.delete(element)
  }

  disconnect(): void {
    this.#observed.clear()
  }

  takeRecords(): IntersectionObserverEntry[] {
    return []
  }

  tell(target: Element, ratio: number): void {
    const box = rectangle(WIDTH_PX, HEIGHT_PX)
    const entry: IntersectionObserverEntry = {
      target,
      isIntersecting: ratio > 0,
      intersectionRatio: ratio,
      boundingClientRect: box,
      intersectionRect: rectangle(ratio > 0 ? WIDTH_PX : 0, HEIGHT_PX * ratio),
      rootBounds: rectangle(1_280, 720),
      time: performance.now(),
    }
    this.#callback([entry], this)
  }
}

const WIDTH_PX = 100
const HEIGHT_PX = 100

function rectangle(width: number, height: number): DOMRectReadOnly {
  const edges = { x: 0, y: 0, top: 0, left: 0, right: width, bottom: height, width, height }
  return { ...edges, toJSON: () => edges }
}

/** Share of each element that is in view, 0-1. */
const shares = new WeakMap<Element, number>()

/** Returns whether intersections are never reported: jsdom has no class, and that of happy-dom reports none. */
const isBlind = () => typeof IntersectionObserver === 'undefined' || 'happyDOM' in globalThis

/** Installs `ShownObserver` in jsdom and happy-dom. A browser keeps its own observer. */
export function installObserver(): void {
  if (!isBlind() || isInstalled()) return
  Object.defineProperty(globalThis, 'IntersectionObserver', {
    value: ShownObserver,
    configurable: true,
    writable: true,
  })
}

export const isInstalled = () => (globalThis.IntersectionObserver as unknown) === ShownObserver

/**
 * Reports the share `ratio` (0-1; 0 is out of view) for all observed elements in `element`, itself included; if there are none,
 * for its nearest observed ancestor. Returns whether it found an observed element.
 */
export function showElement(element: Element, ratio: number): boolean {
  const observed = [...ShownObserver.all].flatMap((observer) => [...observer.observed])
  const inside = observed.filter((each) => element.contains(each))
  let around: Element | null = element
  while (around && inside.length === 0 && !observed.includes(around)) around = around.parentElement
  const shown = inside.length > 0 ? inside : around ? [around] : []
  for (const each of new Set(shown)) {
    shares.set(each, ratio)
    for (const observer of ShownObserver.all) if (observer.observed.has(each)) observer.tell(each, ratio)
  }
  return shown.length > 0
}
