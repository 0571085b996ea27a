import { useSyncExternalStore } from 'react'
import { useOverlay, useOverlayState } from '../overlay-state.ts'
import type { Stand } from './places.ts'

/** Where a panel could only cover the page, it is a sheet at the bottom: narrow windows, and phones that lie. */
const query = '(max-width: 719px), (pointer: coarse) and (max-height: 519px)'

/** How the panel stands in the page. */
export function useStand(): Stand {
  const { embedded } = useOverlay()
  const layout = useOverlayState((now) => now.layout)
  const sheet = useSyncExternalStore(subscribe, () => matchMedia(query).matches)
  return embedded ? 'whole' : sheet ? 'sheet' : layout
}

function subscribe(listener: () => void): () => void {
  const list = matchMedia(query)
  list.addEventListener('change', listener)
  return () => list.removeEventListener('change', listener)
}
