import type { VisibilityFacts } from '../plan/facts.ts'
import { UNSEEN, watchInView } from './in-view.ts'

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
  /** Nothing may cover it meanwhile: looked up four times in `dwellMs`. Default false: banners are not noticed. */
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
function isCovered(element: Element, rect: DOMRectReadOnly): boolean {
  const root = element.getRootNode() as Document | ShadowRoot
  const free = SAMPLES.flatMap((x) =>
    SAMPLES.filter((y) => {
      const top = root.elementFromPoint(rect.x + rect.width * x, rect.y + rect.height * y)
      return top && (element.contains(top) || top.contains(element))
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
  let sight = UNSEEN
  /** Since when it is in view; undefined while it is not. */
  let sinceMs: number | undefined
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

  function look(): void {
    const { visibleRatio = 0.5 } = options()
    const seen =
      page.visibilityState === 'visible' && sight.share > 0 && sight.share > visibleRatio - TOLERANCE
    if (!seen) {
      end()
      return
    }
    memory.dwell ??= { ms: 0, longestMs: 0, views: 0, ratio: 0 }
    memory.dwell.ratio = Math.max(memory.dwell.ratio, sight.ratio)
    if (sinceMs !== undefined) return
    sinceMs = performance.now()
    memory.dwell.views++
    wait()
  }

  /** Of this stretch. */
  const passedMs = () => performance.now() - (sinceMs ?? performance.now())

  function wait(): void {
    const { dwellMs = 1_000, unobstructed } = options()
    if (memory.viewed) return
    const leftMs = dwellMs - (memory.earlierMs ?? 0) - passedMs()
    timer = setTimeout(check, unobstructed ? Math.min(leftMs, dwellMs / 4) : leftMs)
  }

  function check(): void {
    const { dwellMs = 1_000, unobstructed } = options()
    const spentMs = (memory.earlierMs ?? 0) + passedMs()
    if (unobstructed && sight.rect && isCovered(element, sight.rect)) {
      memory.earlierMs = 0
      sinceMs = performance.now()
    } else if (spentMs >= dwellMs) {
      memory.viewed = true
      tell(sight.ratio, spentMs)
    }
    wait()
  }

  function end(): void {
    clearTimeout(timer)
    const { dwell } = memory
    if (sinceMs === undefined || !dwell) return
    const ms = passedMs()
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
  function onTab(): void {
    look()
    if (page.visibilityState === 'hidden') tellDwell()
  }

  const unwatch = watchInView(element, (now) => {
    sight = now
    if (sight.share > 0) page.addEventListener('visibilitychange', onTab)
    look()
  })

  return (pageEnds) => {
    unwatch()
    page.removeEventListener('visibilitychange', onTab)
    end()
    memory.observers = (memory.observers ?? 1) - 1
    if (pageEnds) tellDwell()
    // StrictMode stops and goes on at once.
    else if (memory.dwell) setTimeout(() => memory.observers || tellDwell())
  }
}
