import { attempt } from '../support/attempt.ts'
import { contained } from './contained.ts'

// Chromium 105-120 and Firefox 106-121 know the older names only.
const everyReason: CheckVisibilityOptions = {
  opacityProperty: true,
  checkOpacity: true,
  visibilityProperty: true,
  checkVisibilityCSS: true,
}

/** The parent, or the host of the shadow tree. */
export function parentOf(element: Element): Element | undefined {
  return element.parentElement ?? (element.getRootNode() as Partial<ShadowRoot>).host
}

/** True if `opacity: 0`, on it or around it, or `visibility` keeps its box from being painted. */
export function isTransparent(element: Element): boolean {
  if (/hidden|collapse/.test(getComputedStyle(element).visibility)) return true
  for (let outer: Element | undefined = element; outer; outer = parentOf(outer))
    if (getComputedStyle(outer).opacity === '0') return true
  return false
}

/**
 * True if an element that has a box can be seen while it is in view: CSSOM View's `checkVisibility`
 * (https://drafts.csswg.org/cssom-view/#dom-element-checkvisibility), also of the frame that it is in. Its own colours,
 * `filter`, `clip`, `clip-path` and `mask` are not looked at.
 */
export function isPainted(element: Element): boolean {
  // Safari has `checkVisibility` from 17.4 on.
  const painted = element.checkVisibility?.(everyReason) ?? !isTransparent(element)
  if (!painted || getComputedStyle(element).contentVisibility === 'hidden') return false
  // The frame element is null if the outer page has another origin.
  const frame = attempt(() => element.ownerDocument.defaultView?.frameElement)
  return !frame || isPainted(frame)
}

type Stop = () => void

/** Calls when a transition or an animation ends that the element takes part in. */
export function onTransitionEnd(element: Element, look: () => void): Stop {
  // These events do not leave a shadow tree.
  const trees = new Set([element.getRootNode(), element.ownerDocument])
  const onEnd = contained(({ target }: Event) => {
    for (let outer: Element | undefined = element; outer; outer = parentOf(outer))
      if (outer === target) look()
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
 * Calls every 500 ms, by one timer for all elements, while one is in view and cannot be seen: no event tells that a style
 * has changed.
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

/** Starts and stops something whenever that is another state than before. */
export function createSwitch(start: () => Stop): (on: boolean) => void {
  let stop: Stop | undefined
  return (on) => {
    if (on) stop ??= start()
    else {
      stop?.()
      stop = undefined
    }
  }
}
