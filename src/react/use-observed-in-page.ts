'use client'

import { type RefCallback, useEffect, useRef } from 'react'
import type { AnyTracker } from '../engine/types.ts'
import { contained } from '../triggers/contained.ts'
import { useTracker } from './context.ts'
import type { Report } from './report.ts'
import { useLatest } from './use-latest.ts'
import { useObservedRef } from './use-observed-ref.ts'

type Stop = (pageEnds?: boolean) => void

const counts = new WeakMap<AnyTracker, { ended: number }>()

/** Page scopes that have ended; it listens before everybody who asks. */
export function pagesOf(tracker: AnyTracker): { readonly ended: number } {
  let count = counts.get(tracker)
  if (!count) {
    const begun = { ended: 0 }
    count = begun
    counts.set(tracker, begun)
    tracker.onPageEnd(() => void begun.ended++)
  }
  return count
}

/**
 * `useObservedRef` for what is counted by page: another page scope, or another `key`, begins with an empty memory. The
 * memory outlives StrictMode, Activity and Suspense, and ends with its page also while nothing is observed.
 */
export function useObservedInPage<E extends Element, Memory extends object>(
  report: Report,
  key: string,
  observe: (element: E, memory: Partial<Memory>) => Stop,
): RefCallback<E> {
  const tracker = useTracker()
  const latest = useLatest({ key, observe })
  const kept = useRef<{ readonly of: string; readonly memory: Partial<Memory> } | undefined>(undefined)
  const restart = useRef<(() => void) | undefined>(undefined)
  // The effect of a first mount finds its key.
  const observedKey = useRef(key)
  useEffect(() => {
    if (observedKey.current === key) return
    restart.current?.()
  }, [key])
  return useObservedRef(report, (element: E) => {
    const pages = pagesOf(tracker)
    const begin = () => {
      const { key: now, observe: watch } = latest.current
      const of = `${pages.ended}|${now}`
      if (kept.current?.of !== of) kept.current = { of, memory: {} }
      observedKey.current = now
      return watch(element, kept.current.memory)
    }
    let stop = begin()
    const again = contained(() => {
      stop(true)
      stop = begin()
    })
    const forget = tracker.onPageEnd(again)
    restart.current = again
    return () => {
      restart.current = undefined
      forget()
      stop()
    }
  })
}
