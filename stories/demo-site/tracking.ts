import * as tracking from 'react-microconversions'
import { memory } from 'react-microconversions/destinations'
import { collector } from './collector.ts'
import { plan } from './plan.ts'

/**
 * The components, as they look for this plan: names and properties are checked. An application with one plan declares it
 * once instead, and imports them directly: `declare module 'react-microconversions' { interface Register { plan: typeof plan } }`.
 */
export const { PricingLink, TrackedForm, VideoProgress, useOccurred, useTrack } = tracking.forPlan(plan, {
  PricingLink: tracking.PricingLink,
  TrackedForm: tracking.TrackedForm,
  VideoProgress: tracking.VideoProgress,
  useOccurred: tracking.useOccurred,
  useTrack: tracking.useTrack,
})

/** Where events go: to our collector with consent to analytics, and to what stands for an ad network with that to marketing. */
export const destinations = [collector, memory({ name: 'ads', consent: 'marketing' })]
