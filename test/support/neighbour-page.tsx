import { createRoot } from 'react-dom/client'
import {
  createTracker,
  definePlan,
  MicroconversionProvider,
  standardEvents,
  useAttention,
  useContentLinks,
  usePage,
  useScrollDepth,
} from 'react-microconversions'
import { MicroconversionDevtools } from 'react-microconversions/devtools'

/** The overlay on a page that watches its user with everything there is; the vendors were there before it. */
const { navigation, attention, scroll, links } = standardEvents
const plan = definePlan({
  name: 'neighbours',
  version: '1',
  events: { ...navigation, ...attention, ...scroll, ...links },
})
const tracker = createTracker({ plan, consent: 'granted' })
export type NeighbourPage = typeof tracker
Object.assign(globalThis, { tracker })

function App() {
  usePage({ pathname: '/' })
  useAttention({ marks: ['10s'], idle: '3s' })
  useScrollDepth({ marks: [50] })
  return (
    <main ref={useContentLinks()}>
      <h1>App</h1>
      <button type="button">Act</button>
      <a href="https://elsewhere.test/" onClick={(event) => event.preventDefault()}>
        Elsewhere
      </a>
      <input aria-label="App field" />
      <p style={{ height: 4000 }}>Long</p>
      <MicroconversionDevtools tracker={tracker} defaultOpen />
    </main>
  )
}

const container = document.body.appendChild(document.createElement('div'))
createRoot(container).render(
  <MicroconversionProvider tracker={tracker}>
    <App />
  </MicroconversionProvider>,
)
