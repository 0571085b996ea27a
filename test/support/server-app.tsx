import { StrictMode } from 'react'
import {
  type AnyTracker,
  FormStep,
  MicroconversionProvider,
  PricingLink,
  TrackedButton,
  TrackedForm,
  TrackedLink,
  TrackingScope,
  useChecklist,
  useConsent,
  useContentLinks,
  usePage,
  useReturnVisit,
  useSearchTracking,
  useTrackedForm,
  useTrackedLink,
  VideoProgress,
} from 'react-microconversions'

function Banner() {
  const { consent, update } = useConsent()
  return (
    <p>
      {consent['analytics'] ?? 'unknown'}
      <button type="button" onClick={() => update('granted')}>
        Allow
      </button>
    </p>
  )
}

function Booking({ book }: { book: () => Promise<void> }) {
  const form = useTrackedForm({ name: 'booking' })
  const link = useTrackedLink({ event: 'pricing_clicked' })
  usePage({ pathname: '/demo' })
  return (
    <TrackedForm form={form} onSubmit={book}>
      <FormStep name="contact" index={1}>
        <input name="email" aria-label="Email" />
      </FormStep>
      <button type="submit">Book</button>
      <a href="#terms" {...link}>
        Terms
      </a>
    </TrackedForm>
  )
}

function Content() {
  useSearchTracking({ name: 'docs', term: 'swaps', results: 3 })
  useReturnVisit()
  const { complete } = useChecklist({ name: 'setup', items: ['project_created'] })
  return (
    <article ref={useContentLinks()}>
      <TrackedLink href="https://example.com/">Partner</TrackedLink>
      <TrackedButton event="pricing_clicked" type="button" onClick={() => complete('project_created')}>
        Go
      </TrackedButton>
    </article>
  )
}

/** Everything that the library renders; `serverHtml` is what a server makes of it. */
export function ServerApp({ tracker, book }: { tracker: AnyTracker; book: () => Promise<void> }) {
  return (
    <StrictMode>
      <MicroconversionProvider tracker={tracker}>
        <TrackingScope properties={{ section: 'hero' }}>
          <PricingLink event="pricing_clicked" properties={{ tier: 'pro' }} href="#pricing">
            See pricing
          </PricingLink>
          <PricingLink event="pricing_clicked" render={(props) => <a {...props} href="#plans" />}>
            Plans
          </PricingLink>
        </TrackingScope>
        <Booking book={book} />
        <TrackedForm name="newsletter" action={book} />
        <VideoProgress name="tour" muted controls data-testid="player" />
        <Banner />
        <Content />
      </MicroconversionProvider>
    </StrictMode>
  )
}

/** Without the script with which React catches submissions before hydration. */
export const serverHtml =
  '<a href="#pricing">See pricing</a><a href="#plans">Plans</a>' +
  '<form><fieldset><input aria-label="Email" name="email"/></fieldset><button type="submit">Book</button><a href="#terms">Terms</a></form>' +
  '<form action="javascript:throw new Error(&#x27;React form unexpectedly submitted.&#x27;)"></form>' +
  '<video muted="" controls="" data-testid="player"></video>' +
  '<p>unknown<button type="button">Allow</button></p>' +
  '<article><a href="https://example.com/">Partner</a><button type="button">Go</button></article>'
