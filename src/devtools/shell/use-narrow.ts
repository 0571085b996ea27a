import { useSyncExternalStore } from 'react'

/** Below this the detail takes the place of the list. The style sheets say the same. */
const query = '(max-width: 719px)'

export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches)
}

function subscribe(listener: () => void): () => void {
  const list = matchMedia(query)
  list.addEventListener('change', listener)
  return () => list.removeEventListener('change', listener)
}
