import { useOverlayState } from '../overlay-state.ts'

/** CSS px. A panel below this has no room for two panes: the style sheets say the same. */
export const NARROW = 656

/** Whether the detail takes the place of the list. */
export function useNarrow(): boolean {
  return useOverlayState((now) => now.narrow)
}
