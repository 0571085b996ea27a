import type { VisibilityFacts } from '../plan/facts.ts'
import { contained } from './contained.ts'
import { type Sight, watchInView } from './in-view.ts'
import { createSwitch, isPainted, isTransparent, onTransitionEnd, whileUnseen } from './painted.ts'

export interface VisibilityOptions {
  /** Says what is seen: `element_name`. */
  readonly name: string
  /** Tells elements of one name apart, such as the id of a product. */
  readonly itemKey?: string | undefined
  /** Of the smaller of element and viewport, on each axis, 0-1. Default 0.5. */
  readonly visibleRatio?: number | undefined
  /** So long at a stretch, in a visible tab. Default 1,000 ms. */
  readonly dwellMs?: number | undefined
  /** Stretches add up to `dwellMs`. Default false. */
  readonly cumulative?: boolean | undefined
  /** Nothing may cover it meanwhile: looked up five times in `dwellMs`. Default false: banners are not noticed. */
  readonly unobstructed?: boolean | undefined
}

export type VisibilityReport = {
  readonly [F in keyof VisibilityFacts]: {
    readonly fact: F
    /** `hero`, `product:17`. */
    readonly factKey: string
    readonly payload: VisibilityFacts[F]
  }
}[keyof VisibilityFacts]

interface Dwell {
  ms: number
  longestMs: number
  views: number
  /** The most, 0-1. */
  ratio: number
}

/** Hand it to the next observer of the same element, and that one goes on where this one stopped. */
export interface VisibilityMemory {
  viewed?: boolean
  /** Towards the impression. */
  earlierMs?: number
  /** Not told yet. */
  dwell?: Dwell | undefined
  observers?: number
}

/** Boxes end between pixels. */
const TOLERANCE = 0.005
const SAMPLES = [1 / 6, 1 / 2, 5 / 6]

const rounded = (value: number) => Math.round(value * 100) / 100

/** Whether something else is on top of most of it; nothing that lets the pointer through is noticed. */
function isCovered({ element, box, rect }: Sight): boolean {
  const root = element.getRootNode() as Document | ShadowRoot
  // It may have been scrolled without being clipped more or less.
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

/**
 * Reports an impression once: enough of the element was in view for long enough. Afterwards it reports dwell, each time that
 * the tab is hidden or the element is given up: the time in view since the last report. Returns a stop; `stop(true)`
 * reports the rest at once, before another page scope begins.
 */
export function observeVisibility(
  element: Element,
  options: () => VisibilityOptions,
  report: (fact: VisibilityReport) => void,
  memory: VisibilityMemory = {},
): (pageEnds?: boolean) => void {
  const page = element.ownerDocument
  let sights: readonly Sight[] = []
  /** Last part that was seen. */
  let seen: Sight | undefined
  /** Since when it is seen; undefined while it is not. */
  let sinceMs: number | undefined
  /** Time of the last look at which it was seen. */
  let seenMs = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  memory.observers = (memory.observers ?? 0) + 1

  function tell(ratio: number, ms: number, dwell?: Dwell): void {
    const { name, itemKey } = options()
    const payload = {
      element_name: name,
      visible_ratio: rounded(ratio),
      visible_seconds: rounded(ms / 1_000),
    }
    report({
      factKey: itemKey === undefined ? name : `${name}:${itemKey}`,
      ...(dwell
        ? {
            fact: 'dwell',
            payload: { ...payload, longest_seconds: rounded(dwell.longestMs / 1_000), views: dwell.views },
          }
        : { fact: 'impression', payload }),
    })
  }

  const followEnd = createSwitch(() => onTransitionEnd(element, () => look(true)))
  const followStyle = createSwitch(() => whileUnseen(look))

  /** `timely`: if it cannot be seen any more, that has just happened. */
  function look(timely = false): void {
    const { visibleRatio = 0.5, unobstructed } = options()
    const inView = page.visibilityState === 'visible' ? sights : []
    const near = inView.filter(({ share }) => share > visibleRatio - TOLERANCE)
    const visible = near.filter((each) => isPainted(each.element) && !(unobstructed && isCovered(each)))
    followEnd(near.length > 0)
    followStyle(near.length > 0 && visible.length === 0)
    if (visible.length === 0) {
      const unnoticed = near.length > 0 ? !timely : seen && isTransparent(seen.element)
      end(unnoticed ? seenMs : performance.now())
      return
    }
    seenMs = performance.now()
    seen = visible.reduce((best, next) => (next.share > best.share ? next : best))
    memory.dwell ??= { ms: 0, longestMs: 0, views: 0, ratio: 0 }
    memory.dwell.ratio = Math.max(memory.dwell.ratio, seen.ratio)
    if (sinceMs !== undefined) return
    sinceMs = seenMs
    memory.dwell.views++
    wait()
  }

  /** Towards the impression. */
  const spentMs = () => (memory.earlierMs ?? 0) + performance.now() - (sinceMs ?? performance.now())

  function wait(): void {
    const { dwellMs = 1_000, unobstructed } = options()
    if (memory.viewed) return
    const leftMs = dwellMs - spentMs()
    timer = setTimeout(check, unobstructed ? Math.min(leftMs, dwellMs / 4) : leftMs)
  }

  const check = contained(() => {
    look()
    if (sinceMs === undefined || !seen) return
    if (spentMs() >= (options().dwellMs ?? 1_000)) {
      memory.viewed = true
      tell(seen.ratio, spentMs())
    }
    wait()
  })

  function end(untilMs: number): void {
    clearTimeout(timer)
    const { dwell } = memory
    if (sinceMs === undefined || !dwell) return
    const ms = untilMs - sinceMs
    sinceMs = undefined
    dwell.ms += ms
    dwell.longestMs = Math.max(dwell.longestMs, ms)
    memory.earlierMs = options().cumulative ? (memory.earlierMs ?? 0) + ms : 0
  }

  function tellDwell(): void {
    const { dwell, viewed } = memory
    if (!viewed || !dwell || dwell.ms < (options().dwellMs ?? 1_000)) return
    memory.dwell = undefined
    tell(dwell.ratio, dwell.ms, dwell)
  }

  /** It turns hidden before it goes, too. */
  const onTab = contained(() => {
    look()
    if (page.visibilityState === 'hidden') tellDwell()
  })

  const unwatch = watchInView(element, (now) => {
    sights = now
    if (sights.length > 0) page.addEventListener('visibilitychange', onTab)
    look()
  })

  return (pageEnds) => {
    unwatch()
    page.removeEventListener('visibilitychange', onTab)
    sights = []
    look()
    memory.observers = (memory.observers ?? 1) - 1
    if (pageEnds) tellDwell()
    // StrictMode stops and goes on at once.
    else if (memory.dwell) setTimeout(contained(() => memory.observers || tellDwell()))
  }
}
