'use client'

import { useMemo } from 'react'
import { partsOf } from '../engine/tracker-parts.ts'
import type { Properties } from '../engine/types.ts'
import { contain } from '../triggers/contained.ts'
import { useEmit, useTracker } from './context.ts'
import { knownInstruments } from './instruments.ts'
import type { Fact, Report } from './report.ts'
import { useLatest } from './use-latest.ts'

/** What may stand for a fact: the name of an event, or the event with properties that the fact does not carry. */
export type FactTarget =
  | string
  | { readonly event: string; readonly properties?: Properties | undefined }
  | undefined

export interface FactOptions {
  readonly component: string
  /** From facts to events. Default: the standard names that the plan has. */
  readonly events?: { readonly [fact: string]: FactTarget } | undefined
  /** Joined to every fact of the component. */
  readonly properties?: Properties | undefined
}

/** Turns the facts of a trigger into events of the tracker in force. A fact that no event wants is not emitted. Stable. */
export function useFacts(
  standard: Readonly<Record<string, string>>,
  options: FactOptions & { readonly name?: string | undefined },
): Report {
  const latest = useLatest({ ...options, tracker: useTracker(), emit: useEmit() })
  return useMemo(() => {
    function targetOf(fact: string): Exclude<FactTarget, string> {
      const { events, tracker } = latest.current
      const name = standard[fact]
      const target = events
        ? events[fact]
        : name !== undefined && tracker.plan.events.has(name)
          ? name
          : undefined
      return typeof target === 'string' ? { event: target } : target
    }
    const report = ({ payload, ...trigger }: Fact) =>
      contain(report.failed, () => {
        const { component, properties, emit, tracker } = latest.current
        const target = targetOf(trigger.fact)
        if (!target) return undefined
        const decision = emit(
          target.event,
          { ...payload, ...properties, ...target.properties },
          { component, ...trigger },
        )
        knownInstruments(tracker)?.noteOrigin(decision.number, report)
        return decision
      })
    report.failed = (error: unknown) => {
      const { component, name = '', tracker } = latest.current
      partsOf(tracker)?.notObserved(component, name, error)
    }
    report.use = (fact: Fact) => {
      const { tracker } = latest.current
      const name = targetOf(fact.fact)?.event
      if (name === undefined) return undefined
      return { owner: tracker, name, report: () => void report(fact), onPageEnd: tracker.onPageEnd }
    }
    report.about = () => {
      const { component, name = '', events } = latest.current
      const facts = new Set([...Object.keys(standard), ...Object.keys(events ?? {})])
      return {
        component,
        name,
        events: Object.fromEntries([...facts].map((fact) => [fact, targetOf(fact)?.event])),
      }
    }
    return report
  }, [latest, standard])
}
