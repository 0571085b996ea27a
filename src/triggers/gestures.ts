import { contained } from './contained.ts'

const INPUTS = ['wheel', 'touchstart', 'touchmove', 'keydown', 'pointerdown']
/** Events of one wheel gesture, including its inertia, follow each other within this time. */
const PAUSE_MS = 50
/**
 * A gesture may outlast the last observer and reach the next one: listening continues until no input has come for this
 * time.
 */
const REST_MS = 500
const passive = { capture: true, passive: true }

/**
 * Counts the gestures with which the user scrolls. Shared by all observers of a document, so that a gesture that
 * outlasts its page is recognized on the next one.
 */
export interface Gestures {
  /** Returns the number of gestures that have begun. */
  readonly begun: () => number
  /** Calls the listener for each input. Returns a function that removes the listener. */
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
  let wheelMs = Number.NEGATIVE_INFINITY
  let begun = 0
  let isListening = false
  let resting: ReturnType<typeof setTimeout> | undefined

  function goesOn({ type, timeStamp, repeat }: Event & { readonly repeat?: boolean }): boolean {
    if (type === 'keydown') return repeat === true
    if (type !== 'wheel') return type === 'touchmove'
    const pauseMs = timeStamp - wheelMs
    wheelMs = timeStamp
    return pauseMs < PAUSE_MS
  }

  const onInput = contained((event: Event) => {
    if (!goesOn(event)) begun++
    for (const listener of listeners) listener(event)
    rest()
  })

  const end = contained(() => {
    isListening = false
    for (const input of INPUTS) page.removeEventListener(input, onInput, passive)
  })

  function rest(): void {
    clearTimeout(resting)
    if (listeners.size === 0) resting = setTimeout(end, REST_MS)
  }

  return {
    begun: () => begun,
    listen(listener) {
      listeners.add(listener)
      rest()
      if (!isListening) for (const input of INPUTS) page.addEventListener(input, onInput, passive)
      isListening = true
      return () => {
        listeners.delete(listener)
        rest()
      }
    },
  }
}
