import { useEffect, useState } from 'react'
import { createTracker, definePlan, TrackedButton, useTracker } from 'react-microconversions'
import { MicroconversionDevtools } from 'react-microconversions/devtools/production'
import preview from '../../.storybook/preview.tsx'
import { overlayPanel } from '../support/overlay.ts'
import { tracked, tracking } from '../support/tracked.tsx'

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

/** Why: the overlay outside of the Provider is the first thing that goes wrong. It starts, and says so. */
export const NoProvider = meta.story({
  play: () => says('No tracker here', /Move it inside/),
})

/** Why: two copies share no context. It looks like a missing Provider, and is not. */
export const TwoCopies = meta.story({
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

/** Why: a tracker that was made on the server takes every call, and keeps nothing. */
export const MadeOnTheServer = meta.story({
  decorators: [tracked],
  render: function Inert(args) {
    const tracker = useTracker()
    // What is not of this copy's making cannot be looked into: so is a tracker of the server.
    const [stranger] = useState(() => ({ ...tracker }))
    return <MicroconversionDevtools {...args} tracker={stranger} />
  },
  play: () => says('This tracker takes every call and emits nothing'),
})

/** Why: `dispose` in the clean-up of an effect ends the tracker at StrictMode’s first remount. */
export const Disposed = meta.story({
  render: function AfterDispose(args) {
    const [tracker] = useState(() => {
      const made = createTracker({ plan: definePlan({ name: 'disposed', version: '1', events: {} }) })
      made.dispose()
      return made
    })
    return <MicroconversionDevtools {...args} tracker={tracker} />
  },
  play: () => says('This tracker was disposed'),
})

/** Why: a plan of no events drops each attempt as unknown. */
export const PlanWithoutEvents = meta.story({
  decorators: [tracked],
  parameters: tracking({ list: false, plan: definePlan({ name: 'empty', version: '1', events: {} }) }),
  play: () => says('The plan “empty” has no events'),
})

/** Why: with `hold: 'none'` what happens before the answer is lost, and that is easy to forget. */
export const BeforeTheAnswer = meta.story({
  decorators: [tracked],
  parameters: tracking({ list: false, consent: 'pending', hold: 'none' }),
  play: () => says('Nothing counts before the visitor answers', /hold: 'memory'/),
})

/** Why: a page on which nothing is instrumented stays silent for ever. */
export const NothingInstrumented = meta.story({
  decorators: [tracked],
  play: () => says('Nothing on this page reports'),
})

/** Why: when all is well, the list says how many elements it waits for. */
export const Ready = meta.story({
  decorators: [tracked],
  render: (args) => (
    <>
      <TrackedButton event="menu_opened">Menu</TrackedButton>
      <MicroconversionDevtools {...args} />
    </>
  ),
  play: () => says('Nothing yet', /1 element of this page can report/),
})
