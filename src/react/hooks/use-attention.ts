'use client'

import { useEffect, useState } from 'react'
import type { AttentionFacts } from '../../plan/facts.ts'
import type { EventsOf, PropertyValue, RegisteredPlan } from '../../plan/register.ts'
import { DURATIONS, durationMs, needsDurations } from '../../support/duration.ts'
import { createWarn, type Warn } from '../../support/errors.ts'
import { type AttentionMemory, type AttentionOptions, observeAttention } from '../../triggers/attention.ts'
import type { FactEvents, NamedEvents } from '../wiring/fact-events.ts'
import type { ObservedKind } from '../wiring/observed-in-page.ts'
import type { FactOptions } from '../wiring/report.ts'
import { useObservedInPage } from '../wiring/use-observed-in-page.ts'

/** Type of `useAttention` for the events `E` of a plan. */
export interface UseAttention<E = EventsOf<RegisteredPlan>> {
  <
    const Given extends { [name: string]: PropertyValue } = {},
    const Events extends NamedEvents<AttentionFacts> = {},
  >(
    options?: AttentionOptions & FactEvents<E, AttentionFacts, Given, Events>,
  ): void
}

type ErasedOptions = AttentionOptions & Pick<FactOptions, 'events' | 'properties'>

const createKind = (): ObservedKind<ErasedOptions & { readonly name: string }, AttentionMemory> => {
  const warn = createWarn()
  return {
    component: 'Attention',
    standard: { mark: 'attention_reached' },
    isSame: (one, other) => one.name === other.name,
    observe(root, observing, memory) {
      if (process.env.NODE_ENV !== 'production') advise(observing.options, warn)
      return observeAttention(root.ownerDocument, () => observing.options, observing.report, memory)
    },
  }
}

function advise({ name, marks = [] }: AttentionOptions, warn: Warn): void {
  for (const mark of marks) {
    if (durationMs(mark) > 0) continue
    warn(
      'RMC205',
      `The attention to "${name}" has the mark "${mark}", which it can never pass. Use a time like ${DURATIONS}.`,
    )
  }
}

function useErasedAttention(options: ErasedOptions = {}): void {
  if (process.env.NODE_ENV !== 'production') needsDurations('useAttention', { idle: options.idle })
  const [kind] = useState(createKind)
  const ref = useObservedInPage(kind, { ...options, name: options.name ?? 'page' })
  useEffect(() => {
    ref(document.documentElement)
    return () => void ref(null)
  }, [ref])
}

/**
 * Reports when the user has paid attention to the page for a given time, by default 30 s and 2 min. Time counts while
 * the page is visible and focused and the user was active in the last 30 s. Each mark fires once per page scope.
 *
 * @example
 * // Anywhere in the page:
 * useAttention({ name: 'article', marks: ['30s', '2min'] })
 */
export const useAttention = useErasedAttention as unknown as UseAttention
