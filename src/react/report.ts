import type { Decision } from '../engine/types.ts'
import type { Use } from '../triggers/clicks.ts'

/** What a trigger has seen. */
export interface Fact {
  readonly fact: string
  readonly factKey?: string | undefined
  readonly attemptId?: string | undefined
  readonly fromEffect?: boolean | undefined
  readonly payload: object
  /** Fired by a tester. */
  readonly synthetic?: 'kept' | 'delivered' | undefined
}

export interface Report {
  /** Undefined: no event wants the fact. */
  (fact: Fact): Decision | undefined
  /** A use of the watched element that would report this fact. Undefined: no event wants it. */
  readonly use: (fact: Fact) => Omit<Use, 'watcher'> | undefined
  /** Takes what the trigger threw. */
  readonly failed: (error: unknown) => void
  /** Who reports, and the event that each of its facts stands for now. */
  readonly about: () => {
    readonly component: string
    /** Tells components of one kind apart; empty if none. */
    readonly name: string
    /** By fact; undefined where no event wants it. */
    readonly events: Readonly<Record<string, string | undefined>>
  }
}
