'use client'

import { type RefCallback, useCallback, useEffect, useRef, useState } from 'react'
import type { ScrollFacts } from '../../plan/facts.ts'
import type { EventsOf, PropertyValue, RegisteredPlan } from '../../plan/register.ts'
import { needsDurations } from '../../support/duration.ts'
import { createWarn, type Warn } from '../../support/errors.ts'
import { observeScroll, type ScrollMemory, type ScrollOptions } from '../../triggers/scroll.ts'
import type { FactEvents, NamedEvents } from '../wiring/fact-events.ts'
import type { ObservedKind } from '../wiring/observed-in-page.ts'
import type { FactOptions } from '../wiring/report.ts'
import { useObservedInPage } from '../wiring/use-observed-in-page.ts'

/** Type of `useScrollDepth` for the events `E` of a plan. */
export interface UseScrollDepth<E = EventsOf<RegisteredPlan>> {
  <
    const Given extends { [name: string]: PropertyValue } = {},
    const Events extends NamedEvents<ScrollFacts> = {},
  >(
    options?: ScrollOptions & FactEvents<E, ScrollFacts, Given, Events>,
  ): RefCallback<Element>
}

type ErasedOptions = ScrollOptions & Pick<FactOptions, 'events' | 'properties'>

/** Separate memories: a container that mounts later has not been scrolled by earlier scrolling of the page. */
type Memories = Record<'ofPage' | 'ofContainer', ScrollMemory>

const createKind = (): ObservedKind<ErasedOptions & { readonly name: string }, Memories> => {
  const warn = createWarn()
  return {
    component: 'ScrollDepth',
    standard: { depth: 'scroll' },
    isSame: (one, other) => one.name === other.name,
    observe(element, observing, memory) {
      if (process.env.NODE_ENV !== 'production') advise(observing.options, warn)
      const unclear = (scroller: Element) => {
        if (process.env.NODE_ENV !== 'production') adviseOf(scroller, observing.options, warn)
      }
      const place = element === element.ownerDocument.documentElement ? 'ofPage' : 'ofContainer'
      memory[place] ??= {}
      return observeScroll(element, () => observing.options, observing.report, memory[place], unclear)
    },
  }
}

function advise({ name, marks = [] }: ScrollOptions, warn: Warn): void {
  for (const mark of marks) {
    if (mark > 0 && mark <= 100) continue
    warn(
      'RMC205',
      `The scroll depth of "${name}" has the mark ${mark}, which it can never pass. Use percent above 0 up to 100.`,
    )
  }
}

function adviseOf({ localName, id }: Element, { name }: ScrollOptions, warn: Warn): void {
  const where = id ? `${localName}#${id}` : localName
  warn(
    'RMC320',
    `The scroll depth of "${name}" does not follow <${where}>: the document cannot scroll, and it is unclear whether this element is the page. If it is, put the content into <main>, or the ref of useScrollDepth on it.`,
  )
}

function useErasedScrollDepth(options: ErasedOptions = {}): RefCallback<Element> {
  if (process.env.NODE_ENV !== 'production') needsDurations('useScrollDepth', { read: options.read })
  const [kind] = useState(createKind)
  const ref = useObservedInPage(kind, { ...options, name: options.name ?? 'page' })
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
 * Reports how far the user scrolls through the page, or through the element that the returned ref is attached to. Each
 * mark fires once per page scope. Each report also says how much of the passed content was in view long enough to be
 * read.
 *
 * The page is the document if it can scroll. Otherwise (an app shell) it is the first element that the user scrolls and
 * that is, contains or is inside `<main>`, or, without a `<main>`, covers 60% of the viewport. If the ref is on an
 * element that does not scroll itself, the depth is measured within that element, in whatever scrolls it.
 *
 * @example
 * const ref = useScrollDepth({ name: 'article', marks: [50, 90] })
 * return <article ref={ref}>…</article>
 */
export const useScrollDepth = useErasedScrollDepth as unknown as UseScrollDepth
