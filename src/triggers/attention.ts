import type { AttentionFacts } from '../plan/facts.ts'
import { contained } from './contained.ts'

export type AttentionMark = `${number}s` | `${number}min`

export interface AttentionOptions {
  /** Says what was attended to: `attention_name`. Default `'page'`. */
  readonly name?: string | undefined
  /** Default `['30s', '2min']`. */
  readonly marks?: readonly AttentionMark[] | undefined
  /** So long after the last sign of life the visitor counts as away. Default 30,000 ms. */
  readonly idleMs?: number | undefined
}

export interface AttentionReport {
  readonly fact: keyof AttentionFacts
  /** `page:2min`. */
  readonly factKey: string
  readonly payload: AttentionFacts['mark']
}

/** Hand it to the next observer of the same page, and that one goes on where this one stopped. */
export interface AttentionMemory {
  told?: Set<AttentionMark>
  visibleMs?: number
  focusedMs?: number
  activeMs?: number
  mediaMs?: number
}

const DEFAULT_MARKS: readonly AttentionMark[] = ['30s', '2min']
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'scroll', 'wheel', 'touchmove']
const TICK_MS = 1_000
/** Longer than a tick takes: the page was asleep. */
const MAX_TICK_MS = 2_000
const passive = { capture: true, passive: true }

export function secondsOfMark(mark: AttentionMark): number {
  return Number.parseFloat(mark) * (mark.endsWith('min') ? 60 : 1)
}

/** A muted film in a loop is decoration. */
function isWatched(player: EventTarget | null): boolean {
  const { muted, loop } = (player ?? {}) as Partial<HTMLMediaElement>
  return !(muted && loop)
}

/**
 * Reports marks of the time in which the page was visible, had the focus, and its visitor gave signs of life: pointer, key,
 * scrolling, or a film that plays. Too low by a second rather than too high.
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
  /** Ticks while attention adds up towards a mark; undefined while there is nothing to wait for. */
  let timer: ReturnType<typeof setInterval> | undefined

  function tick(): void {
    const nowMs = performance.now()
    const passedMs = timer === undefined ? nowMs - lastMs : Math.min(nowMs - lastMs, MAX_TICK_MS)
    const { name = 'page', marks = DEFAULT_MARKS, idleMs = 30_000 } = options()
    /** Of this tick, before something ended. */
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
      .filter((mark) => !told.has(mark) && secondsOfMark(mark) * 1_000 <= activeMs)
      .sort((a, b) => secondsOfMark(a) - secondsOfMark(b))
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

  /** Runs no timer while the visitor is away, or when all marks are reported. */
  function follow(): void {
    const { marks = DEFAULT_MARKS, idleMs = 30_000 } = options()
    const isPresent = performance.now() < signMs + idleMs
    if (before.isFocused && isPresent && marks.some((mark) => !memory.told?.has(mark)))
      timer ??= setInterval(contained(tick), TICK_MS)
    else {
      clearInterval(timer)
      timer = undefined
    }
  }

  const onSign = contained(() => {
    // What was idle before is none of this.
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
