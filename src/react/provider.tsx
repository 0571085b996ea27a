'use client'

import { type ReactElement, type ReactNode, useContext, useMemo } from 'react'
import type { AnyTracker, Properties } from '../engine/types.ts'
import { ScopeContext, TrackerContext } from './context.ts'

export interface MicroconversionProviderProps {
  /** Made once, outside of components, by `createTracker`. */
  readonly tracker: AnyTracker
  readonly children?: ReactNode
}

/** Hands a tracker to hooks and components. Renders no element, starts nothing, and never re-renders by itself. */
export function MicroconversionProvider({ tracker, children }: MicroconversionProviderProps): ReactElement {
  return <TrackerContext.Provider value={tracker}>{children}</TrackerContext.Provider>
}

export interface TrackingScopeProps {
  /** Joined to those of the scopes around it; travels as `context.scope` with every event from below. */
  readonly properties: { readonly [name: string]: string | number | boolean | null }
  readonly children?: ReactNode
}

/** Says where its children are: `<TrackingScope properties={{ section: 'hero' }}>`. */
export function TrackingScope({ properties, children }: TrackingScopeProps): ReactElement {
  const outer = useContext(ScopeContext)
  const key = JSON.stringify(properties)
  // biome-ignore lint/correctness/useExhaustiveDependencies: by content, so that an inline object re-renders nobody
  const scope: Properties = useMemo(() => ({ ...outer, ...properties }), [outer, key])
  return <ScopeContext.Provider value={scope}>{children}</ScopeContext.Provider>
}
