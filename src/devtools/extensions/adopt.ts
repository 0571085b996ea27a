import { createStore, type StoreApi } from 'zustand/vanilla'
import { type Accepted, noExtensions } from './accepted.ts'
import type { DevtoolsExtensions } from './extensions.ts'

export interface Adoption {
  readonly extensions: StoreApi<Accepted>
  /** In place of those before; what reads them is loaded with the first. */
  readonly adopt: (extensions: DevtoolsExtensions | undefined) => void
}

/** `tabIds`: of the overlay. */
export function createAdoption(tabIds: readonly string[]): Adoption {
  const extensions = createStore<Accepted>(() => noExtensions)
  let wanted: DevtoolsExtensions | undefined
  return {
    extensions,
    adopt(given) {
      if (given === wanted) return
      wanted = given
      if (!given) return extensions.setState(noExtensions, true)
      import('./accept.tsx').then(
        ({ accept }) => given === wanted && extensions.setState(accept(given, tabIds), true),
        (error: unknown) => console.error(error),
      )
    },
  }
}
