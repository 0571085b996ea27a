import { StrictMode } from 'react'
import {
  type AnyTracker,
  definePlan,
  FormStep,
  Impression,
  MicroconversionProvider,
  PricingLink,
  standardEvents,
  TrackedButton,
  TrackedForm,
  TrackedLink,
  TrackingScope,
  useAttention,
  useChecklist,
  useConsent,
  useContentLinks,
  useDwell,
  useFunnel,
  useImpression,
  useIntent,
  useOccurred,
  usePage,
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

export const plan = definePlan({
  name: 'every-trigger',
  version: '1',
  events: Object.assign({}, ...Object.values(standardEvents)) as typeof standardEvents.visibility &
    typeof standardEvents.navigation &
    typeof standardEvents.form,
  funnels: { seen: ['element_viewed', 'element_dwelled'] },
})

function Seen() {
  const dwell = useDwell({ name: 'dwell' })
  const seen = useImpression({ name: 'clear', unobstructed: true })
  const depth = useScrollDepth({ name: 'content' })
  useScrollDepth()
  useAttention()
  return (
    <section ref={depth}>
      <Impression name="hero">
        <h1>Hero</h1>
      </Impression>
      <p ref={dwell}>Dwell</p>
      <p ref={seen}>Clear</p>
    </section>
  )
}

function Videos() {
  const progress = useVideoProgress({ name: 'hook' })
  const summary = useVideoSummary({ name: 'summary' })
  return (
    <>
      <VideoProgress name="component" />
      <audio ref={progress}>
        <track kind="captions" />
      </audio>
      <video ref={summary}>
        <track kind="captions" />
      </video>
    </>
  )
}

function Forms() {
  const own = useTrackedForm({ name: 'own' })
  return (
    <>
      <TrackedForm form={own} onSubmit={async (event) => event.preventDefault()}>
        <FormStep name="contact" index={1}>
          <input name="email" aria-label="Email" />
        </FormStep>
        <button type="submit">Send</button>
      </TrackedForm>
      <TrackedForm name="newsletter" action={async () => {}} />
      <TrackedForm name="pages" acrossPages />
    </>
  )
}

function Links() {
  const link = useTrackedLink({ event: 'click' })
  const track = useTrack() as unknown as (event: string) => void
  return (
    <nav ref={useContentLinks()}>
      <button type="button" onClick={() => track('click')}>
        Track
      </button>
      <PricingLink event="click" href="#pricing">
        Pricing
      </PricingLink>
      <TrackedLink href="https://partner.example/file.pdf">Partner</TrackedLink>
      <TrackedButton event="click">Button</TrackedButton>
      <a href="#own" {...link}>
        Own
      </a>
      <a href="#content">Content</a>
    </nav>
  )
}

function Journey() {
  const { plan } = useTracker()
  const { consent } = useConsent()
  const { complete } = useChecklist({ name: 'setup', items: ['one', 'two'] })
  usePage({ pathname: '/all' })
  useReturnVisit()
  useSearchTracking({ name: 'docs', term: 'swaps', results: 3, filters: ['new'] })
  const { completed } = useFunnel('seen' as never)
  const { level } = useIntent()
  const seen = useOccurred({ event: 'element_viewed' as never })
  return (
    <button type="button" onClick={() => complete('one')}>
      {[plan.name, consent['analytics'] ? 'consent' : 'unknown', completed, level, seen].map(String).join()}
    </button>
  )
}

/** Every component and every hook of the package that observes anything. */
export function EveryTrigger({ tracker }: { readonly tracker: AnyTracker }) {
  return (
    <StrictMode>
      <MicroconversionProvider tracker={tracker}>
        <TrackingScope properties={{ section: 'all' }}>
          <Seen />
          <Videos />
          <Forms />
          <Links />
          <Journey />
        </TrackingScope>
      </MicroconversionProvider>
    </StrictMode>
  )
}
