import { type FormEvent, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import {
  createTracker,
  definePlan,
  event,
  Impression,
  MicroconversionProvider,
  PricingLink,
  standardEvents,
  TrackedForm,
  typed,
  useConsent,
} from 'react-microconversions'
import { http } from 'react-microconversions/destinations'

/** What the library is for, as an application has it: a link to the prices, the prices, a form, and a banner. */
const plan = definePlan({
  name: 'main-job',
  version: '1',
  events: {
    pricing_clicked: event({ frequency: 'once-per-session', properties: typed<{ place: string }>() }),
    ...standardEvents.visibility,
    ...standardEvents.form,
  },
})

const AGREED = 'banner-agreed'
const tracker = createTracker({
  plan,
  destinations: [http({ url: '/collect' })],
  consent: sessionStorage.getItem(AGREED) ? 'granted' : 'pending',
})

/** The application's own banner, which keeps the answer. */
function Banner() {
  const { update } = useConsent()
  const agree = () => {
    sessionStorage.setItem(AGREED, 'yes')
    update('granted')
  }
  return (
    <button type="button" id="agree" onClick={agree}>
      Agree
    </button>
  )
}

async function book(submission: FormEvent<HTMLFormElement>) {
  submission.preventDefault()
  const answer = fetch('/book', { method: 'POST' })
  // As where an application renders much when it sends: WebKit hands over the answer before any task that was posted earlier.
  const restMs = performance.now() + 40
  while (performance.now() < restMs);
  const response = await answer
  if (!response.ok) throw response
  document.title = 'Booked'
}

function App() {
  return (
    <MicroconversionProvider tracker={tracker}>
      <Banner />
      <PricingLink id="prices" event="pricing_clicked" properties={{ place: 'header' }} href="/pricing">
        Prices
      </PricingLink>
      <Impression name="table">
        <p>Starter: 5 a month</p>
      </Impression>
      <TrackedForm name="demo" id="demo" onSubmit={book}>
        <label>
          Work e-mail
          <input id="email" type="email" name="email" required />
        </label>
        <label>
          Company
          <input id="company" name="company" required />
        </label>
        <button id="book" type="submit">
          Book
        </button>
      </TrackedForm>
    </MicroconversionProvider>
  )
}

createRoot(document.querySelector('main') as HTMLElement).render(
  <StrictMode>
    <App />
  </StrictMode>,
)

const mainJob = {
  /** What became of each attempt, oldest first. */
  fates: () =>
    tracker.record.get().decisions.map(({ event, outcome, reason }) => `${event} ${outcome} ${reason}`),
}
export type MainJobPage = typeof mainJob
Object.assign(globalThis, { mainJob })
