import { type ComponentType, type LazyExoticComponent, lazy } from 'react'

/** Creates a component whose code loads on its first render. */
export function onDemand<Props>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => ({ default: await load() }))
}
