export const themes = ['system', 'light', 'dark'] as const
/** Colour theme of the overlay. `system` follows `prefers-color-scheme`. */
export type OverlayTheme = (typeof themes)[number]

export const densities = ['comfortable', 'compact'] as const
export type OverlayDensity = (typeof densities)[number]
