import type { Track } from '../engine/types.ts'
import type { AnyPlan } from '../plan/define-plan.ts'
import type { EventsOf } from '../plan/register.ts'
import type { ImpressionComponent } from './impression.tsx'
import type { PricingLinkComponent } from './pricing-link.tsx'
import type { TrackedButtonComponent } from './tracked-button.tsx'
import type { TrackedFormComponent } from './tracked-form.tsx'
import type { TrackedLinkComponent } from './tracked-link.tsx'
import type { UseAttention } from './use-attention.ts'
import type { UseChecklist } from './use-checklist.ts'
import type { UseDwell } from './use-dwell.ts'
import type { UseFunnel } from './use-funnel.ts'
import type { UseImpression } from './use-impression.ts'
import type { UseOccurred } from './use-occurred.ts'
import type { UseReturnVisit } from './use-return-visit.ts'
import type { UseScrollDepth } from './use-scroll-depth.ts'
import type { UseSearchTracking } from './use-search-tracking.ts'
import type { UseTrackedForm } from './use-tracked-form.ts'
import type { VideoProgressComponent } from './video-progress.tsx'

/** The plan-typed exports, as they look for the plan P. */
export interface TypedFor<P extends AnyPlan> {
  readonly Impression: ImpressionComponent<EventsOf<P>>
  readonly PricingLink: PricingLinkComponent<EventsOf<P>>
  readonly TrackedButton: TrackedButtonComponent<EventsOf<P>>
  readonly TrackedForm: TrackedFormComponent<EventsOf<P>>
  readonly TrackedLink: TrackedLinkComponent<EventsOf<P>>
  readonly VideoProgress: VideoProgressComponent<EventsOf<P>>
  readonly useAttention: UseAttention<EventsOf<P>>
  readonly useDwell: UseDwell<EventsOf<P>>
  readonly useFunnel: UseFunnel<P>
  readonly useImpression: UseImpression<EventsOf<P>>
  readonly useScrollDepth: UseScrollDepth<EventsOf<P>>
  readonly useChecklist: UseChecklist<EventsOf<P>>
  readonly useOccurred: UseOccurred<EventsOf<P>>
  readonly useReturnVisit: UseReturnVisit<EventsOf<P>>
  readonly useSearchTracking: UseSearchTracking<EventsOf<P>>
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
