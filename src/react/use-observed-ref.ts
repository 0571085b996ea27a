'use client'

import { type RefCallback, useCallback, useRef } from 'react'
import { useLatest } from './use-latest.ts'

/**
 * A stable ref that observes its element while it is attached. StrictMode and Activity detach and attach the same
 * element: what must outlive that is kept by `observe`, not here.
 */
export function useObservedRef<E extends Element>(observe: (element: E) => () => void): RefCallback<E> {
  const latest = useLatest(observe)
  const stop = useRef<(() => void) | undefined>(undefined)
  return useCallback(
    (element: E | null) => {
      stop.current?.()
      stop.current = element ? latest.current(element) : undefined
    },
    [latest],
  )
}
