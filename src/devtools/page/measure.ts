import { heightOf } from '../../support/page-height.ts'
import { ask, own } from '../../support/unclobbered.ts'
import { isWholePage } from './reporters.ts'

/** Share of an element in view, 0 to 1, on the worse axis, of what can be visible at once. */
export function shareInView(element: Element): number {
  const page = own(element, 'ownerDocument').documentElement
  const box = ask(element, 'getBoundingClientRect')
  let { left, top, right, bottom } = box
  let [width, height] = [box.width, box.height]
  const clip = (edge: DOMRectReadOnly) => {
    left = Math.max(left, edge.left)
    top = Math.max(top, edge.top)
    right = Math.min(right, edge.right)
    bottom = Math.min(bottom, edge.bottom)
    width = Math.min(width, edge.width)
    height = Math.min(height, edge.height)
  }
  clip(new DOMRect(0, 0, page.clientWidth, page.clientHeight))
  for (let outer = own(element, 'parentElement'); outer; outer = own(outer, 'parentElement'))
    if (outer !== page && getComputedStyle(outer).overflow !== 'visible')
      clip(ask(outer, 'getBoundingClientRect'))
  if (width <= 0 || height <= 0) return 0
  return Math.max(0, Math.min((right - left) / width, (bottom - top) / height, 1))
}

/** Returns how far down the content the user is now, and how far a scrolled range reaches, 0 to 100 percent. */
export function scrollPlace(element: Element, reachedPx: number | undefined, shell: Element | undefined) {
  const scroller =
    shell ?? (isWholePage(element) ? (own(element, 'ownerDocument').scrollingElement ?? element) : element)
  const { scrollTop, clientHeight } = scroller
  const heightPx = heightOf(scroller)
  const percent = (px: number) => Math.min(100, Math.round((100 * px) / Math.max(1, heightPx)))
  return {
    now: percent(scrollTop + clientHeight),
    reached: reachedPx === undefined ? undefined : percent(reachedPx),
  }
}
