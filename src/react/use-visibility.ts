'use client'

import type { RefCallback } from 'react'
import type { Properties } from '../engine/types.ts'
import type { VisibilityFacts } from '../plan/facts.ts'
import { observeVisibility, type VisibilityMemory, type VisibilityOptions } from '../triggers/visibility.ts'
import { type FactOptions, useFacts } from './use-facts.ts'
import { latestOfSame, useLatest } from './use-latest.ts'
import { useObservedInPage } from './use-observed-in-page.ts'

export interface ErasedVisibilityOptions extends VisibilityOptions {
  readonly events?: FactOptions['events']
  readonly properties?: Properties | undefined
}

const itemOf = ({ name, itemKey = '' }: VisibilityOptions) => `${name}|${itemKey}`

/** What `useImpression` and `useDwell` have in common: `standard` says which of the facts they report. */
export function useVisibility(
  component: string,
  standard: Readonly<Partial<Record<keyof VisibilityFacts, string>>>,
  options: ErasedVisibilityOptions,
): RefCallback<Element> {
  const tell = useFacts(standard, { component, name: options.name, events: options.events })
  const latest = useLatest(options)
  return useObservedInPage<Element, VisibilityMemory>(tell, itemOf(options), (element, memory) => {
    // A row that is recycled shows another item, and what is left to say is of the one before.
    const current = latestOfSame(latest, itemOf)
    return observeVisibility(
      element,
      current,
      (fact) =>
        tell({
          ...fact,
          payload: { ...fact.payload, ...current().properties },
          // Of a mount, where dwell is of the visitor who leaves.
          fromEffect: fact.fact === 'impression',
        }),
      memory,
    )
  })
}
