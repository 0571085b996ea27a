'use client'

import { useCallback } from 'react'
import type { AnyTracker } from '../../engine/tracker-api.ts'
import type { ChecklistFacts } from '../../plan/facts.ts'
import type { EventsOf, PropertyValue, RegisteredPlan } from '../../plan/register.ts'
import { contain } from '../../triggers/contained.ts'
import { useTracker } from '../context.ts'
import type { FactEvents, NamedEvents } from '../wiring/fact-events.ts'
import { needsObject } from '../wiring/needs-object.ts'
import type { FactOptions } from '../wiring/report.ts'
import { useLatest } from '../wiring/use-latest.ts'
import { useFacts } from './use-facts.ts'

/** Options of `useChecklist`. */
export interface ChecklistOptions<Item extends string> {
  /** Name of the checklist, reported as `checklist_name`. */
  readonly name: string
  /** Names of all items. */
  readonly items: readonly Item[]
  /**
   * Items that your own data reports as done. They count as progress and are not reported again. Default: none; only
   * items completed since the document was loaded count, so a checklist that spans several visits never becomes
   * complete.
   */
  readonly completed?: readonly NoInfer<Item>[] | undefined
}

/** Result of `useChecklist`. */
export interface Checklist<Item extends string> {
  /**
   * Reports an item as completed, and the whole checklist with the last item. Keeps its identity between renders. The
   * frequency rule of the event handles repeats.
   */
  readonly complete: (item: Item) => void
}

/** Type of `useChecklist` for the events `E` of a plan. */
export interface UseChecklist<E = EventsOf<RegisteredPlan>> {
  <
    const Item extends string,
    const Given extends { [name: string]: PropertyValue } = {},
    const Events extends NamedEvents<ChecklistFacts> = {},
  >(
    options: ChecklistOptions<Item> & FactEvents<E, ChecklistFacts, Given, Events>,
  ): Checklist<Item>
}

type ErasedOptions = ChecklistOptions<string> & Pick<FactOptions, 'events' | 'properties'>

const standard: Readonly<Record<keyof ChecklistFacts, string>> = {
  item: 'checklist_item_completed',
  complete: 'checklist_completed',
}

function useItems(options: ErasedOptions): Checklist<string> {
  if (process.env.NODE_ENV !== 'production') needsObject(options, 'useChecklist', '{ name, items, … }')
  const { name, items, completed = [], events, properties } = options
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

/**
 * Reports the completed items of an onboarding checklist, with typed item names, and the whole checklist when its last
 * item is completed.
 *
 * @example
 * const { complete } = useChecklist({ name: 'setup', items: ['project_created', 'teammate_invited'] })
 * return <button onClick={() => complete('project_created')}>Create a project</button>
 */
export const useChecklist = useItems as unknown as UseChecklist

/**
 * Completed items by checklist: different parts of the page may complete them. Cleared when the tracker is reset to
 * another user.
 */
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
