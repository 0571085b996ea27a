'use client'

import { useCallback } from 'react'
import type { Decision, Properties } from '../engine/types.ts'
import { useEmit, useTracker } from './context.ts'
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

export interface Fact {
  readonly fact: string
  readonly factKey: string
  readonly attemptId?: string | undefined
  readonly fromEffect?: boolean | undefined
  readonly payload: object
}

/** Turns the facts of a trigger into events of the tracker in force. A fact that no event wants is not emitted. Stable. */
export function useFacts(
  standard: Readonly<Record<string, string>>,
  options: FactOptions,
): (fact: Fact) => Decision | undefined {
  const latest = useLatest({ ...options, plan: useTracker().plan, emit: useEmit() })
  return useCallback(
    ({ payload, ...trigger }) => {
      const { component, events, properties, emit, plan } = latest.current
      const name = standard[trigger.fact]
      const target = events
        ? events[trigger.fact]
        : name !== undefined && plan.events.has(name)
          ? name
          : undefined
      if (target === undefined) return undefined
      const { event, properties: more } =
        typeof target === 'string' ? { event: target, properties: {} } : target
      return emit(event, { ...payload, ...properties, ...more }, { component, ...trigger })
    },
    [latest, standard],
  )
}
