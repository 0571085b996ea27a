import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { type Overlay, useOverlay } from '../overlay-state.ts'

/** How far somebody has gone: a destination, and in it the way of one event. */
export interface NetworkState {
  readonly destination: string | undefined
  /** The number of an attempt. */
  readonly event: number | undefined
}

const stores = new WeakMap<Overlay, StoreApi<NetworkState>>()

/** Of one overlay, also while the view is not shown. */
export function networkOf(overlay: Overlay): StoreApi<NetworkState> {
  const store =
    stores.get(overlay) ?? createStore<NetworkState>(() => ({ destination: undefined, event: undefined }))
  stores.set(overlay, store)
  return store
}

export function useNetwork(): NetworkState {
  return useStore(networkOf(useOverlay()))
}

/** Shows the way of one attempt to one destination: for links in other views. */
export function showDelivery(overlay: Overlay, number: number, destination: string): void {
  networkOf(overlay).setState({ destination, event: number })
  overlay.state.setState({ open: true, tab: 'network' })
}
