'use client'

import { createDevtools } from './create-devtools.tsx'

/** The overlay in every build. Whoever renders it shows it to the visitors. */
export const MicroconversionDevtools = /* @__PURE__ */ createDevtools(() => import('./mount-overlay.tsx'))
