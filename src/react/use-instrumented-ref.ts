'use client'

import { type Ref, useMemo, useState } from 'react'
import { instrumentsAreKept } from './instruments.ts'
import { mergeRefs } from './render-element.ts'
import type { Report } from './report.ts'
import { useObservedRef } from './use-observed-ref.ts'

const nothing = () => () => {}

function useRefWithInstrument<E extends Element>(report: Report, ref: Ref<E>): Ref<E> | undefined {
  const own = useObservedRef<E>(report, nothing)
  return useMemo(() => mergeRefs<E>(own, ref), [own, ref])
}

/** Tells the overlay about an element that nothing observes. Where nobody looks, the ref stays what it is. */
export function useInstrumentedRef<E extends Element>(report: Report, ref: Ref<E>): Ref<E> | undefined {
  const [kept] = useState(instrumentsAreKept)
  // biome-ignore lint/correctness/useHookAtTopLevel: it is the same at each rendering of a component
  return kept ? useRefWithInstrument(report, ref) : (ref ?? undefined)
}
