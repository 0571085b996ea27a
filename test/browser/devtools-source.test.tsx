import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { MicroconversionProvider, PricingLink, useTrack, useTrackedLink } from 'react-microconversions'
import { MicroconversionDevtools } from 'react-microconversions/devtools/production'
import { createTestTracker } from 'react-microconversions/testing'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import '../../src/devtools/source/source-section.tsx'
import { forgetChoices, hosts, plan, tab } from '../support/overlay.tsx'

let unmount = () => {}

beforeEach(() => page.viewport(1280, 800))
afterEach(async () => {
  unmount()
  await vi.waitFor(() => expect(hosts()).toHaveLength(0))
  forgetChoices()
  vi.restoreAllMocks()
})

function PricingPage() {
  return (
    <section>
      <PricingLink event="pricing_clicked" properties={{ tier: 'pro' }} href="#pricing">
        See pricing
      </PricingLink>
      <NavLink />
      <ChatButton />
    </section>
  )
}

function NavLink() {
  const handlers = useTrackedLink({ event: 'link_followed', properties: { index: 1 } })
  return (
    <a href="#docs" {...handlers}>
      Documentation
    </a>
  )
}

function ChatButton() {
  const track = useTrack()
  const [said, setSaid] = useState('')
  return (
    <button
      type="button"
      onClick={() => setSaid(track('demo_booked').outcome)}
    >
      Book a demo {said}
    </button>
  )
}

const lineOf = async (text: string) => 0

async function open(props = {}) {
  const { tracker } = createTestTracker(plan)
  const container = document.createElement('main')
  document.body.append(container)
  const root = createRoot(container)
  function App() {
    return (
      <MicroconversionProvider tracker={tracker}>
        <PricingPage />
        <MicroconversionDevtools enabled because="it is under test" defaultOpen {...props} />
      </MicroconversionProvider>
    )
  }
  root.render(<App />)
  unmount = () => {
    root.unmount()
    container.remove()
  }
  await expect.element(tab('Timeline')).toBeVisible()
  return tracker
}

test('probe', async () => {
  const tracker = await open()
  await userEvent.click(page.getByText('See pricing'))
  await userEvent.click(page.getByText('Documentation'))
  await userEvent.click(page.getByText('Book a demo'))
  tracker.track('chat_opened')
  const { stacksOf, sourceOf } = await import('../../src/devtools/source/source-of.ts')
  const { writtenPlace } = await import('../../src/devtools/source/written-place.ts')
  for (const d of tracker.record.get().decisions) {
    const stacks = stacksOf(tracker, d.number)
    console.log(d.event, JSON.stringify(stacks, null, 1))
    const s = stacks && sourceOf(stacks, d.trigger)
    console.log(JSON.stringify(s), s?.frame && JSON.stringify(await writtenPlace(s.frame)))
  }
})
