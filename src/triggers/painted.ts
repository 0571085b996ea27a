import { attempt } from '../support/attempt.ts'
import { aroundAndSelf } from '../support/host-of.ts'
import { contained } from './contained.ts'

// Chromium 105–120 and Firefox 106–121 support only the older names.
const everyReason: CheckVisibilityOptions = {
  opacityProperty: true,
  checkOpacity: true,
  visibilityProperty: true,
  checkVisibilityCSS: true,
}

/** True if `opacity: 0` on the element or an ancestor, or `visibility`, keeps its box from being painted. */
export function isTransparent(element: Element): boolean {
  if (/hidden|collapse/.test(getComputedStyle(element).visibility)) return true
  return aroundAndSelf(element).some((outer) => getComputedStyle(outer).opacity === '0')
}

/**
 * True if an element with a box is visible while it is in view, by `checkVisibility` of CSSOM View
 * (https://drafts.csswg.org/cssom-view/#dom-element-checkvisibility), which also applies to the frame that contains it.
 * The element's own colors, `filter`, `clip`, `clip-path` and `mask` are ignored.
 */
export function isPainted(element: Element): boolean {
  // Safari supports `checkVisibility` since 17.4.
  const painted = element.checkVisibility?.(everyReason) ?? !isTransparent(element)
  if (!painted || getComputedStyle(element).contentVisibility === 'hidden') return false
  // The frame element is null if the outer page has another origin.
  const frame = attempt(() => element.ownerDocument.defaultView?.frameElement)
  return !frame || isPainted(frame)
}

type Stop = () => void

/** Calls `look` when a transition or animation ends on the element or an ancestor. */
export function onTransitionEnd(element: Element, look: () => void): Stop {
  // These events do not leave a shadow tree.
  const trees = new Set(aroundAndSelf(element).map((outer) => outer.getRootNode()))
  const onEnd = contained(({ target }: Event) => {
    if (aroundAndSelf(element).includes(target as Element)) look()
  })
  const types = ['transitionend', 'animationend']
  for (const tree of trees) for (const type of types) tree.addEventListener(type, onEnd, true)
  return () => {
    for (const tree of trees) for (const type of types) tree.removeEventListener(type, onEnd, true)
  }
}

const LOOK_AGAIN_MS = 500

const waiting = new Set<() => void>()
let timer: ReturnType<typeof setTimeout> | undefined

function lookAgain(): void {
  timer = setTimeout(lookAgain, LOOK_AGAIN_MS)
  for (const look of [...waiting]) look()
}

/**
 * Calls `look` every 500 ms, with one timer for all elements, while an element is in view but not visible: no event
 * reports a style change.
 */
export function whileUnseen(look: () => void): Stop {
  const again = contained(look)
  if (waiting.size === 0) timer = setTimeout(lookAgain, LOOK_AGAIN_MS)
  waiting.add(again)
  return () => {
    waiting.delete(again)
    if (waiting.size === 0) clearTimeout(timer)
  }
}

/**
 * Starts something if it should be on, and stops it if not. `stop` stops what is running now; returns the new stop
 * function, or undefined if nothing runs.
 */
export function switched(stop: Stop | undefined, on: boolean, start: () => Stop): Stop | undefined {
  if (on) return stop ?? start()
  stop?.()
  return undefined
}
