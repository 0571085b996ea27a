import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'

/** What the overlay does on the page itself. */
export interface PageState {
  /** Somebody wants to choose an element. */
  readonly picking: boolean
  /** The next click chooses instead of being used: a moment later, as what catches it loads. */
  readonly catching: boolean
  readonly picked: Element | undefined
  /** Framed, while somebody points at them in the overlay. */
  readonly framed: readonly Element[]
  /** Each element that can report has its counts beside it. */
  readonly marked: boolean
}

export type PageStore = StoreApi<PageState>

export function createPageStore(): PageStore {
  return createStore<PageState>(() => ({
    picking: false,
    catching: false,
    picked: undefined,
    framed: [],
    marked: false,
  }))
}

export function usePageState<T>(store: PageStore, select: (state: PageState) => T): T {
  return useStore(store, select)
}

/**
 * What frames an element while a control is pointed at, or has the focus. Over and out, not enter and leave: React misses
 * an enter that comes straight from another root, such as the app's.
 */
export function framing(store: PageStore, find: () => Element | undefined) {
  const frame = () => {
    const element = find()
    if (element && store.getState().framed[0] !== element) store.setState({ framed: [element] })
  }
  const unframe = () => store.setState({ framed: [] })
  return { onPointerOver: frame, onPointerOut: unframe, onFocus: frame, onBlur: unframe }
}
