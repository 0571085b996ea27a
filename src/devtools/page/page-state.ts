import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'

/** State of the overlay's marks on the page, and of picking an element. */
export interface PageState {
  /** The tester is picking an element. */
  readonly picking: boolean
  /**
   * The next click picks an element and does not reach the page. Becomes true shortly after `picking`, because the code
   * for it loads first.
   */
  readonly catching: boolean
  readonly picked: Element | undefined
  /** Elements with a frame, while the tester points at their controls in the overlay. */
  readonly framed: readonly Element[]
  /** Shows counts beside each element that can report. */
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
 * Returns handlers that frame an element while its control is hovered or focused. They use over and out events, because
 * React misses an enter event that comes straight from another root, such as the app's.
 */
export function framing(store: PageStore, find: () => Element | undefined) {
  const frame = () => {
    const element = find()
    if (element && store.getState().framed[0] !== element) store.setState({ framed: [element] })
  }
  const unframe = () => store.setState({ framed: [] })
  return { onPointerOver: frame, onPointerOut: unframe, onFocus: frame, onBlur: unframe }
}
