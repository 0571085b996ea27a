import type { Properties } from '../../engine/pipeline/occurrence.ts'
import type { Decision } from '../../engine/record/decision.ts'
import type { AnyTracker } from '../../engine/tracker-api.ts'
import type { Use } from '../../triggers/clicks.ts'
import type { Rendering } from './rendering.ts'

/** Event that reports a fact: its name, or the event with properties that the fact does not have. */
export type FactTarget =
  | string
  | { readonly event: string; readonly properties?: Properties | undefined }
  | undefined

export interface FactOptions {
  readonly component: string
  /** Event that reports each fact. Default: the standard event names that the plan declares. */
  readonly events?: { readonly [fact: string]: FactTarget } | undefined
  /** Properties added to every event of the component. */
  readonly properties?: Properties | undefined
}

/** Reporter of facts: its component, its tracker and its events. */
export interface Reporter extends FactOptions {
  readonly tracker: AnyTracker
  readonly scope: Properties
  /** Standard event names by fact; they apply if the plan declares them. */
  readonly standard: Readonly<Record<string, string>>
  /** Distinguishes components of the same kind. */
  readonly name?: string | undefined
  /** Options of the trigger, for the overlay. Default: the reporter has them itself. */
  readonly options?: object | undefined
  /** Memory of the trigger, for the overlay: how far a video was watched, how long an element was in view. */
  readonly memory?: object | undefined
  /** Call stacks of the render; only in development with an overlay. */
  readonly rendering?: Rendering | undefined
}

/** One observation of a trigger. */
export interface Fact {
  readonly fact: string
  readonly factKey?: string | undefined
  readonly attemptId?: string | undefined
  readonly fromEffect?: boolean | undefined
  readonly payload: object
  /** Set if a tester simulated the fact in the overlay. */
  readonly synthetic?: 'kept' | 'delivered' | undefined
}

export interface Report {
  /** Reports a fact. Returns undefined if no event reports it. */
  (fact: Fact): Decision | undefined
  /** Returns a use of the observed element that would report this fact; undefined if no event reports it. */
  readonly use: (fact: Fact) => Omit<Use, 'watcher'> | undefined
  /** Handles an error that the trigger threw. */
  readonly failed: (error: unknown) => void
  /** Holds the current reporter. */
  readonly reporter: { readonly current: Reporter }
}
