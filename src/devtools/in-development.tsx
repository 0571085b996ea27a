'use client'

import type { ReactElement } from 'react'
import type { AnyTracker } from '../engine/tracker-api.ts'
import {
  createDevtools,
  createPanel,
  type DevtoolsOptions,
  type MicroconversionDevtoolsProps,
  type MicroconversionPanelProps,
} from './create-devtools.tsx'
import { createPlugin, type MicroconversionsPlugin } from './create-plugin.ts'

/**
 * Overlay with a button and a panel. Renders nothing in production, and adds no bytes to the bundle.
 *
 * @example
 * <MicroconversionProvider tracker={tracker}>
 *   <App />
 *   <MicroconversionDevtools />
 * </MicroconversionProvider>
 */
export const MicroconversionDevtools: (props: MicroconversionDevtoolsProps) => ReactElement | null =
  process.env.NODE_ENV === 'development' ? createDevtools(() => import('./mount-overlay.tsx')) : () => null

/**
 * Panel without a button that fills its parent element. Renders nothing in production.
 *
 * @example
 * <aside style={{ width: 480, height: '100vh' }}>
 *   <MicroconversionPanel />
 * </aside>
 */
export const MicroconversionPanel: (props: MicroconversionPanelProps) => ReactElement | null =
  process.env.NODE_ENV === 'development' ? createPanel(() => import('./mount-overlay.tsx')) : () => null

/** Creates a plugin for TanStack Devtools. Its tab is empty in production. */
export function microconversionsPlugin(
  tracker: AnyTracker,
  options: DevtoolsOptions = {},
): MicroconversionsPlugin {
  return createPlugin((theme) => <MicroconversionPanel {...options} tracker={tracker} theme={theme} />)
}
