import { aroundAndSelf } from '../support/host-of.ts'
import { heightOf } from '../support/page-height.ts'

/** Tolerance in px: positions are rounded, and zoomed pages end between pixels. */
export const TOLERANCE_PX = 1
/** Without a `<main>`, an element that covers this share of the viewport is the page. */
const PAGE_SHARE = 0.6
/** Elements that scroll their own content and are never the page. */
const NEVER_THE_PAGE =
  'pre,textarea,select,dialog,[popover],[contenteditable],[aria-modal=true],[role=dialog],[role=alertdialog],[role=listbox],[role=menu]'

export const rootOf = (page: Document): Element => page.scrollingElement ?? page.documentElement

const overflowOf = (element: Element): string => getComputedStyle(element).overflowY
const overflows = (element: Element) => heightOf(element) - element.clientHeight > TOLERANCE_PX

/** True if a user can scroll the document. */
export function documentScrolls(page: Document): boolean {
  const { documentElement, body } = page
  if (!overflows(rootOf(page))) return false
  const own = overflowOf(documentElement)
  // The viewport takes `overflow` from the body if the root leaves it visible.
  return !/hidden|clip/.test(own === 'visible' && body ? overflowOf(body) : own)
}

/** True if a user can scroll the content of the element. */
export function scrolls(element: Element): boolean {
  const { documentElement, body } = element.ownerDocument
  if (element === documentElement || (element === body && overflowOf(documentElement) === 'visible'))
    return false
  return overflows(element) && /auto|scroll|overlay/.test(overflowOf(element))
}

/**
 * Returns the scroll container of an element: the element itself, the nearest ancestor that scrolls, or the root
 * element if the document scrolls.
 */
export const scrollerOf = (element: Element): Element =>
  aroundAndSelf(element).find(scrolls) ?? rootOf(element.ownerDocument)

/** True if the scroll container is the page; `maybe` if only the application can decide. */
export function isThePage(scroller: Element): boolean | 'maybe' {
  const around = aroundAndSelf(scroller)
  if (around.some((each) => each.matches(NEVER_THE_PAGE))) return false
  const page = scroller.ownerDocument
  const mains = [...page.querySelectorAll('main,[role=main]')]
  if (mains.some((main) => around.includes(main) || aroundAndSelf(main).includes(scroller))) return true
  // A modal without a role: the document behind it is longer than the viewport, and locked.
  const isFixed = around.some((each) => getComputedStyle(each).position === 'fixed')
  if (isFixed && overflows(rootOf(page))) return false
  const covers = coverage(scroller) >= PAGE_SHARE
  return mains.length === 0 ? covers || 'maybe' : covers && 'maybe'
}

/** Returns the share of the viewport that the element covers, 0–1. */
function coverage(element: Element): number {
  const { clientWidth, clientHeight } = element.ownerDocument.documentElement
  const { left, right, top, bottom } = element.getBoundingClientRect()
  const width = Math.min(right, clientWidth) - Math.max(left, 0)
  const height = Math.min(bottom, clientHeight) - Math.max(top, 0)
  return (Math.max(0, width) * Math.max(0, height)) / (clientWidth * clientHeight)
}
