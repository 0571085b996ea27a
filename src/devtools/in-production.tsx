'use client'

import { type ReactElement, useEffect, useState } from 'react'
import type { AnyTracker } from '../engine/types.ts'
import { keepInstruments } from '../react/instruments.ts'
import { createWarn } from '../support/errors.ts'
import {
  createDevtools,
  createPanel,
  type DevtoolsOptions,
  type MicroconversionDevtoolsProps,
  type MicroconversionPanelProps,
} from './create-devtools.tsx'
import { createPlugin, type MicroconversionsPlugin } from './create-plugin.ts'

/** Who sees the overlay in a production build, and why. Both are required: no visitor sees it by accident. */
export interface ShownInProduction {
  /** Nothing is rendered, loaded or stored until this is true. A function is asked in the browser: `urlFlag('…')`. */
  readonly enabled: boolean | (() => boolean)
  /** Stands above the panel, for whoever wonders: `'staging'`. */
  readonly because: string
}

export type ProductionDevtoolsProps = MicroconversionDevtoolsProps & ShownInProduction
export type ProductionPanelProps = MicroconversionPanelProps & ShownInProduction

// Before anything is rendered: an element that was mounted earlier stays unknown.
keepInstruments()

const Devtools = /* @__PURE__ */ createDevtools(() => import('./mount-overlay.tsx'))
const Panel = /* @__PURE__ */ createPanel(() => import('./mount-overlay.tsx'))

/** The overlay in every build, for those whom `enabled` lets see it. Import it statically: it knows elements mounted since. */
export function MicroconversionDevtools({ enabled, ...props }: ProductionDevtoolsProps): ReactElement | null {
  return useShown(enabled, props.because) ? <Devtools {...props} /> : null
}

/** The panel without its button, as large as the element that it is in; in every build. */
export function MicroconversionPanel({ enabled, ...props }: ProductionPanelProps): ReactElement | null {
  return useShown(enabled, props.because) ? <Panel {...props} /> : null
}

/** A tab of TanStack Devtools, in every build. */
export function microconversionsPlugin(
  tracker: AnyTracker,
  options: ShownInProduction & DevtoolsOptions,
): MicroconversionsPlugin {
  return createPlugin((theme) => <MicroconversionPanel {...options} tracker={tracker} theme={theme} />)
}

const warn = /* @__PURE__ */ createWarn()

/** False on the server, and in the first render of the browser. */
function useShown(enabled: ShownInProduction['enabled'], because: string): boolean {
  const [shown, setShown] = useState(false)
  useEffect(() => {
    // Plain JavaScript may leave either out.
    const complete = enabled !== undefined && Boolean(because)
    if (!complete && process.env.NODE_ENV !== 'production') {
      warn(
        'RMC301',
        'The overlay of react-microconversions/devtools/production stays away without `enabled` and `because`: every visitor would see it. Say who may see it, and why.',
      )
    }
    setShown(complete && (typeof enabled === 'function' ? enabled() : enabled) === true)
  }, [enabled, because])
  return shown
}
