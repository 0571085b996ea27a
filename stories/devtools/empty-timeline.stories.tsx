import { useEffect, useState } from 'react'
import { createTracker, definePlan, TrackedButton, useTracker } from 'react-microconversions'
import { MicroconversionDevtools } from 'react-microconversions/devtools/production'
import preview from '../../.storybook/preview.tsx'
import { beside, tracking } from '../support/beside.tsx'
import { overlayPanel } from '../support/overlay.ts'

const meta = preview.meta({
  title: 'Devtools/Empty timeline',
  component: MicroconversionDevtools,
  tags: ['!autodocs'],
  args: { defaultOpen: true, enabled: true, because: 'this is Storybook' },
  parameters: tracking({ list: false }),
})

async function says(...words: readonly (string | RegExp)[]) {
  const panel = await overlayPanel()
  for (const each of words) await panel.findByText(each)
}

/** The overlay is outside of the Provider. It starts, and says so. */
export const NoProvider = meta.story({
  parameters: { microconversions: { provide: false } },
  play: () => says('No tracker here', /Move it inside/),
})

/** Two copies of the library do not share React context. The overlay says that this is not a missing Provider. */
export const TwoCopies = meta.story({
  parameters: { microconversions: { provide: false } },
  decorators: [
    (Story) => {
      const [ready, setReady] = useState(false)
      useEffect(() => {
        const page = globalThis as { [registry]?: Set<object> }
        const stranger = { plan: 'acme', copy: { version: '0.1.0' } }
        page[registry] ??= new Set()
        page[registry].add(stranger)
        setReady(true)
        return () => void page[registry]?.delete(stranger)
      }, [])
      return ready ? <Story /> : <p />
    },
  ],
  play: () => says('Two copies of react-microconversions are on this page', /0\.1\.0/),
})
const registry = Symbol.for('react-microconversions')

/** The tracker was created on the server, and emits nothing. */
export const MadeOnTheServer = meta.story({
  decorators: [beside],
  render: function Inert(args) {
    const tracker = useTracker()
    // What is not of this copy's making cannot be looked into: so is a tracker of the server.
    const [stranger] = useState(() => ({ ...tracker }))
    return <MicroconversionDevtools {...args} tracker={stranger} />
  },
  play: () => says('This tracker takes every call and emits nothing'),
})

/** The clean-up of an effect disposed the tracker, which StrictMode runs at once. */
export const Disposed = meta.story({
  parameters: { microconversions: { provide: false } },
  render: function AfterDispose(args) {
    const [tracker] = useState(() => {
      // eslint-disable-next-line microconversions/no-tracker-in-component -- disposed at once
      const made = createTracker({ plan: definePlan({ name: 'disposed', version: '1', events: {} }) })
      made.dispose()
      return made
    })
    return <MicroconversionDevtools {...args} tracker={tracker} />
  },
  play: () => says('This tracker was disposed'),
})

/** The plan has no events, so each attempt is dropped as unknown. */
export const PlanWithoutEvents = meta.story({
  decorators: [beside],
  parameters: tracking({ list: false, plan: definePlan({ name: 'empty', version: '1', events: {} }) }),
  play: () => says('The plan “empty” has no events'),
})

/** With `hold: 'none'`, events before the user's answer are dropped. */
export const BeforeTheAnswer = meta.story({
  decorators: [beside],
  parameters: tracking({ list: false, consent: 'pending', hold: 'none' }),
  play: () => says('Nothing counts before the user answers', /hold: 'memory'/),
})

/** No component on the page reports anything. */
export const NothingInstrumented = meta.story({
  decorators: [beside],
  play: () => says('Nothing on this page reports'),
})

/** All is ready. The list says how many elements it observes. */
export const Ready = meta.story({
  decorators: [beside],
  render: (args) => (
    <>
      <TrackedButton event="menu_opened">Menu</TrackedButton>
      <MicroconversionDevtools {...args} />
    </>
  ),
  play: () => says('Nothing yet', /1 element of this page can report/),
})
