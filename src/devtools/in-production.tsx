'use client'

import { type ReactElement, useEffect, useState } from 'react'
import type { AnyTracker } from '../engine/tracker-api.ts'
import { keepInstruments } from '../react/wiring/instrumented.ts'
import { createWarn } from '../support/errors.ts'
import {
  createDevtools,
  createPanel,
  type DevtoolsOptions,
  type MicroconversionDevtoolsProps,
  type MicroconversionPanelProps,
} from './create-devtools.tsx'
import { createPlugin, type MicroconversionsPlugin } from './create-plugin.ts'

/** Options that show the overlay in a production build. Both are required, so that no user sees it by accident. */
export interface ShownInProduction {
  /**
   * Shows the overlay while true; before that, nothing renders, loads or is stored. A function such as `urlFlag('…')`
   * runs in the browser only.
   */
  readonly enabled: boolean | (() => boolean)
  /** Reason that the panel shows above its content, such as `'staging'`. */
  readonly because: string
}

/** Props of `MicroconversionDevtools` in a production build. */
export type ProductionDevtoolsProps = MicroconversionDevtoolsProps & ShownInProduction
/** Props of `MicroconversionPanel` in a production build. */
export type ProductionPanelProps = MicroconversionPanelProps & ShownInProduction

// Runs on import, before the first render: the overlay does not see elements or Providers that mounted earlier.
keepInstruments()

const Devtools = /* @__PURE__ */ createDevtools(() => import('./mount-overlay.tsx'))
const Panel = /* @__PURE__ */ createPanel(() => import('./mount-overlay.tsx'))

/**
 * Overlay with a button and a panel, in every build, while `enabled` is true. Import it statically: it does not see
 * elements or Providers that mounted before the import.
 *
 * @example
 * <MicroconversionProvider tracker={tracker}>
 *   <App />
 *   <MicroconversionDevtools enabled={user.isTester} because="staging" />
 * </MicroconversionProvider>
 */
export function MicroconversionDevtools({ enabled, ...props }: ProductionDevtoolsProps): ReactElement | null {
  return useShown(enabled, props.because) ? <Devtools {...props} /> : null
}

/**
 * Panel without a button that fills its parent element, in every build.
 *
 * @example
 * <aside style={{ width: 480, height: '100vh' }}>
 *   <MicroconversionPanel enabled={user.isTester} because="staging" />
 * </aside>
 */
export function MicroconversionPanel({ enabled, ...props }: ProductionPanelProps): ReactElement | null {
  return useShown(enabled, props.because) ? <Panel {...props} /> : null
}

/** Creates a plugin for TanStack Devtools, in every build. */
export function microconversionsPlugin(
  tracker: AnyTracker,
  options: ShownInProduction & DevtoolsOptions,
): MicroconversionsPlugin {
  return createPlugin((theme) => <MicroconversionPanel {...options} tracker={tracker} theme={theme} />)
}

const warn = /* @__PURE__ */ createWarn()

/** Returns false on the server and in the first client render. */
function useShown(enabled: ShownInProduction['enabled'], because: string): boolean {
  const [shown, setShown] = useState(false)
  useEffect(() => {
    // Plain JavaScript can omit either.
    const complete = enabled !== undefined && Boolean(because)
    if (!complete && process.env.NODE_ENV !== 'production') {
      warn(
        'RMC301',
        'The overlay of react-microconversions/devtools/production stays away without `enabled` and `because`: every user would see it. Say who may see it, and why.',
      )
    }
    setShown(complete && (typeof enabled === 'function' ? enabled() : enabled) === true)
  }, [enabled, because])
  return shown
}
