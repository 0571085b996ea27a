import { useMemo } from 'react'
import { MicroconversionProvider, PricingLink, useTrack } from 'react-microconversions'
import { createTestTracker } from 'react-microconversions/testing'
import { expect } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { prop } from '../support/rows.ts'
import { shownCode } from '../support/shown-code.ts'
import { storyPlan } from '../support/story-plan.ts'
import { tracked, useStoryTracking } from '../support/tracked.tsx'
import { arrivedNames, verdicts } from '../support/verdicts.ts'
import file from './microconversion-provider.stories.tsx?raw'

const meta = preview.meta({
  title: 'Components/MicroconversionProvider',
  component: MicroconversionProvider,
  decorators: [tracked],
  parameters: { docs: { source: { transform: shownCode(file) } } },
  argTypes: {
    tracker: {
      ...prop('Tracker', 'Made once, outside of components, by `createTracker`.'),
      control: false,
    },
    children: { ...prop('ReactNode', 'The application, or a part of it.'), control: false },
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

/** Why: one tracker, made once, for every component and hook below; it renders no element of its own. */
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

/** Why: a part of the page may report elsewhere, such as a preview whose clicks nobody should count: the nearest wins. */
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
