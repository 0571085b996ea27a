import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'

/** What the overlay does on the page itself. */
export interface PageState {
  /** The next click chooses an element instead of using it. */
  readonly picking: boolean
  readonly picked: Element | undefined
  /** Framed, while somebody points at them in the overlay. */
  readonly framed: readonly Element[]
  /** Each element that can report has its counts beside it. */
  readonly marked: boolean
}

export type PageStore = StoreApi<PageState>

export function createPageStore(): PageStore {
  return createStore<PageState>(() => ({ picking: false, picked: undefined, framed: [], marked: false }))
}

export function usePageState<T>(store: PageStore, select: (state: PageState) => T): T {
  return useStore(store, select)
}
