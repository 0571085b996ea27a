import type { VisibilityFacts } from '../plan/facts.ts'
import { type Duration, msOr } from '../support/duration.ts'
import { contained } from './contained.ts'
import { type Sight, watchInView } from './in-view.ts'
import { isPainted, isTransparent, onTransitionEnd, switched, whileUnseen } from './painted.ts'

/** Options for tracking how long an element is in view. */
export interface VisibilityOptions {
  /** Name of the element, reported as `element_name`. */
  readonly name: string
  /** Distinguishes elements of the same name, for example by the id of a product. */
  readonly itemKey?: string | undefined
  /**
   * Share of the element that must be in view, 0–1, on each axis, relative to the smaller of element and viewport.
   * Default 0.5.
   */
  readonly visibleRatio?: number | undefined
  /**
   * Time in view, without interruption and in a visible tab, after which the element counts as seen. Default `'1s'`.
   */
  readonly dwell?: Duration | undefined
  /** Adds up separate times in view to reach `dwell`. Default false. */
  readonly cumulative?: boolean | undefined
  /**
   * Requires that nothing covers the element meanwhile, checked five times within `dwell`. Default false: banners on
   * top of it are ignored.
   */
  readonly unobstructed?: boolean | undefined
}

export type VisibilityReport = {
  readonly [F in keyof VisibilityFacts]: {
    readonly fact: F
    /** Name, and `itemKey` if there is one: `hero`, `product:17`. */
    readonly factKey: string
    readonly payload: VisibilityFacts[F]
  }
}[keyof VisibilityFacts]

interface Dwell {
  ms: number
  longestMs: number
  views: number
  /** Largest visible share, 0–1. */
  ratio: number
}

/** State to pass to the next observer of the same element, which then continues where this one stopped. */
export interface VisibilityMemory {
  viewed?: boolean
  /** Time in view towards the impression, in ms. */
  earlierMs?: number
  /** Dwell that is not reported yet. */
  dwell?: Dwell | undefined
  observers?: number
}

/** Tolerance, because boxes may end between pixels. */
const TOLERANCE = 0.005
const DWELL_MS = 1_000
const SAMPLES = [1 / 6, 1 / 2, 5 / 6]

const rounded = (value: number) => Math.round(value * 100) / 100

/** True if something else covers most of the element. Covers that let the pointer through are not detected. */
function isCovered({ element, box, rect }: Sight): boolean {
  const root = element.getRootNode() as Document | ShadowRoot
  // It may have been scrolled without a change in how much of it is clipped.
  const now = element.getBoundingClientRect()
  const [left, top] = [now.x + rect.x - box.x, now.y + rect.y - box.y]
  const free = SAMPLES.flatMap((x) =>
    SAMPLES.filter((y) => {
      const there = root.elementFromPoint(left + rect.width * x, top + rect.height * y)
      return there && (element.contains(there) || there.contains(element))
    }),
  )
  return free.length < 5 // of nine
}

/** Observes one element. An object without functions of its own, because a page may have thousands of them. */
class Visibility {
  readonly #element: Element
  readonly #options: () => VisibilityOptions
  readonly #report: (fact: VisibilityReport) => void
  readonly #memory: VisibilityMemory
  readonly #unwatch: () => void
  #sights: readonly Sight[] = []
  /** Last visible part. */
  #seen: Sight | undefined
  /** Time since which the element is visible; undefined while it is not. */
  #sinceMs: number | undefined
  /** Time of the last check at which the element was visible. */
  #seenMs = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #onTab: (() => void) | undefined
  #transitionEnd: (() => void) | undefined
  #styleChange: (() => void) | undefined

  constructor(
    element: Element,
    options: () => VisibilityOptions,
    report: (fact: VisibilityReport) => void,
    memory: VisibilityMemory,
  ) {
    this.#element = element
    this.#options = options
    this.#report = report
    this.#memory = memory
    memory.observers = (memory.observers ?? 0) + 1
    this.#unwatch = watchInView(element, (sights) => this.#see(sights))
  }

