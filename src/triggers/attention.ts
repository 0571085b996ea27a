import type { AttentionFacts } from '../plan/facts.ts'
import { type Duration, durationMs, msOr } from '../support/duration.ts'
import { contained } from './contained.ts'

/** Options of `useAttention`. */
export interface AttentionOptions {
  /** Name of the content, reported as `attention_name`. Default `'page'`. */
  readonly name?: string | undefined
  /** Durations of attention to report. Default `['30s', '2min']`. */
  readonly marks?: readonly Duration[] | undefined
  /** Time after the last sign of activity from which the user counts as away. Default `'30s'`. */
  readonly idle?: Duration | undefined
}

export interface AttentionReport {
  readonly fact: keyof AttentionFacts
  /** Name and mark: `page:2min`. */
  readonly factKey: string
  readonly payload: AttentionFacts['mark']
}

/** State to pass to the next observer of the same page, which then continues where this one stopped. */
export interface AttentionMemory {
  told?: Set<Duration>
  visibleMs?: number
  focusedMs?: number
  activeMs?: number
  mediaMs?: number
}

const DEFAULT_MARKS: readonly Duration[] = ['30s', '2min']
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'scroll', 'wheel', 'touchmove']
const TICK_MS = 1_000
const IDLE_MS = 30_000
/** A tick that took longer means that the page was suspended. */
const MAX_TICK_MS = 2_000
const passive = { capture: true, passive: true }

/** Returns false for a video that is muted and loops: it is decoration. */
function isWatched(player: EventTarget | null): boolean {
  const { muted, loop } = (player ?? {}) as Partial<HTMLMediaElement>
  return !(muted && loop)
}

/**
 * Reports marks of active time: while the page is visible and focused, and the user is active by pointer, key,
 * scrolling or a playing video. It may be up to one second too low, never too high.
 */
export function observeAttention(
  page: Document,
  options: () => AttentionOptions,
  report: (fact: AttentionReport) => void,
  memory: AttentionMemory = {},
): () => void {
  const view = page.defaultView
  const state = () => {
    const isVisible =
      page.visibilityState === 'visible' && (page as { prerendering?: boolean }).prerendering !== true
    return { isVisible, isFocused: isVisible && page.hasFocus() }
  }
  let before = state()
  let lastMs = performance.now()
  let signMs = lastMs
  let mediaMs = Number.NEGATIVE_INFINITY
  /** Ticks while attention accumulates towards a mark; undefined otherwise. */
  let timer: ReturnType<typeof setInterval> | undefined

  function tick(): void {
    const nowMs = performance.now()
    const passedMs = timer === undefined ? nowMs - lastMs : Math.min(nowMs - lastMs, MAX_TICK_MS)
    const { name = 'page', marks = DEFAULT_MARKS, idle } = options()
    const idleMs = msOr(IDLE_MS, idle)
    /** Returns the part of this tick, in ms, that passed before `endMs`. */
    const until = (endMs: number) => Math.max(0, Math.min(passedMs, endMs - (nowMs - passedMs)))
    if (before.isVisible) memory.visibleMs = (memory.visibleMs ?? 0) + passedMs
    if (before.isFocused) {
      memory.focusedMs = (memory.focusedMs ?? 0) + passedMs
      memory.activeMs = (memory.activeMs ?? 0) + until(signMs + idleMs)
      memory.mediaMs = (memory.mediaMs ?? 0) + until(mediaMs + TICK_MS)
    }
    lastMs = nowMs
    before = state()
    memory.told ??= new Set()
    const { told, activeMs = 0 } = memory
    const passed = marks
      .filter((mark) => !told.has(mark) && durationMs(mark) <= activeMs)
      .sort((a, b) => durationMs(a) - durationMs(b))
    const seconds = (ms = 0) => Math.floor(ms / 1_000)
    for (const mark of passed) {
      told.add(mark)
      report({
        fact: 'mark',
        factKey: `${name}:${mark}`,
        payload: {
          attention_mark: mark,
          attention_name: name,
          attention_seconds: seconds(activeMs),
          focused_seconds: seconds(memory.focusedMs),
          visible_seconds: seconds(memory.visibleMs),
          media_seconds: seconds(memory.mediaMs),
        },
      })
    }
    follow()
  }

  /** Starts the timer, or stops it while the user is away or when all marks are reported. */
  function follow(): void {
    const { marks = DEFAULT_MARKS, idle } = options()
    const isPresent = performance.now() < signMs + msOr(IDLE_MS, idle)
    if (before.isFocused && isPresent && marks.some((mark) => !memory.told?.has(mark)))
      timer ??= setInterval(contained(tick), TICK_MS)
    else {
      clearInterval(timer)
      timer = undefined
    }
  }

  const onSign = contained((event?: Event) => {
    // Carousels and logs scroll by themselves. A user who scrolls an element does so by wheel, key, touch or pointer.
    if (event?.type === 'scroll' && event.target !== page) return
    // Idle time before this sign of activity does not count.
    if (performance.now() - signMs > TICK_MS) tick()
    signMs = performance.now()
    if (timer === undefined) follow()
  })

  const onMedia = contained(({ target }: Event) => {
    if (!isWatched(target)) return
    onSign()
    mediaMs = signMs
  })

  const onReturn = contained(() => {
    onSign()
    tick()
  })
  const onBlur = contained(tick)

  onReturn()
  for (const sign of SIGNS) page.addEventListener(sign, onSign, passive)
  // Media events do not bubble, but they are captured.
  page.addEventListener('timeupdate', onMedia, passive)
  page.addEventListener('visibilitychange', onReturn)
  view?.addEventListener('focus', onReturn)
  view?.addEventListener('blur', onBlur)
  return () => {
    tick()
    clearInterval(timer)
    for (const sign of SIGNS) page.removeEventListener(sign, onSign, passive)
    page.removeEventListener('timeupdate', onMedia, passive)
    page.removeEventListener('visibilitychange', onReturn)
    view?.removeEventListener('focus', onReturn)
    view?.removeEventListener('blur', onBlur)
  }
}
