import { createRoot } from 'react-dom/client'
import { createTracker, definePlan, event } from 'react-microconversions/core'
import { MicroconversionDevtools } from 'react-microconversions/devtools'

interface Offer {
  readonly name: string
}

const offers: readonly Offer[] = [{ name: 'pro' }]

const plan = definePlan({ name: 'editor', version: '1', events: { offer_taken: event({}) } })
const tracker = createTracker({ plan, consent: 'granted' })

function take(offer: Offer): void {
  if (offer.name) tracker.track('offer_taken')
}

createRoot(document.querySelector('main') as HTMLElement).render(
  <>
    <button type="button" onClick={() => offers.forEach(take)}>
      Take it
    </button>
    <MicroconversionDevtools tracker={tracker} defaultOpen />
  </>,
)
