import { useEffect } from 'react'
import { room as scrollRoom } from '../../support/page-height.ts'
import type { Stand } from './places.ts'

/**
 * Adds padding to the page for a docked panel, so that the end of the page can scroll into view. Uses a style sheet: an
 * attribute on `<html>` would disturb observers and hydration. Scroll depth leaves the padding out, so that a tester
 * measures what a user would.
 */
export function useRoom(stand: Stand, width: number, height: number): void {
  const side = stand === 'sheet' ? 'bottom' : stand
  const size = side === 'bottom' ? height : side === 'left' || side === 'right' ? width : 0
  const room = Math.round(size)
  useEffect(() => {
    if (room === 0) return undefined
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(
      `:root { padding-${side}: ${room}px !important; scroll-padding-${side}: ${room}px !important }`,
    )
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
    if (side === 'bottom') scrollRoom.addedPx = (scroller) => addedPx(scroller, room)
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet)
      delete scrollRoom.addedPx
    }
  }, [side, room])
}

/**
 * Returns by how much padding of `roomPx` below the root element makes the document longer: not at all where the root
 * element has a fixed height that its content exceeds.
 */
function addedPx(scroller: Element, roomPx: number): number {
  const { body, documentElement, scrollingElement } = document
  if (scroller !== (scrollingElement ?? documentElement)) return 0
  const { scrollHeight, scrollTop, clientHeight } = scroller
  const bottomPx = body.getBoundingClientRect().top + scrollTop + body.scrollHeight
  return scrollHeight - Math.max(clientHeight, scrollHeight - roomPx, Math.min(scrollHeight, bottomPx))
}
