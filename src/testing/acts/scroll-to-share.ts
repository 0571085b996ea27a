/** Layout places elements at fractions of a pixel. */
const TOLERANCE_PX = 2

/**
 * Scrolls a real page until `ratio` (0-1) of the element's height is in view: its upper part, at the lower edge of the window.
 * Throws if the page has no room to scroll there.
 */
export function scrollToShare(element: Element, ratio: number): void {
  element.scrollIntoView({ block: 'center', behavior: 'instant' })
  if (ratio >= 1) return
  const { top, height } = element.getBoundingClientRect()
  window.scrollBy({ top: top + height * ratio - window.innerHeight, behavior: 'instant' })
  const box = element.getBoundingClientRect()
  const shown = Math.max(0, Math.min(box.bottom, window.innerHeight) - Math.max(box.top, 0))
  if (Math.abs(shown - height * ratio) <= TOLERANCE_PX) return
  throw new Error(
    `This page cannot be scrolled so that ${ratio * 100} % of the element is in view: ${Math.round((shown / height) * 100)} % is. Render it below something higher than the window.`,
  )
}
