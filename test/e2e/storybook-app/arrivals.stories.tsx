import type { Meta, StoryObj } from '@storybook/react-vite'
import { useSyncExternalStore } from 'react'
import { PricingLink } from 'react-microconversions'
import { memory } from 'react-microconversions/destinations'
import { useStoryTracking } from 'react-microconversions/storybook'

const ads = memory({ name: 'ads', consent: 'marketing' })

/** Shows what arrived at each destination, and how often the toolbar's failing one was tried. */
function Arrivals() {
  const { tracker, destination } = useStoryTracking()
  const { decisions } = useSyncExternalStore(tracker.record.subscribe, tracker.record.get)
  const failing = decisions.flatMap(({ number, deliveries }) =>
    deliveries['failing'] ? [{ number, ...deliveries['failing'] }] : [],
  )
  return (
    <ul aria-label="Arrivals">
      {[destination, ads].map(({ name, events }) => (
        <li key={name}>{`${name}: ${events.map((event) => event.name).join(', ') || 'nothing'}`}</li>
      ))}
      {failing.map(({ number, state, attempts }) => (
        <li key={number}>{`failing: ${state}, tried ${attempts} ×`}</li>
      ))}
    </ul>
  )
}

const meta: Meta = {
  title: 'Arrivals',
  parameters: {
    microconversions: {
      tracker: () => {
        ads.clear()
        return { destinations: [ads] }
      },
    },
  },
  render: () => (
    <>
      <PricingLink event="pricing_clicked" href="#pricing">
        See pricing
      </PricingLink>
      <Arrivals />
    </>
  ),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('link', { name: 'See pricing' }))
  },
}
export default meta

export const Clicked: StoryObj = {}
