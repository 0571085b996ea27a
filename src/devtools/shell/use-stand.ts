import { useCallback, useSyncExternalStore } from 'react'
import { useOverlay, useOverlayState } from '../overlay-state.ts'
import type { Stand } from './places.ts'

/**
 * Screens on which the panel is a sheet at the bottom, because it would cover the page: narrow windows, and phones in
 * landscape.
 */
const SHEET = '(max-width: 719px), (pointer: coarse) and (max-height: 519px)'
/** Screens without room for the page beside the panel. */
const NO_SIDES = '(max-width: 899px)'

/** Returns the actual layout of the panel. */
export function useStand(): Stand {
  const { embedded } = useOverlay()
  const layout = useOverlayState((now) => now.layout)
  const sheet = useMedia(SHEET)
  const noSides = useMedia(NO_SIDES)
  if (embedded) return 'whole'
  if (sheet) return 'sheet'
  return noSides && layout !== 'floating' ? 'bottom' : layout
}

function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = matchMedia(query)
      list.addEventListener('change', listener)
      return () => list.removeEventListener('change', listener)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches)
}
