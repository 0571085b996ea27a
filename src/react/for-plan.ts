import type { Track } from '../engine/types.ts'
import type { AnyPlan } from '../plan/define-plan.ts'
import type { EventsOf } from '../plan/register.ts'
import type { PricingLinkComponent } from './pricing-link.tsx'
import type { TrackedFormComponent } from './tracked-form.tsx'
import type { UseTrackedForm } from './use-tracked-form.ts'
import type { VideoProgressComponent } from './video-progress.tsx'

/** The plan-typed exports, as they look for the plan P. */
export interface TypedFor<P extends AnyPlan> {
  readonly PricingLink: PricingLinkComponent<EventsOf<P>>
  readonly TrackedForm: TrackedFormComponent<EventsOf<P>>
  readonly VideoProgress: VideoProgressComponent<EventsOf<P>>
  readonly useTrack: () => Track<EventsOf<P>>
  readonly useTrackedForm: UseTrackedForm<EventsOf<P>>
}

/**
 * Retypes what you pass for a second plan in one application: `const Admin = forPlan(adminPlan, { PricingLink, useTrack })`.
 * It returns its second argument; at run time the plan is the Provider's.
 */
export function forPlan<P extends AnyPlan, T extends Partial<Record<keyof TypedFor<P>, unknown>>>(
  _plan: P,
  exports: T,
): Pick<TypedFor<P>, keyof T & keyof TypedFor<P>> {
  return exports as unknown as Pick<TypedFor<P>, keyof T & keyof TypedFor<P>>
}
