import { Profiler } from 'react'
import { useTrack } from 'react-microconversions'
import { expect } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside } from '../support/beside.tsx'
import { Later } from '../support/later.tsx'
import { gives, takes } from '../support/rows.ts'
import { arrived, verdicts } from '../support/verdicts.ts'

const meta = preview.meta({
  title: 'Hooks/useTrack',
  decorators: [beside],
  parameters: {
    docs: {
      description: {
        component:
          "Returns the `track` function of the nearest tracker, which adds the `TrackingScope` around the component. It never changes, so you may list it in dependencies.\n\n```tsx\nconst track = useTrack()\ntrack('guide_downloaded', { guide: 'fair-rosters' })\n```",
      },
    },
  },
  argTypes: {
    event: takes('EventName', 'First argument of `track`.'),
    properties: takes(
      '{ [property: string]: PropertyValue }',
      'Second argument of `track`. The plan decides whether it is required, optional or not accepted.',
    ),
    decision: gives(
      'Decision',
      'Decision that `track` returns: `outcome` and `reason`, as known at that moment. `track` never throws.',
    ),
  },
})

function Guide() {
  const track = useTrack()
  return (
    <button type="button" onClick={() => track('guide_downloaded', { guide: 'fair-rosters' })}>
      Download the guide
    </button>
  )
}

/** Reports an event that no component observes. The plan types its name and properties. */
export const Overview = meta.story({
  render: () => <Guide />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Download the guide' }))
    await expect(await arrived(canvasElement)).toMatchObject([
      { name: 'guide_downloaded', properties: { guide: 'fair-rosters' }, trigger: { component: 'track' } },
    ])
  },
})

function Gold() {
  const track = useTrack()
  return (
    <button type="button" onClick={() => track('pricing_clicked', { tier: 'gold' })}>
      Choose gold
    </button>
  )
}

/** Reports an invalid property. The compiler refuses it; if it gets past the compiler, the event is sent and the record names the property. */
export const WrongProperty = meta.story({
  render: () => <Gold />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Choose gold' }))
    await expect(verdicts(canvasElement)).toEqual(['pricing_clicked fired'])
    await canvas.findByText(/Invalid option/)
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

/** Counts a search only if five seconds have passed since the last one. */
export const WithCoolDown = meta.story({
  render: () => (
    <div className="row">
      <Search />
      <Later minutes={1} />
    </div>
  ),
  play: async ({ canvas, canvasElement, userEvent }) => {
    const search = canvas.getByRole('button', { name: 'Search' })
    await userEvent.click(search)
    await userEvent.click(search)
    await userEvent.click(canvas.getByRole('button', { name: 'A minute later' }))
    await userEvent.click(search)
    await expect(verdicts(canvasElement)).toEqual([
      'search_used fired',
      'search_used dropped: frequency',
      'search_used fired',
    ])
  },
})

function Download() {
  const track = useTrack()
  return (
    <button type="button" onClick={() => track('guide_downloaded', { guide: 'swaps' })}>
      Download
    </button>
  )
}

const rendered = { times: 0 }
function countRendering() {
  rendered.times++
}

/** Shows that tracking an event re-renders no component. */
export const NoRender = meta.story({
  render: () => (
    <Profiler id="download" onRender={countRendering}>
      <Download />
    </Profiler>
  ),
  play: async ({ canvas, canvasElement, userEvent }) => {
    const before = rendered.times
    await userEvent.dblClick(canvas.getByRole('button', { name: 'Download' }))
    await expect(verdicts(canvasElement)).toHaveLength(2)
    await expect(rendered.times).toBe(before)
  },
})
