import * as tracking from 'react-microconversions'
import { memory } from 'react-microconversions/destinations'
import { TrackedScheduler as Scheduler } from 'react-microconversions/embeds'
import { collector } from './collector.ts'
import { plan } from './plan.ts'

/**
 * The components, as they look for this plan: names and properties are checked. An application with one plan declares it
 * once instead, and imports them directly: `declare module 'react-microconversions' { interface Register { plan: typeof plan } }`.
 */
export const {
  PricingLink,
  TrackedForm,
  TrackedScheduler,
  VideoProgress,
  useOccurred,
  useTrack,
  useVideoSummary,
} = tracking.forPlan(plan, {
  PricingLink: tracking.PricingLink,
  TrackedForm: tracking.TrackedForm,
  TrackedScheduler: Scheduler,
  VideoProgress: tracking.VideoProgress,
  useOccurred: tracking.useOccurred,
  useTrack: tracking.useTrack,
  useVideoSummary: tracking.useVideoSummary,
})

/** Destinations: our collector with consent to analytics, and a stand-in for an ad network with consent to marketing. */
export const destinations = [collector, memory({ name: 'ads', consent: 'marketing' })]
