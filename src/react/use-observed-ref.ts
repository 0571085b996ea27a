'use client'

import { type RefCallback, useState } from 'react'
import { startContained } from '../triggers/contained.ts'
import type { Report } from './report.ts'
import { useInstrument } from './use-instrument.ts'
import { useLatest } from './use-latest.ts'

/**
 * A stable ref that observes its element while it is attached. An inline ref beside it, or StrictMode, detaches and
 * attaches the same element within one commit: that is no restart. Activity and Suspense detach for longer: what must
 * outlive that is kept by `observe`, not here. The overlay learns that `report` is about the element. A trigger that throws,
 * here or in its callbacks, is named in the record: it never reaches React, which would unmount the application.
 */
export function useObservedRef<E extends Element>(
  report: Report,
  observe: (element: E) => () => void,
): RefCallback<E> {
  const latest = useLatest({ observe, report, instrument: useInstrument(report) })
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
      const { observe: begin, instrument, report: its } = latest.current
      const ends = [instrument(element), startContained(its.failed, () => begin(element))]
      return () => ends.forEach((end) => end())
    }
    return (element: E | null) => {
      attached = element
      if (element) follow()
      else void Promise.resolve().then(follow)
    }
  })
  return ref
}