  stop(pageEnds: boolean): void {
    const memory = this.#memory
    this.#unwatch()
    if (this.#onTab) this.#page.removeEventListener('visibilitychange', this.#onTab)
    this.#sights = []
    this.#look()
    memory.observers = (memory.observers ?? 1) - 1
    if (pageEnds) this.#tellDwell()
    // StrictMode stops and restarts at once.
    else if (memory.dwell) setTimeout(contained(() => memory.observers || this.#tellDwell()))
  }

  get #page(): Document {
    return this.#element.ownerDocument
  }

  #see(sights: readonly Sight[]): void {
    this.#sights = sights
    if (sights.length > 0) {
      this.#onTab ??= contained(() => this.#followTab())
      this.#page.addEventListener('visibilitychange', this.#onTab)
    }
    this.#look()
  }

  /** Also covers leaving the page, since the tab becomes hidden first. */
  #followTab(): void {
    this.#look()
    if (this.#page.visibilityState === 'hidden') this.#tellDwell()
  }

  /** Checks the visibility. `timely`: if the element is no longer visible, that has only just happened. */
  #look(timely = false): void {
    const { visibleRatio = 0.5, unobstructed } = this.#options()
    const inView = this.#page.visibilityState === 'visible' ? this.#sights : []
    const near = inView.filter(({ share }) => share > visibleRatio - TOLERANCE)
    const visible = near.filter((each) => isPainted(each.element) && !(unobstructed && isCovered(each)))
    this.#followStyle(near.length > 0, visible.length > 0)
    if (visible.length === 0) {
      const unnoticed = near.length > 0 ? !timely : this.#seen && isTransparent(this.#seen.element)
      this.#end(unnoticed ? this.#seenMs : performance.now())
    } else this.#go(visible.reduce((best, next) => (next.share > best.share ? next : best)))
  }

  #followStyle(isNear: boolean, isVisible: boolean): void {
    this.#transitionEnd = switched(this.#transitionEnd, isNear, () =>
      onTransitionEnd(this.#element, () => this.#look(true)),
    )
    this.#styleChange = switched(this.#styleChange, isNear && !isVisible, () =>
      whileUnseen(() => this.#look()),
    )
  }

  #go(seen: Sight): void {
    const memory = this.#memory
    this.#seenMs = performance.now()
    this.#seen = seen
    memory.dwell ??= { ms: 0, longestMs: 0, views: 0, ratio: 0 }
    memory.dwell.ratio = Math.max(memory.dwell.ratio, seen.ratio)
    if (this.#sinceMs !== undefined) return
    this.#sinceMs = this.#seenMs
    memory.dwell.views++
    this.#wait()
  }

  /** Time in view towards the impression, in ms. */
  get #spentMs(): number {
    const now = performance.now()
    return (this.#memory.earlierMs ?? 0) + now - (this.#sinceMs ?? now)
  }

  get #dwellMs(): number {
    return msOr(DWELL_MS, this.#options().dwell)
  }

  #wait(): void {
    const { unobstructed } = this.#options()
    if (this.#memory.viewed) return
    const dwellMs = this.#dwellMs
    const leftMs = dwellMs - this.#spentMs
    const check = contained(() => this.#check())
    this.#timer = setTimeout(check, unobstructed ? Math.min(leftMs, dwellMs / 4) : leftMs)
  }

  #check(): void {
    this.#look()
    if (this.#sinceMs === undefined || !this.#seen) return
    if (this.#spentMs >= this.#dwellMs) {
      this.#memory.viewed = true
      this.#tell(this.#seen.ratio, this.#spentMs)
    }
    this.#wait()
  }

  #end(untilMs: number): void {
    clearTimeout(this.#timer)
    const { dwell, earlierMs = 0 } = this.#memory
    if (this.#sinceMs === undefined || !dwell) return
    const ms = untilMs - this.#sinceMs
    this.#sinceMs = undefined
    dwell.ms += ms
    dwell.longestMs = Math.max(dwell.longestMs, ms)
    this.#memory.earlierMs = this.#options().cumulative ? earlierMs + ms : 0
  }

  #tellDwell(): void {
    const { dwell, viewed } = this.#memory
    if (!viewed || !dwell || dwell.ms < this.#dwellMs) return
    this.#memory.dwell = undefined
    this.#tell(dwell.ratio, dwell.ms, dwell)
  }

  #tell(ratio: number, ms: number, dwell?: Dwell): void {
    const { name, itemKey } = this.#options()
    const factKey = itemKey === undefined ? name : `${name}:${itemKey}`
    const payload = {
      element_name: name,
      visible_ratio: rounded(ratio),
      visible_seconds: rounded(ms / 1_000),
    }
    if (dwell) {
      const more = { longest_seconds: rounded(dwell.longestMs / 1_000), views: dwell.views }
      this.#report({ fact: 'dwell', factKey, payload: { ...payload, ...more } })
    } else this.#report({ fact: 'impression', factKey, payload })
  }
}

/**
 * Reports an impression once enough of the element was in view for long enough. Afterwards it reports dwell, each time
 * the tab is hidden or the element is given up: the time in view since the last report. Returns a stop function;
 * `stop(true)` reports the rest at once, before another page scope begins.
 */
export function observeVisibility(
  element: Element,
  options: () => VisibilityOptions,
  report: (fact: VisibilityReport) => void,
  memory: VisibilityMemory = {},
): (pageEnds?: boolean) => void {
  const visibility = new Visibility(element, options, report, memory)
  return (pageEnds = false) => visibility.stop(pageEnds)
}
