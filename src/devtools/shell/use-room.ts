import { useEffect } from 'react'
import type { Stand } from './places.ts'

/**
 * The page makes room for a docked panel, so that its end can still be scrolled into view. By a sheet, not by an attribute:
 * nobody who watches or hydrates `<html>` notices, and it goes without a trace.
 */
export function useRoom(stand: Stand, width: number, height: number): void {
  const room = stand === 'bottom' ? height : stand === 'left' || stand === 'right' ? width : 0
  useEffect(() => {
    if (room === 0) return undefined
    const sheet = new CSSStyleSheet()
    const px = Math.round(room)
    sheet.replaceSync(
      `:root { padding-${stand}: ${px}px !important; scroll-padding-${stand}: ${px}px !important }`,
    )
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet)
    }
  }, [stand, room])
}
