'use client'

import { type Ref, useMemo } from 'react'
import { mergeRefs } from './render-element.ts'
import type { Report } from './report.ts'
import { useObservedRef } from './use-observed-ref.ts'

const nothing = () => () => {}

/** Tells the overlay about an element that nothing observes. */
export function useInstrumentedRef<E extends Element>(report: Report, ref: Ref<E>): Ref<E> | undefined {
  const own = useObservedRef<E>(report, nothing)
  return useMemo(() => mergeRefs<E>(own, ref), [own, ref])
}
