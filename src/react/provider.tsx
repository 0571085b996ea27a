'use client'

import { type ReactElement, type ReactNode, useContext, useMemo, useState } from 'react'
import type { Properties } from '../engine/pipeline/occurrence.ts'
import type { AnyTracker } from '../engine/tracker-api.ts'
import { attempt } from '../support/attempt.ts'
import { PlaceContext } from './context.ts'
import { keepInstruments } from './wiring/instrumented.ts'
import { overlayPort } from './wiring/overlay-port.ts'

if (process.env.NODE_ENV !== 'production') keepInstruments()

/** Props of `MicroconversionProvider`. */
export interface MicroconversionProviderProps {
  /** Tracker that `createTracker` returned. Create it once, outside of components. */
  readonly tracker: AnyTracker
  /** Application whose components use the tracker. */
  readonly children?: ReactNode
}

/**
 * Provides a tracker to hooks and components. Renders no element, has no side effects, and never re-renders by itself.
 *
 * @example
 * const tracker = createTracker({ plan, destinations: [http({ url: '/collect' })] })
 * createRoot(root).render(<MicroconversionProvider tracker={tracker}><App /></MicroconversionProvider>)
 */
export function MicroconversionProvider({ tracker, children }: MicroconversionProviderProps): ReactElement {
  const { scope } = useContext(PlaceContext)
  const [overlay] = useState(overlayPort)
  const place = useMemo(() => ({ tracker, scope, overlay }), [tracker, scope, overlay])
  return <PlaceContext.Provider value={place}>{children}</PlaceContext.Provider>
}

/** Props of `TrackingScope`. */
export interface TrackingScopeProps {
  /**
   * Properties of the scope, merged with those of the enclosing scopes. They are sent as `context.scope` with every
   * event from below.
   */
  readonly properties: { readonly [name: string]: string | number | boolean | null }
  /** Components whose events get the properties. */
  readonly children?: ReactNode
}

/**
 * Adds properties to every event from its children.
 *
 * @example
 * <TrackingScope properties={{ section: 'hero' }}>
 *   <PricingLink event="pricing_clicked" href="/pricing">Pricing</PricingLink>
 * </TrackingScope>
 */
export function TrackingScope({ properties, children }: TrackingScopeProps): ReactElement {
  const outer = useContext(PlaceContext)
  // A `bigint` or a cycle has no JSON, and must not unmount the application.
  const key = attempt(() => JSON.stringify(properties)) ?? properties
  // biome-ignore lint/correctness/useExhaustiveDependencies: by content, so that an inline object re-renders nobody
  const place = useMemo(() => {
    const scope: Properties = { ...outer.scope, ...properties }
    return { ...outer, scope }
  }, [outer, key])
  return <PlaceContext.Provider value={place}>{children}</PlaceContext.Provider>
}
