import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { type Overlay, useOverlay } from '../overlay-state.ts'

/** Selection in the Network view: a destination, and one of its events. */
export interface NetworkState {
  readonly destination: string | undefined
  /** Attempt number. */
  readonly event: number | undefined
}

const stores = new WeakMap<Overlay, StoreApi<NetworkState>>()

/** Returns the selection of an overlay. It outlives the view. */
export function networkOf(overlay: Overlay): StoreApi<NetworkState> {
  const store =
    stores.get(overlay) ?? createStore<NetworkState>(() => ({ destination: undefined, event: undefined }))
  stores.set(overlay, store)
  return store
}

export function useNetwork(): NetworkState {
  return useStore(networkOf(useOverlay()))
}

/** Opens the Network view at the delivery of one attempt to one destination. */
export function showDelivery(overlay: Overlay, number: number, destination: string): void {
  networkOf(overlay).setState({ destination, event: number })
  overlay.state.setState({ open: true, tab: 'network', settings: false })
}
