'use client'

import { type RefCallback, useState } from 'react'
import { useLatest } from './use-latest.ts'

/**
 * A stable ref that observes its element while it is attached. An inline ref beside it, or StrictMode, detaches and
 * attaches the same element within one commit: that is no restart. Activity and Suspense detach for longer: what must
 * outlive that is kept by `observe`, not here.
 */
export function useObservedRef<E extends Element>(observe: (element: E) => () => void): RefCallback<E> {
  const latest = useLatest(observe)
  const [ref] = useState(() => {
    let attached: E | null = null
    let observed: E | null = null
    let stop = () => {}
    function follow() {
      if (observed === attached) return
      stop()
      observed = attached
      stop = observed ? latest.current(observed) : () => {}
    }
    return (element: E | null) => {
      attached = element
      if (element) follow()
      else queueMicrotask(follow)
    }
  })
  return ref
}
