'use client'

import { useEffect, useState } from 'react'
import type { AttentionFacts } from '../plan/facts.ts'
import type { EventsOf, PropertyValue, RegisteredPlan } from '../plan/register.ts'
import { createWarn } from '../support/errors.ts'
import {
  type AttentionMemory,
  type AttentionOptions,
  observeAttention,
  secondsOfMark,
} from '../triggers/attention.ts'
import type { FactEvents, NamedEvents } from './fact-events.ts'
import { type FactOptions, useFacts } from './use-facts.ts'
import { useLatest } from './use-latest.ts'
import { useObservedInPage } from './use-observed-in-page.ts'

export interface UseAttention<E = EventsOf<RegisteredPlan>> {
  <
    const Given extends { [name: string]: PropertyValue } = {},
    const Events extends NamedEvents<AttentionFacts> = {},
  >(
    options?: AttentionOptions & FactEvents<E, AttentionFacts, Given, Events>,
  ): void
}

type ErasedOptions = AttentionOptions & Pick<FactOptions, 'events' | 'properties'>

const standard: Readonly<Record<keyof AttentionFacts, string>> = { mark: 'attention_reached' }

function useErasedAttention(options: ErasedOptions = {}): void {
  const { name = 'page', events, properties } = options
  const report = useFacts(standard, { component: 'Attention', name, events, properties })
  const latest = useLatest<AttentionOptions>(options)
  const [warn] = useState(createWarn)
  const ref = useObservedInPage<Element, AttentionMemory>(report, name, (root, memory) => {
    if (process.env.NODE_ENV !== 'production') {
      for (const mark of latest.current.marks ?? []) {
        if (/^[\d.]+(s|min)$/.test(mark) && secondsOfMark(mark) > 0) continue
        warn(
          'RMC205',
          `The attention to "${name}" has the mark "${mark}", which it can never pass. Use seconds as '30s', minutes as '2min'.`,
        )
      }
    }
    return observeAttention(root.ownerDocument, () => latest.current, report, memory)
  })
  useEffect(() => {
    ref(document.documentElement)
    return () => void ref(null)
  }, [ref])
}

/**
 * Reports `'30s'`, `'2min'` and such of real attention to the page in view: visible, focused, and with a sign of life in the
 * last 30 s. Each mark once in a page scope.
 */
export const useAttention = useErasedAttention as unknown as UseAttention
