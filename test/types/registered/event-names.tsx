import type { ReactElement } from 'react'
import type * as api from 'react-microconversions'
import {
  Impression,
  PricingLink,
  TrackedButton,
  TrackedForm,
  TrackedLink,
  useAttention,
  useChecklist,
  useContentLinks,
  useDwell,
  useImpression,
  useOccurred,
  useReturnVisit,
  useScrollDepth,
  useSearchTracking,
  useTrack,
  useTrackedForm,
  useTrackedLink,
  useTracker,
  useVideoProgress,
  useVideoSummary,
  VideoProgress,
} from 'react-microconversions'
import type { Equal } from '../equal.ts'

const child: ReactElement = <p />
const gold = { event: 'pricing_clicked', properties: { tier: 'gold' } } as const

/** Each export that takes names of events: a name that the plan does not have, and wrong properties, do not compile. */
export const rows = {
  Impression: () => [
    // @expect TS2820 "Did you mean '\"demo_booked\"'"
    <Impression key="" name="a" events={{ impression: 'demo_bookd' }}>
      {child}
    </Impression>,
    // @expect TS2322|TS2345 "gold"
    <Impression key="" name="a" events={{ impression: gold }}>
      {child}
    </Impression>,
  ],
  PricingLink: () => [
    // @expect TS2820 "Did you mean '\"demo_booked\"'"
    <PricingLink key="" event="demo_bookd" href="/" />,
    // @expect TS2322 "'\"gold\"' is not assignable"
    <PricingLink key="" event="pricing_clicked" properties={{ tier: 'gold' }} href="/" />,
  ],
  TrackedButton: () => [
    // @expect TS2820 "Did you mean '\"demo_booked\"'"
    <TrackedButton key="" event="demo_bookd" />,
    // @expect TS2322 "'\"gold\"' is not assignable"
    <TrackedButton key="" event="pricing_clicked" properties={{ tier: 'gold' }} />,
  ],
  TrackedForm: () => [
    // @expect TS2820 "Did you mean '\"demo_booked\"'"
    <TrackedForm key="" name="a" events={{ success: 'demo_bookd' }} />,
    // @expect TS2322|TS2345 "gold"
    <TrackedForm key="" name="a" events={{ start: gold }} />,
  ],
  TrackedLink: () => [
    // @expect TS2820|TS2322 "demo_bookd"
    <TrackedLink key="" event="demo_bookd" href="/" />,
    // @expect TS2322 "'\"gold\"' is not assignable"
    <TrackedLink key="" event="pricing_clicked" properties={{ tier: 'gold' }} href="/" />,
    // @expect TS2820|TS2322 "demo_bookd"
    <TrackedLink key="" events={{ mail: 'demo_bookd' }} href="/" />,
    // @expect TS2322|TS2345 "gold"
    <TrackedLink key="" events={{ mail: gold }} href="/" />,
  ],
  VideoProgress: () => [
    // @expect TS2820 "Did you mean '\"demo_booked\"'"
    <VideoProgress key="" name="a" events={{ start: 'demo_bookd' }} />,
    // @expect TS2322|TS2345 "gold"
    <VideoProgress key="" name="a" events={{ start: gold }} />,
  ],
  useAttention() {
    // @expect TS2820 "Did you mean '\"demo_booked\"'"
    useAttention({ events: { mark: 'demo_bookd' } })
    // @expect TS2322|TS2345 "gold"
    useAttention({ events: { mark: gold } })
  },
  useChecklist() {
    // @expect TS2820 "Did you mean '\"demo_booked\"'"
    useChecklist({ name: 'a', items: ['b'], events: { complete: 'demo_bookd' } })
    // @expect TS2322|TS2345 "gold"
    useChecklist({ name: 'a', items: ['b'], events: { item: gold } })
  },
  useContentLinks() {
    // @expect TS2820 "Did you mean '\"demo_booked\"'"
    useContentLinks({ events: { internal: 'demo_bookd' } })
    // @expect TS2322|TS2345 "gold"
    useContentLinks({ events: { internal: gold } })
  },
  useDwell() {
    // @expect TS2820 "Did you mean '\"demo_booked\"'"
    useDwell({ name: 'a', events: { dwell: 'demo_bookd' } })
    // @expect TS2322|TS2345 "gold"
    useDwell({ name: 'a', events: { dwell: gold } })
  },
  useImpression() {
    // @expect TS2820 "Did you mean '\"demo_booked\"'"
    useImpression({ name: 'a', events: { impression: 'demo_bookd' } })
    // @expect TS2322|TS2345 "gold"
    useImpression({ name: 'a', events: { impression: gold } })
  },
  useOccurred() {
    // @expect TS2820 "Did you mean '\"demo_booked\"'"
    useOccurred({ event: 'demo_bookd' })
  },
  useReturnVisit() {
    // @expect TS2820 "Did you mean '\"demo_booked\"'"
    useReturnVisit({ events: { return: 'demo_bookd' } })
    // @expect TS2322|TS2345 "gold"
    useReturnVisit({ events: { return: gold } })
  },
  useScrollDepth() {
    // @expect TS2820 "Did you mean '\"demo_booked\"'"
    useScrollDepth({ events: { depth: 'demo_bookd' } })
    // @expect TS2322|TS2345 "gold"
    useScrollDepth({ events: { depth: gold } })
  },
  useSearchTracking() {
    const search = { name: 'a', term: '', results: 0 } as const
    // @expect TS2820 "Did you mean '\"demo_booked\"'"
    useSearchTracking({ ...search, events: { nothing: 'demo_bookd' } })
    // @expect TS2322|TS2345 "gold"
    useSearchTracking({ ...search, events: { search: gold } })
  },
  useTrack() {
    const track = useTrack()
    // @expect TS2345 "'\"demo_bookd\"' is not assignable"
    track('demo_bookd')
    // @expect TS2322 "'\"gold\"' is not assignable"
    track('pricing_clicked', { tier: 'gold' })
  },
  useTracker() {
    const { track } = useTracker()
    // @expect TS2345 "'\"demo_bookd\"' is not assignable"
    track('demo_bookd')
    // @expect TS2322 "'\"gold\"' is not assignable"
    track('pricing_clicked', { tier: 'gold' })
  },
  useTrackedForm() {
    // @expect TS2820 "Did you mean '\"demo_booked\"'"
    useTrackedForm({ name: 'a', events: { success: 'demo_bookd' } })
    // @expect TS2322|TS2345 "gold"
    useTrackedForm({ name: 'a', events: { start: gold } })
  },
  useTrackedLink() {
    // @expect TS2820|TS2322|TS2345 "demo_bookd"
    useTrackedLink({ event: 'demo_bookd' })
    // @expect TS2322|TS2345 "gold"
    useTrackedLink({ event: 'pricing_clicked', properties: { tier: 'gold' } })
    // @expect TS2820|TS2322|TS2345 "demo_bookd"
    useTrackedLink({ events: { mail: 'demo_bookd' } })
    // @expect TS2322|TS2345 "gold"
    useTrackedLink({ events: { mail: gold } })
  },
  useVideoProgress() {
    // @expect TS2820 "Did you mean '\"demo_booked\"'"
    useVideoProgress({ name: 'a', events: { start: 'demo_bookd' } })
    // @expect TS2322|TS2345 "gold"
    useVideoProgress({ name: 'a', events: { start: gold } })
  },
  useVideoSummary() {
    // @expect TS2820 "Did you mean '\"demo_booked\"'"
    useVideoSummary({ name: 'a', events: { summary: 'demo_bookd' } })
    // @expect TS2322|TS2345 "gold"
    useVideoSummary({ name: 'a', events: { summary: gold } })
  },
}

type WithoutEventNames =
  | 'FormStep'
  | 'MicroconversionError'
  | 'MicroconversionProvider'
  | 'TrackingScope'
  | 'commerceProperties'
  | 'createTracker'
  | 'definePlan'
  | 'event'
  | 'forPlan'
  | 'journey'
  | 'routeTemplate'
  | 'standardEvents'
  | 'typed'
  | 'useConsent'
  | 'useFunnel'
  | 'useIntent'
  | 'usePage'

/** An export that is new in the entry needs a row, or a line in the list of those without event names. */
export const everyExportHasARow: Equal<keyof typeof api, keyof typeof rows | WithoutEventNames> = true
