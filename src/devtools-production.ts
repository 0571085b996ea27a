'use client'

import { createDevtools, type MicroconversionDevtoolsProps } from './devtools/create-devtools.tsx'

export type { MicroconversionDevtoolsProps }

/** The overlay in every build. Whoever renders it shows it to the visitors. */
export const MicroconversionDevtools = /* @__PURE__ */ createDevtools(
  () => import('./devtools/mount-overlay.tsx'),
)
