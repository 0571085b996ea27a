'use client'

import { type RefCallback, useCallback, useEffect, useRef, useState } from 'react'
import type { ScrollFacts } from '../plan/facts.ts'
import type { EventsOf, PropertyValue, RegisteredPlan } from '../plan/register.ts'
import { createWarn } from '../support/errors.ts'
import { observeScroll, type ScrollMemory, type ScrollOptions } from '../triggers/scroll.ts'
import type { FactEvents, NamedEvents } from './fact-events.ts'
import { type FactOptions, useFacts } from './use-facts.ts'
import { useLatest } from './use-latest.ts'
import { useObservedInPage } from './use-observed-in-page.ts'

export interface UseScrollDepth<E = EventsOf<RegisteredPlan>> {
  <
    const Given extends { [name: string]: PropertyValue } = {},
    const Events extends NamedEvents<ScrollFacts> = {},
  >(
    options?: ScrollOptions & FactEvents<E, ScrollFacts, Given, Events>,
  ): RefCallback<Element>
}

type ErasedOptions = ScrollOptions & Pick<FactOptions, 'events' | 'properties'>

/** A container that comes late has not been scrolled by what happened to the page. */
type Memories = Record<'ofPage' | 'ofContainer', ScrollMemory>

const standard: Readonly<Record<keyof ScrollFacts, string>> = { depth: 'scroll' }

function useErasedScrollDepth(options: ErasedOptions = {}): RefCallback<Element> {
  const { name = 'page', events, properties } = options
  const report = useFacts(standard, { component: 'ScrollDepth', name, events, properties })
  const latest = useLatest<ScrollOptions>(options)
  const [warn] = useState(createWarn)
  const unclear = (scroller: Element) => {
    if (process.env.NODE_ENV === 'production') return
    const { localName, id } = scroller
    const where = id ? `${localName}#${id}` : localName
    warn(
      'RMC320',
      `The scroll depth of "${name}" does not follow <${where}>: the document cannot scroll, and it is unclear whether this element is the page. If it is, put the content into <main>, or the ref of useScrollDepth on it.`,
    )
  }
  const ref = useObservedInPage<Element, Memories>(report, name, (element, memory) => {
    if (process.env.NODE_ENV !== 'production') {
      for (const mark of latest.current.marks ?? []) {
        if (mark > 0 && mark <= 100) continue
        warn(
          'RMC205',
          `The scroll depth of "${name}" has the mark ${mark}, which it can never pass. Use percent above 0 up to 100.`,
        )
      }
    }
    const place = element === element.ownerDocument.documentElement ? 'ofPage' : 'ofContainer'
    memory[place] ??= {}
    return observeScroll(element, () => latest.current, report, memory[place], unclear)
  })
  const hasContainer = useRef(false)
  useEffect(() => {
    if (hasContainer.current) return
    ref(document.documentElement)
    return () => {
      if (!hasContainer.current) ref(null)
    }
  }, [ref])
  return useCallback(
    (element) => {
      hasContainer.current = element !== null
      ref(element)
    },
    [ref],
  )
}

/**
 * Reports how far the visitor scrolls through the page, or through the element that the returned ref is put on. Each mark
 * once in a page scope; with it, how much of what was passed stood still long enough to be read.
 *
 * The page is the document if it can scroll, else (an app shell) the first element that the visitor scrolls and that is,
 * contains or is inside `<main>`, or without a `<main>` covers 60 % of the viewport. A ref on an element that does not scroll
 * itself gives the depth of that content in what scrolls it.
 *
 * @example
 * const ref = useScrollDepth({ name: 'article', marks: [50, 90] })
 * return <article ref={ref}>…</article>
 */
export const useScrollDepth = useErasedScrollDepth as unknown as UseScrollDepth
