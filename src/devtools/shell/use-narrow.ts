import { useOverlayState } from '../overlay-state.ts'

/** Minimum panel width in CSS px for two panes. The style sheets have the same value. */
export const NARROW = 656

/** Returns whether the detail replaces the list. */
export function useNarrow(): boolean {
  return useOverlayState((now) => now.narrow)
}
