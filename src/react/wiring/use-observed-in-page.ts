'use client'

import { type RefCallback, useInsertionEffect, useState } from 'react'
import { usePlace } from '../context.ts'
import { ObservedInPage, type ObservedKind, type ObservedOptions } from './observed-in-page.ts'
import { useRendering } from './rendering.ts'

/** Returns a stable ref that observes its element while it is attached, and restarts with each page scope. */
export function useObservedInPage<Options extends ObservedOptions, Memory extends object>(
  kind: ObservedKind<Options, Memory>,
  options: Options,
): RefCallback<Element> {
  const { tracker, scope } = usePlace()
  const rendering = useRendering()
  const [{ observed, ref }] = useState(() => {
    const observed = new ObservedInPage(kind)
    return { observed, ref: (element: Element | null) => observed.attach(element) }
  })
  useInsertionEffect(() => observed.give({ tracker, scope, options, rendering }))
  return ref
}
