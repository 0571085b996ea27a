'use client'

import { createDevtools, type MicroconversionDevtoolsProps } from './devtools/create-devtools.tsx'

export type { MicroconversionDevtoolsProps }

/** The overlay in development; nothing, down to the last byte, in production. */
export const MicroconversionDevtools: (
  props: MicroconversionDevtoolsProps,
) => ReturnType<ReturnType<typeof createDevtools>> | null =
  process.env.NODE_ENV === 'production'
    ? () => null
    : createDevtools(() => import('./devtools/mount-overlay.tsx'))
