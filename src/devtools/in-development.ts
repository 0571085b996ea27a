'use client'

import type { ReactElement } from 'react'
import { createDevtools, type MicroconversionDevtoolsProps } from './create-devtools.tsx'

/** The overlay in development; nothing, down to the last byte, in production. */
export const MicroconversionDevtools: (props: MicroconversionDevtoolsProps) => ReactElement | null =
  process.env.NODE_ENV === 'development' ? createDevtools(() => import('./mount-overlay.tsx')) : () => null
