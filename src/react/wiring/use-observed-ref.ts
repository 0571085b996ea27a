'use client'

import { type RefCallback, useState } from 'react'
import { startContained } from '../../triggers/contained.ts'
import { overlayPort } from './overlay-port.ts'
import type { Report } from './report.ts'
import { useLatest } from './use-latest.ts'

/**
 * Returns a stable ref that observes its element while it is attached, and tells the overlay that `report` belongs to
 * it. An inline ref or StrictMode may detach and attach the same element within one commit, which does not restart the
 * observation. Activity and Suspense detach for longer: `observe` keeps whatever must outlive that. An error in a
 * trigger or its callbacks goes to the record and never reaches React, which would unmount the application.
 */
export function useObservedRef<E extends Element>(
  report: Report,
  observe: (element: E) => () => void,
): RefCallback<E> {
  const latest = useLatest({ observe, report })
  const [ref] = useState(() => {
    let attached: E | null = null
    let observed: E | null = null
    let stop = () => {}
    function follow() {
      if (observed === attached) return
      stop()
      observed = attached
      stop = observed ? start(observed) : () => {}
    }
    function start(element: E) {
      const { observe: begin, report: its } = latest.current
      const forget = overlayPort()?.add(element, its)
      const end = startContained(its.failed, () => begin(element))
      return () => {
        forget?.()
        end()
      }
    }
    return (element: E | null) => {
      attached = element
      if (element) follow()
      else void Promise.resolve().then(follow)
    }
  })
  return ref
}
