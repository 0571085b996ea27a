'use client'

import type { ReactElement } from 'react'
import type { AnyTracker } from '../engine/types.ts'
import {
  createDevtools,
  createPanel,
  type DevtoolsOptions,
  type MicroconversionDevtoolsProps,
  type MicroconversionPanelProps,
} from './create-devtools.tsx'
import { createPlugin, type MicroconversionsPlugin } from './create-plugin.ts'

/** The overlay in development; nothing, down to the last byte, in production. */
export const MicroconversionDevtools: (props: MicroconversionDevtoolsProps) => ReactElement | null =
  process.env.NODE_ENV === 'development' ? createDevtools(() => import('./mount-overlay.tsx')) : () => null

/** The panel without its button, as large as the element that it is in. In production nothing. */
export const MicroconversionPanel: (props: MicroconversionPanelProps) => ReactElement | null =
  process.env.NODE_ENV === 'development' ? createPanel(() => import('./mount-overlay.tsx')) : () => null

/** A tab of TanStack Devtools; empty in production. */
export function microconversionsPlugin(
  tracker: AnyTracker,
  options: DevtoolsOptions = {},
): MicroconversionsPlugin {
  return createPlugin((theme) => <MicroconversionPanel {...options} tracker={tracker} theme={theme} />)
}
