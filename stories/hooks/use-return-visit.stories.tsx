import { definePlan, standardEvents, useReturnVisit, useTracker } from 'react-microconversions'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { takes } from '../support/rows.ts'
import { shownCode } from '../support/shown-code.ts'
import { tracked, tracking, useStoryTracking } from '../support/tracked.tsx'
import { arrived } from '../support/verdicts.ts'
import file from './use-return-visit.stories.tsx?raw'

const DAY_MS = 24 * 60 * 60_000
const plan = definePlan({
  name: 'visits',
  version: '1',
  events: { ...standardEvents.visits, ...standardEvents.navigation },
})

const meta = preview.meta({
  title: 'Hooks/useReturnVisit',
  decorators: [tracked],
  parameters: {
    docs: {
      source: { transform: shownCode(file) },
      description: {
        component:
          'Reports that the visitor came back: which visit it is, and how many days after the one before. Only storage can tell, so that it waits for consent.\n\n```tsx\nuseReturnVisit({ withinDays: 7 })\n```',
      },
    },
    ...tracking({ plan }),
  },
  argTypes: {
    withinDays: takes('number', 'Only a return after at most so many days counts.', 'any'),
    events: takes('{ return }', 'From facts to events.', '`return_visit`, if the plan has it'),
    properties: takes('{ [name]: value }', 'Joined to the fact.'),
  },
})

function Home() {
  useReturnVisit({ withinDays: 7 })
  const { page } = useTracker()
  const { platform } = useStoryTracking()
  const comeBack = (days: number) => {
    platform.advance(days * DAY_MS)
    page()
  }
  return (
    <div className="row">
      <button type="button" onClick={() => comeBack(3)}>
        Come back in 3 days
      </button>
      <button type="button" onClick={() => comeBack(8)}>
        Come back in 8 days
      </button>
    </div>
  )
}

/** Why: who comes back within days is deciding; who comes back after weeks begins again. */
export const WithinAWeek = meta.story({
  render: () => <Home />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    const returns = async () =>
      (await arrived(canvasElement)).flatMap(({ name, properties }) =>
        name === 'return_visit' ? [properties] : [],
      )
    await arrived(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Come back in 3 days' }))
    await waitFor(async () => expect(await returns()).toEqual([{ visit_number: 2, days_since_last: 3 }]))
    await userEvent.click(canvas.getByRole('button', { name: 'Come back in 8 days' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Come back in 3 days' }))
    await waitFor(async () =>
      expect(await returns()).toEqual([
        { visit_number: 2, days_since_last: 3 },
        { visit_number: 4, days_since_last: 3 },
      ]),
    )
  },
})
