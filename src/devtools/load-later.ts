import type { ComponentType, LazyExoticComponent } from 'react'
import type { laterParts } from './later.ts'
import { onDemand } from './parts/on-demand.ts'

export type LaterParts = typeof laterParts

/** Loads the parts that the panel does not need to open. */
export const loadLater = async (): Promise<LaterParts> => (await import('./later.ts')).laterParts

/** Creates the component for one of those parts: `onLater((parts) => parts.Detail)`. */
export function onLater<Props>(
  select: (parts: LaterParts) => ComponentType<Props>,
): LazyExoticComponent<ComponentType<Props>> {
  return onDemand(async () => select(await loadLater()))
}
