import { definePlan, standardEvents, useReturnVisit, useTracker } from 'react-microconversions'
import { useStoryTracking } from 'react-microconversions/storybook'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside, tracking } from '../support/beside.tsx'
import { takes } from '../support/rows.ts'
import { arrived } from '../support/verdicts.ts'

const DAY_MS = 24 * 60 * 60_000
const plan = definePlan({
  name: 'visits',
  version: '1',
  events: { ...standardEvents.visits, ...standardEvents.navigation },
})

const meta = preview.meta({
  title: 'Hooks/useReturnVisit',
  decorators: [beside],
  parameters: {
    docs: {
      description: {
        component:
          'Reports that the user came back: the number of the visit, and the days since the previous one. It reads this from storage, so it waits for consent.\n\n```tsx\nuseReturnVisit({ within: "7d" })\n```',
      },
    },
    ...tracking({ plan }),
  },
  argTypes: {
    within: takes('Duration', 'Maximum time since the last visit.', 'any'),
    events: takes('{ return }', 'Events by fact.', '`return_visit`, if the plan has it'),
    properties: takes('{ [property: string]: PropertyValue }', 'Properties that are added to the fact.'),
  },
})

function Home() {
  useReturnVisit({ within: '7d' })
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

/** Reports a return within a week. */
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
