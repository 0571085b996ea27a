'use client'

import { type Ref, useMemo } from 'react'
import { mergeRefs } from './render-element.ts'
import type { Report } from './report.ts'
import { useObservedRef } from './use-observed-ref.ts'

const nothing = () => () => {}

function useRefWithInstrument<E extends Element>(report: Report, ref: Ref<E>): Ref<E> | undefined {
  const own = useObservedRef<E>(report, nothing)
  return useMemo(() => mergeRefs<E>(own, ref), [own, ref])
}

/** Tells the overlay about an element that nothing observes. In production the ref stays what it is. */
export const useInstrumentedRef: <E extends Element>(report: Report, ref: Ref<E>) => Ref<E> | undefined =
  process.env.NODE_ENV === 'production' ? (_, ref) => ref ?? undefined : useRefWithInstrument
