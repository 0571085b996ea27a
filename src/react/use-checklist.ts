'use client'

import { useCallback } from 'react'
import type { AnyTracker } from '../engine/types.ts'
import type { ChecklistFacts } from '../plan/facts.ts'
import type { EventsOf, PropertyValue, RegisteredPlan } from '../plan/register.ts'
import { contain } from '../triggers/contained.ts'
import { useTracker } from './context.ts'
import type { FactEvents, NamedEvents } from './fact-events.ts'
import { type FactOptions, useFacts } from './use-facts.ts'
import { useLatest } from './use-latest.ts'

export interface ChecklistOptions<Item extends string> {
  /**
   * What your data says is done: it counts as progress, and is not reported. Without it only what this page has seen
   * counts, and a checklist that takes several visits never becomes complete.
   */
  readonly completed?: readonly NoInfer<Item>[] | undefined
}

export interface Checklist<Item extends string> {
  /** Reports an item, and the checklist with the last one. Stable; a repeat is refused by the event's rule. */
  readonly complete: (item: Item) => void
}

export interface UseChecklist<E = EventsOf<RegisteredPlan>> {
  <
    const Item extends string,
    const Given extends { [name: string]: PropertyValue } = {},
    const Events extends NamedEvents<ChecklistFacts> = {},
  >(
    name: string,
    items: readonly Item[],
    options?: ChecklistOptions<Item> & FactEvents<E, ChecklistFacts, Given, Events>,
  ): Checklist<Item>
}

type ErasedOptions = ChecklistOptions<string> & Pick<FactOptions, 'events' | 'properties'>

const standard: Readonly<Record<keyof ChecklistFacts, string>> = {
  item: 'checklist_item_completed',
  complete: 'checklist_completed',
}

function useItems(name: string, items: readonly string[], options: ErasedOptions = {}): Checklist<string> {
  const { completed = [], events, properties } = options
  const tracker = useTracker()
  const report = useFacts(standard, { component: 'Checklist', name, events, properties })
  const latest = useLatest({ tracker, name, items, completed })
  const complete = useCallback(
    (item: string) =>
      contain(report.failed, () => {
        const { tracker, name, items, completed } = latest.current
        const seen = seenBy(tracker, name)
        seen.add(item)
        const done = items.filter((one) => seen.has(one) || completed.includes(one)).length
        const payload = {
          checklist_name: name,
          items_completed: done,
          items_total: items.length,
          progress_percent: items.length && Math.round((100 * done) / items.length),
        }
        report({ fact: 'item', factKey: `${name}:${item}`, payload: { ...payload, item_name: item } })
        if (done === items.length) report({ fact: 'complete', factKey: name, payload })
      }),
    [latest, report],
  )
  return { complete }
}

/** Typed steps of getting started: `useChecklist('setup', ['project_created', 'teammate_invited'])`. */
export const useChecklist = useItems as unknown as UseChecklist

/** By checklist: its items may be completed in different parts of the page, by the person who is here. */
const memories = new WeakMap<AnyTracker, Map<string, Set<string>>>()

function seenBy(tracker: AnyTracker, name: string): Set<string> {
  let checklists = memories.get(tracker)
  if (!checklists) {
    const seen = new Map<string, Set<string>>()
    checklists = seen
    memories.set(tracker, seen)
    tracker.onReset(() => seen.clear())
  }
  const items = checklists.get(name) ?? new Set()
  checklists.set(name, items)
  return items
}
