import { inMicrotask } from '../support/in-microtask.ts'

const INPUTS = ['wheel', 'touchstart', 'touchmove', 'keydown', 'pointerdown']
/** The events of one wheel or touch, and of its inertia, follow each other faster. */
const PAUSE_MS = 50
const passive = { capture: true, passive: true }

/**
 * Gestures with which the visitor scrolls. They are shared, so that a gesture which outlives its page is
 * known on the next one.
 */
export interface Gestures {
  /** Returns the number of gestures that have begun. */
  readonly begun: () => number
  /** Calls at each input. Returns a stop. */
  readonly listen: (onInput: (event: Event) => void) => () => void
}

const known = new WeakMap<Document, Gestures>()

export function gesturesOf(page: Document): Gestures {
  const gestures = known.get(page) ?? createGestures(page)
  known.set(page, gestures)
  return gestures
}

function createGestures(page: Document): Gestures {
  const listeners = new Set<(event: Event) => void>()
  const never = { wheel: Number.NEGATIVE_INFINITY, touch: Number.NEGATIVE_INFINITY }
  let lastMs = never
  let begun = 0

  function goesOn({ type, timeStamp, repeat }: Event & { readonly repeat?: boolean }): boolean {
    if (type === 'keydown') return repeat === true
    if (type === 'pointerdown') return false
    const by = type === 'wheel' ? 'wheel' : 'touch'
    const pauseMs = timeStamp - lastMs[by]
    lastMs = { ...lastMs, [by]: timeStamp }
    return type !== 'touchstart' && pauseMs < PAUSE_MS
  }

  function onInput(event: Event): void {
    if (!goesOn(event)) begun++
    for (const listener of listeners) listener(event)
  }

  return {
    begun: () => begun,
    listen(listener) {
      if (listeners.size === 0) for (const input of INPUTS) page.addEventListener(input, onInput, passive)
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        for (const input of INPUTS) page.removeEventListener(input, onInput, passive)
        // Unless the next page listens in the same task.
        inMicrotask(() => {
          if (listeners.size === 0) lastMs = never
        })
      }
    },
  }
}
