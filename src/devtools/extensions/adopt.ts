import { createStore, type StoreApi } from 'zustand/vanilla'
import { loadLater } from '../load-later.ts'
import { type Accepted, noExtensions } from './accepted.ts'
import type { DevtoolsExtensions } from './extensions.ts'

export interface Adoption {
  readonly extensions: StoreApi<Accepted>
  /** Replaces the current extensions. The first call with extensions loads the code that validates them. */
  readonly adopt: (extensions: DevtoolsExtensions | undefined) => void
}

/** Creates the store of validated extensions. `tabIds`: ids of the built-in tabs. */
export function createAdoption(tabIds: readonly string[]): Adoption {
  const extensions = createStore<Accepted>(() => noExtensions)
  let wanted: DevtoolsExtensions | undefined
  return {
    extensions,
    adopt(given) {
      if (given === wanted) return
      wanted = given
      if (!given) return extensions.setState(noExtensions, true)
      loadLater().then(
        ({ accept }) => given === wanted && extensions.setState(accept(given, tabIds), true),
        (error: unknown) => console.error(error),
      )
    },
  }
}
