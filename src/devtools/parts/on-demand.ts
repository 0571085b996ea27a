import { type ComponentType, type LazyExoticComponent, lazy } from 'react'

/** Not a byte of it before it is rendered: `onDemand(async () => (await import('./detail.tsx')).Detail)`. */
export function onDemand<Props>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => ({ default: await load() }))
}
