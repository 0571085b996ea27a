import type { FrequencyRule } from '../../plan/frequency.ts'
import type { Checked } from '../decision/issue.ts'
import type { PageContext } from '../page/page.ts'
import type { Device } from '../who/device.ts'
import type { AddedContext } from './added-context.ts'

/** Part of the page that reported an event. */
export interface TriggerContext {
  /** Name of the component: `PricingLink`, `TrackedForm`, …; `track` for a call by hand. */
  readonly component: string
  readonly fact: string
  /** Distinguishes facts of one event: the mark of a video, the field of a form. */
  readonly factKey?: string | undefined
  /** Id of the form submission, the same from its start to its outcome. */
  readonly attemptId?: string | undefined
  /**
   * True if a mount reported it instead of an action of the user: the same fact in the same page scope is `repeated`.
   */
  readonly fromEffect?: boolean | undefined
  /** Attempt that a tester made in the overlay. `kept`: it is not counted and not sent. */
  readonly synthetic?: 'kept' | 'delivered' | undefined
}

/** Properties of an event, by name. */
export type Properties = Readonly<Record<string, unknown>>

/** The scope outside of every `TrackingScope`: one object, so that events share their context. */
export const noScope: Properties = Object.freeze({})

/** Something that happened, with its state at that time. */
export interface Occurrence {
  readonly event: string
  /** A copy of what the schema returned, or of what was given if the schema refused it. */
  readonly properties: Properties
  /** Result of validation. Undefined: the properties are as given, and not validated yet. */
  readonly checked?: Checked | undefined
  /** Epoch ms. */
  readonly time: number
  readonly page: PageContext
  readonly trigger: TriggerContext
  /** Properties of the surrounding `TrackingScope`s. */
  readonly scope: Properties
  readonly device: Device
  /** Fields of the context that other entries added. */
  readonly added?: AddedContext | undefined
  readonly derived?: Derivation | undefined
  /** Id under which the tab's storage holds it. A duplicated tab has a copy. */
  readonly heldAs?: string | undefined
}

/** Origin of a derived event. */
export interface Derivation {
  /**
   * Returns the causes. Called late, when they have left, too; returns none if one of them does not count after all.
   * Lost at a page load while the event is held.
   */
  readonly causes?: (() => readonly Cause[]) | undefined
  /** Frequency rule, besides those of the event. */
  readonly rule: FrequencyRule
  /** Time at which the event was due, epoch ms, if it was found later. */
  readonly dueAt?: number | undefined
}

/** An event that a derived event follows from. */
export interface Cause {
  readonly event: string
  /** Epoch ms. */
  readonly time: number
  /** Number of its decision, if this page made it. */
  readonly number?: number | undefined
  /** Id of the event. Undefined until it has left, and for events that never leave. */
  readonly eventId?: string | undefined
  /** Destinations that received it. Others must not learn its id. */
  readonly sentTo?: readonly string[] | undefined
}
