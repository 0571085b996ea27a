import type { Track, Tracker } from '../engine/tracker-api.ts'
import type { AnyPlan } from '../plan/define-plan.ts'
import type { EventsOf } from '../plan/register.ts'
import type { ImpressionComponent } from './components/impression.tsx'
import type { PricingLinkComponent } from './components/pricing-link.tsx'
import type { TrackedButtonComponent } from './components/tracked-button.tsx'
import type { TrackedFormComponent } from './components/tracked-form.tsx'
import type { TrackedLinkComponent } from './components/tracked-link.tsx'
import type { VideoProgressComponent } from './components/video-progress.tsx'
import type { TrackedSchedulerComponent } from './embeds/tracked-scheduler.tsx'
import type { UseChat } from './embeds/use-chat.ts'
import type { UseEmbeddedForm } from './embeds/use-embedded-form.ts'
import type { UseScheduler } from './embeds/use-scheduler.ts'
import type { UseTrackedForm } from './forms/use-tracked-form.ts'
import type { UseAttention } from './hooks/use-attention.ts'
import type { UseChecklist } from './hooks/use-checklist.ts'
import type { UseContentLinks } from './hooks/use-content-links.ts'
import type { UseDwell } from './hooks/use-dwell.ts'
import type { UseImpression } from './hooks/use-impression.ts'
import type { UseScrollDepth } from './hooks/use-scroll-depth.ts'
import type { UseSearchTracking } from './hooks/use-search-tracking.ts'
import type { UseTrackedLink } from './hooks/use-tracked-link.ts'
import type { UseVideoProgress } from './hooks/use-video-progress.ts'
import type { UseVideoSummary } from './hooks/use-video-summary.ts'
import type { UseFunnel } from './journey/use-funnel.ts'
import type { UseOccurred } from './journey/use-occurred.ts'
import type { UseReturnVisit } from './journey/use-return-visit.ts'

/** The exports whose types depend on the plan, typed for the plan `P`. */
export interface TypedFor<P extends AnyPlan> {
  readonly Impression: ImpressionComponent<EventsOf<P>>
  readonly PricingLink: PricingLinkComponent<EventsOf<P>>
  readonly TrackedButton: TrackedButtonComponent<EventsOf<P>>
  readonly TrackedForm: TrackedFormComponent<EventsOf<P>>
  readonly TrackedLink: TrackedLinkComponent<EventsOf<P>>
  readonly TrackedScheduler: TrackedSchedulerComponent<EventsOf<P>>
  readonly VideoProgress: VideoProgressComponent<EventsOf<P>>
  readonly useAttention: UseAttention<EventsOf<P>>
  readonly useChat: UseChat<EventsOf<P>>
  readonly useContentLinks: UseContentLinks<EventsOf<P>>
  readonly useDwell: UseDwell<EventsOf<P>>
  readonly useEmbeddedForm: UseEmbeddedForm<EventsOf<P>>
  readonly useFunnel: UseFunnel<P>
  readonly useImpression: UseImpression<EventsOf<P>>
  readonly useScrollDepth: UseScrollDepth<EventsOf<P>>
  readonly useChecklist: UseChecklist<EventsOf<P>>
  readonly useOccurred: UseOccurred<EventsOf<P>>
  readonly useReturnVisit: UseReturnVisit<EventsOf<P>>
  readonly useScheduler: UseScheduler<EventsOf<P>>
  readonly useSearchTracking: UseSearchTracking<EventsOf<P>>
  readonly useTrack: () => Track<EventsOf<P>>
  readonly useTracker: () => Tracker<P>
  readonly useTrackedForm: UseTrackedForm<EventsOf<P>>
  readonly useTrackedLink: UseTrackedLink<EventsOf<P>>
  readonly useVideoProgress: UseVideoProgress<EventsOf<P>>
  readonly useVideoSummary: UseVideoSummary<EventsOf<P>>
}

/**
 * Retypes exports for a second plan in the same application:
 * `const Admin = forPlan(adminPlan, { PricingLink, useTrack })`. Returns its second argument unchanged; at run time, the
 * Provider's tracker decides which plan applies.
 */
export function forPlan<P extends AnyPlan, T extends Partial<Record<keyof TypedFor<P>, unknown>>>(
  _plan: P,
  exports: T,
): Pick<TypedFor<P>, keyof T & keyof TypedFor<P>> {
  return exports as unknown as Pick<TypedFor<P>, keyof T & keyof TypedFor<P>>
}
