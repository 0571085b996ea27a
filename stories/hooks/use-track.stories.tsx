import { Profiler } from 'react'
import { useTrack } from 'react-microconversions'
import { expect } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { Later } from '../support/later.tsx'
import { gives, takes } from '../support/rows.ts'
import { shownCode } from '../support/shown-code.ts'
import { tracked } from '../support/tracked.tsx'
import { arrived, verdicts } from '../support/verdicts.ts'
import file from './use-track.stories.tsx?raw'

const meta = preview.meta({
  title: 'Hooks/useTrack',
  decorators: [tracked],
  parameters: {
    docs: {
      source: { transform: shownCode(file) },
      description: {
        component:
          "The `track` of the nearest tracker, with the scope around the component. It is stable: it may stand in dependencies.\n\n```tsx\nconst track = useTrack()\ntrack('guide_downloaded', { guide: 'fair-rosters' })\n```",
      },
    },
  },
  argTypes: {
    event: takes('name of an event in the plan', 'First argument of `track`.'),
    properties: takes(
      'as the event declares them',
      'Second argument of `track`; required, optional or forbidden, as the event says.',
    ),
    decision: gives(
      'Decision',
      'What `track` returns: `outcome` and `reason`, as far as they are known at that moment. It never throws.',
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

/** Why: for what no component stands for; typed by the plan like everything else. */
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

/** Why: a wrong property is a compile error. What comes past the compiler is flagged in the record, and sent. */
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

/** Why: a search that refines the last one is the same search. The rule asks for five seconds between two. */
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

/** Why: watching must not disturb. Emitting re-renders nobody. */
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
