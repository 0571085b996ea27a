import { useMemo } from 'react'
import { MicroconversionProvider, PricingLink, useTrack } from 'react-microconversions'
import { useStoryTracking } from 'react-microconversions/storybook'
import { createTestTracker } from 'react-microconversions/testing'
import { expect } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside } from '../support/beside.tsx'
import { prop } from '../support/rows.ts'
import { storyPlan } from '../support/story-plan.ts'
import { arrivedNames, verdicts } from '../support/verdicts.ts'

const meta = preview.meta({
  title: 'Components/MicroconversionProvider',
  component: MicroconversionProvider,
  decorators: [beside],
  argTypes: {
    tracker: {
      ...prop('Tracker', 'Tracker, created once by `createTracker`, outside of components.'),
      control: false,
    },
    children: { ...prop('ReactNode', 'Your application, or a part of it.'), control: false },
  },
})

function Search() {
  const track = useTrack()
  return (
    <button type="button" onClick={() => track('search_used')}>
      Search
    </button>
  )
}

function App() {
  const { tracker } = useStoryTracking()
  return (
    <MicroconversionProvider tracker={tracker}>
      <nav aria-label="Example">
        <PricingLink event="pricing_clicked" properties={{ tier: 'pro' }} href="/pricing">
          See pricing
        </PricingLink>
        <Search />
      </nav>
    </MicroconversionProvider>
  )
}

/** Provides one tracker for all components and hooks inside. It renders no element. */
export const Overview = meta.story({
  render: () => <App />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('link', { name: 'See pricing' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Search' }))
    await expect(await arrivedNames(canvasElement)).toEqual(['pricing_clicked', 'search_used'])
  },
})

function Preview() {
  const { tracker } = useMemo(() => createTestTracker(storyPlan), [])
  return (
    <MicroconversionProvider tracker={tracker}>
      <Search />
    </MicroconversionProvider>
  )
}

/** Uses another tracker for a part of the page, such as a preview that must not count. The nearest Provider applies. */
export const NearestWins = meta.story({
  render: () => (
    <nav aria-label="Example">
      <Search />
      <Preview />
    </nav>
  ),
  play: async ({ canvas, canvasElement, userEvent }) => {
    const [outer, inner] = canvas.getAllByRole('button', { name: 'Search' })
    await userEvent.click(inner as HTMLElement)
    await expect(verdicts(canvasElement)).toEqual([])
    await userEvent.click(outer as HTMLElement)
    await expect(verdicts(canvasElement)).toEqual(['search_used fired'])
  },
})
