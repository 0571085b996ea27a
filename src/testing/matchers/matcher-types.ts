import type { Reason } from '../../engine/record/decision.ts'
import type { Tracker } from '../../engine/tracker-api.ts'
import type { AnyPlan } from '../../plan/define-plan.ts'
import type { EventsOf, OutputOf, RegisteredPlan } from '../../plan/register.ts'

/** The plan of the value passed to `expect()`; if the value has none, the registered plan. */
export type PlanOf<T> = T extends { readonly tracker: Tracker<infer P> }
  ? P
  : T extends Tracker<infer P>
    ? P
    : RegisteredPlan

/** Event names of the plan of `T`. */
export type EventNameOf<T> = keyof EventsOf<PlanOf<T>> & string

/** Some properties of the event, as destinations receive them. */
export type SomeProperties<T, N extends EventNameOf<T>> = Partial<OutputOf<EventsOf<PlanOf<T>>[N]>>

/**
 * Matchers for the decisions of a tracker. `T` is the value passed to `expect()`; its plan types event names and properties. `R`
 * is the return type of a matcher.
 */
export interface MicroconversionMatchers<T, R = void> {
  /**
   * Passes if the event fired with at least these properties. The failure message names the closest attempt, how it differs,
   * and why it did not fire.
   *
   * @example
   * expect(tracking).toHaveFired('pricing_clicked', { tier: 'pro' })
   */
  toHaveFired<N extends EventNameOf<T>>(event: N, properties?: SomeProperties<T, N>): R
  /** Passes if the event fired exactly `times` times with at least these properties. */
  toHaveFiredTimes<N extends EventNameOf<T>>(event: N, times: number, properties?: SomeProperties<T, N>): R
  /** Passes if the events fired in this order; other events may have fired in between. */
  toHaveFiredInOrder(events: readonly EventNameOf<T>[]): R
  /**
   * Passes if an attempt was dropped for this reason. Default: any reason.
   *
   * @example
   * expect(tracking).toHaveDropped('pricing_clicked', 'frequency')
   */
  toHaveDropped<N extends EventNameOf<T>>(event: N, reason?: Reason, properties?: SomeProperties<T, N>): R
  /** Passes if an attempt waits, or has waited, for consent or for the activation of a prerendered page. */
  toHaveBeenHeld<N extends EventNameOf<T>>(event: N, properties?: SomeProperties<T, N>): R
  /** Passes if every attempted event is in the plan and had valid properties. `plan` defaults to the tracker's plan. */
  toMatchPlan(plan?: AnyPlan): R
}
