export const themes = ['system', 'light', 'dark'] as const
export type OverlayTheme = (typeof themes)[number]

export const densities = ['comfortable', 'compact'] as const
export type OverlayDensity = (typeof densities)[number]
