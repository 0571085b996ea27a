import { StrictMode, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { createTracker, definePlan, MicroconversionProvider, standardEvents } from 'react-microconversions'
import { memory } from 'react-microconversions/destinations'
import {
  calCom,
  calendly,
  hubspotForm,
  hubspotMeetings,
  type IgnoredMessages,
  typeform,
  useEmbeddedForm,
  useScheduler,
} from 'react-microconversions/embeds'

/** A page with an embed of each service, whose frames come from the origins in its address: no engine reaches the services. */
const plan = definePlan({
  name: 'embeds',
  version: '1',
  events: { ...standardEvents.form, ...standardEvents.scheduler },
})

const query = new URLSearchParams(location.search)
const service = query.get('service') ?? ''
const forger = query.get('forger') ?? ''
const options = { origins: [new URL(service).origin] }

const destination = memory()
const tracker = createTracker({
  plan,
  destinations: [destination],
  consent: query.get('consent') === 'pending' ? 'pending' : 'granted',
  bots: 'flag',
})

const providers = {
  first: calendly(options),
  second: calendly(options),
  cal: calCom(options),
  meetings: hubspotMeetings(options),
}
const forms = { survey: typeform(options), contact: hubspotForm({ formId: 'a1b2' }) }

const ignored: Record<string, () => IgnoredMessages> = {}

interface EmbedProps<Name> {
  readonly name: Name
}

function Scheduler({ name }: EmbedProps<keyof typeof providers>) {
  const { ref, ignored: counts } = useScheduler({ name, provider: providers[name] })
  ignored[name] = counts
  return (
    <div ref={ref}>
      <iframe title={name} src={service} />
    </div>
  )
}

function Form({ name }: EmbedProps<keyof typeof forms>) {
  const { ref, ignored: counts } = useEmbeddedForm({ name, provider: forms[name] })
  ignored[name] = counts
  return (
    <div ref={ref}>
      <iframe title={name} src={service} />
    </div>
  )
}

function App() {
  const [round, setRound] = useState(0)
  return (
    <MicroconversionProvider tracker={tracker}>
      <button type="button" onClick={() => setRound(round + 1)}>
        Mount again
      </button>
      <div key={round}>
        <Scheduler name="first" />
        <Scheduler name="second" />
        <Scheduler name="cal" />
        <Scheduler name="meetings" />
        <Form name="survey" />
        <Form name="contact" />
      </div>
      <iframe title="forger" src={forger} />
    </MicroconversionProvider>
  )
}

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <App />
  </StrictMode>,
)

/** Resolves when the frame, which sends back what it gets, has sent this back. */
function echoed(title: string, message: object, everyMs?: number): Promise<void> {
  const text = JSON.stringify(message)
  const frame = () => document.querySelector<HTMLIFrameElement>(`iframe[title=${title}]`)?.contentWindow
  const post = () => frame()?.postMessage(message, '*')
  return new Promise((done) => {
    const timer = everyMs ? setInterval(post, everyMs) : undefined
    addEventListener('message', function hear({ source, data }) {
      if (source !== frame() || JSON.stringify(data) !== text) return
      clearInterval(timer)
      removeEventListener('message', hear)
      done()
    })
    post()
  })
}

const page = {
  tracker,
  /** Lets a frame send messages, once it has loaded. */
  async say(title: string, messages: readonly object[]) {
    await echoed(title, { loaded: true }, 20)
    for (const message of messages) await echoed(title, message)
  },
  ignored: () => Object.fromEntries(Object.entries(ignored).map(([name, counts]) => [name, counts()])),
  /** Names of the events that arrived, by embed. */
  arrived: () => {
    const { events } = destination
    const embeds = new Set(events.map(({ properties }) => String(properties['form_name'])))
    const namesOf = (embed: string) =>
      events.filter(({ properties }) => properties['form_name'] === embed).map(({ name }) => name)
    return Object.fromEntries([...embeds].map((embed) => [embed, namesOf(embed).sort()]))
  },
  /** All that the page keeps and sends. */
  kept: () =>
    JSON.stringify([
      destination.events,
      tracker.record.get(),
      { ...localStorage },
      { ...sessionStorage },
      document.cookie,
    ]),
}

export type StubEmbedsPage = typeof page
Object.assign(globalThis, { stubEmbeds: page })
