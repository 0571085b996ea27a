import type { AnyPlan } from '../plan/define-plan.ts'
import type { EventsOf, PropertiesArgument, RegisteredPlan } from '../plan/register.ts'
import type { JourneyView } from './journey/journey-view.ts'
import type { PageInput } from './page/page.ts'
import type { ConsentControl, ConsentSnapshot } from './permission/consent-types.ts'
import type { Decision } from './record/decision.ts'
import type { RecordView } from './record/record-view.ts'
import type { IdentifyOptions, UserContext } from './who/visit.ts'

/** A tracker of any plan, as `MicroconversionProvider` takes it. */
export interface AnyTracker {
  readonly plan: AnyPlan
  /** Begins a page scope, unless the page is in view already. Emits `page_view` if the plan has it. */
  readonly page: (input?: PageInput) => Decision | undefined
  /** Identifies the user of this browser by your id. Another id than before implies `reset` first. */
  readonly identify: (userId: string, options?: IdentifyOptions) => void
  /** Forgets user, session and their counts. Call it at log-out, or when another person uses the browser. */
  readonly reset: () => void
  readonly consent: ConsentControl
  /**
   * Returns the ids of user and session with the user's consent, for your server: pass them along at checkout, and spread them into the
   * options of `createEvent`. Undefined until storage is permitted and the ids are final.
   *
   * @example
   * await fetch('/api/orders', { method: 'POST', body: JSON.stringify({ items, context: tracker.context() }) })
   */
  readonly context: () => TrackerContext | undefined
  /** Calls before `page()` ends a page scope, so that its facts are reported now. Returns an unsubscribe function. */
  readonly onPageEnd: (listener: () => void) => () => void
  /**
   * Calls when storage has provided the number of this visit, at once if it has already, and when each later visit
   * begins. Never calls if nothing may be stored. Returns an unsubscribe function.
   */
  readonly onVisit: (listener: (user: UserContext) => void) => () => void
  /** Calls after `reset`, also after one that `identify` with another id implies. Returns an unsubscribe function. */
  readonly onReset: (listener: () => void) => () => void
  /** Resolves when all queued events have been tried once. */
  readonly flush: () => Promise<void>
  readonly record: RecordView
  /** History of the user. Undefined without the plugin `journey()`. */
  readonly journey: JourneyView | undefined
  readonly dispose: () => void
}

/** Ids for a server that reports events of the same user. */
export interface TrackerContext {
  readonly anonymousId: string
  readonly sessionId: string
  /** The id passed to `identify`, or its SHA-256. */
  readonly userId?: string | undefined
  readonly consent: ConsentSnapshot
}

/** Options of `track`. */
export interface TrackOptions {
  /**
   * Id of the event, for a server that reports the same event: an order number, a booking. 1-100 characters, no control
   * characters; another id is ignored with an issue in the record, and one is generated. Takes precedence over the
   * event's `id` in the plan. Default: a random UUID; for once-events, one derived from the user or the session.
   */
  readonly id?: string | undefined
}

/** Type of `track`, for the events of a plan. */
export interface Track<E> {
  /**
   * Reports an event. Never throws. Returns the decision as far as it is known now. Validates and copies the properties
   * before it returns: later changes by the caller do not change the event.
   *
   * @example
   * track('purchase', { transaction_id: order.number, value: 90, currency: 'EUR', items }, { id: order.number })
   */
  <N extends keyof E & string>(
    event: N,
    ...given: PropertiesArgument<E, N, [options?: TrackOptions]>
  ): Decision
}

/** A tracker of one plan. */
export interface Tracker<P extends AnyPlan = RegisteredPlan> extends AnyTracker {
  readonly track: Track<EventsOf<P>>
}
