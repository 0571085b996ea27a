import Cal from '@calcom/embed-react'
import { Widget } from '@typeform/embed-react'
import { type ReactNode, StrictMode, useState } from 'react'
import { createRoot } from 'react-dom/client'
import {
  createTracker,
  definePlan,
  MicroconversionProvider,
  standardEvents,
  TrackedForm,
  useTrackedForm,
} from 'react-microconversions'
import { memory } from 'react-microconversions/destinations'
import {
  calCom,
  calendly,
  hubspotChat,
  hubspotForm,
  hubspotMeetings,
  intercom,
  TrackedScheduler,
  typeform,
  useChat,
  useEmbeddedForm,
  useScheduler,
} from 'react-microconversions/embeds'
import { Intercom, onShow } from 'real-intercom'

const plan = definePlan({
  name: 'embeds',
  version: '1',
  events: { ...standardEvents.form, ...standardEvents.scheduler, ...standardEvents.chat },
})

const query = new URLSearchParams(location.search)
const destination = memory()
const tracker = createTracker({
  plan,
  destinations: [destination],
  consent: query.get('consent') === 'pending' ? 'pending' : 'granted',
  bots: 'flag',
})
const seen: { ignored: Record<string, () => object> } = { ignored: {} }

interface FrameProps {
  readonly src: string
}

const Frame = ({ src }: FrameProps) => <iframe title={src} src={src} />

interface NamedProps {
  readonly name: string
}

function Calendly({ name, path = name }: NamedProps & { readonly path?: string }) {
  const { ref, ignored } = useScheduler({ name, provider: calendly() })
  seen.ignored[name] = ignored
  return (
    <div ref={ref}>
      <Frame src={`https://calendly.com/acme/${path}`} />
    </div>
  )
}

/** As Calendly's pop-up: the frame is outside of the component. */
function Popup() {
  seen.ignored['popup'] = useScheduler({ name: 'popup', provider: calendly() }).ignored
  return null
}

function Meetings() {
  return (
    <TrackedScheduler name="meetings" provider={hubspotMeetings()}>
      <Frame src="https://meetings.hubspot.com/acme/demo?embed=true" />
    </TrackedScheduler>
  )
}

function CalCom() {
  const { ref, ignored } = useScheduler({ name: 'cal', provider: calCom() })
  seen.ignored['cal'] = ignored
  return (
    <div ref={ref}>
      <Cal calLink="acme/demo" />
    </div>
  )
}

function Survey() {
  const { ref, ignored } = useEmbeddedForm({ name: 'survey', provider: typeform() })
  seen.ignored['survey'] = ignored
  return (
    <div ref={ref}>
      <Widget id="abcdef" inlineOnMobile />
    </div>
  )
}

function Contact() {
  const { ref, ignored } = useEmbeddedForm({ name: 'contact', provider: hubspotForm({ formId: 'a1b2' }) })
  seen.ignored['contact'] = ignored
  return (
    <div ref={ref}>
      <input aria-label="Email" />
    </div>
  )
}

/** A form of our own whose second step is a scheduler. */
function Demo() {
  const form = useTrackedForm({ name: 'demo' })
  return (
    <TrackedForm form={form}>
      <input aria-label="Company" name="company" />
      <TrackedScheduler name="slots" provider={calendly()} form={form}>
        <Frame src="https://calendly.com/acme/slots" />
      </TrackedScheduler>
    </TrackedForm>
  )
}

function Chats() {
  useChat({ name: 'support', provider: intercom({ onShow }) })
  useChat({ name: 'sales', provider: hubspotChat() })
  return null
}

const scenes: Readonly<Record<string, () => ReactNode>> = {
  calendly: () => <Calendly name="demo" />,
  two: () => (
    <>
      <Calendly name="first" />
      <Calendly name="second" />
    </>
  ),
  popup: () => (
    <>
      <Popup />
      <Calendly name="demo" />
    </>
  ),
  meetings: () => <Meetings />,
  cal: () => <CalCom />,
  survey: () => <Survey />,
  contact: () => <Contact />,
  form: () => <Demo />,
  chats: () => <Chats />,
}

const name = query.get('scene') ?? ''
if (name === 'chats') Intercom({ app_id: 'abc' })

function App() {
  const [round, setRound] = useState(0)
  return (
    <MicroconversionProvider tracker={tracker}>
      <button type="button" onClick={() => setRound(round + 1)}>
        Mount again
      </button>
      <div key={round}>{scenes[name]?.()}</div>
    </MicroconversionProvider>
  )
}

const page = { tracker, events: destination.events, seen }
export type EmbedsPage = typeof page
Object.assign(globalThis, { embeds: page })

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
