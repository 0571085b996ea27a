import { forPlan, journey, useOccurred, useTrack } from 'react-microconversions'
import { useStoryTracking } from 'react-microconversions/storybook'
import { expect } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside, tracking } from '../support/beside.tsx'
import { journeyPlan } from '../support/journey-plan.ts'
import { gives, takes } from '../support/rows.ts'
import { arrived } from '../support/verdicts.ts'

const DAY_MS = 24 * 60 * 60_000
const Site = forPlan(journeyPlan, { useOccurred, useTrack })

const meta = preview.meta({
  title: 'Hooks/useOccurred',
  decorators: [beside],
  parameters: {
    docs: {
      description: {
        component:
          "Returns whether an event has occurred, on this page or, with consent, on earlier ones. The component re-renders when the answer changes.\n\n```tsx\nconst compared = useOccurred({ event: 'pricing_viewed', within: '3d', times: 2 })\n```",
      },
    },
    ...tracking({ plan: journeyPlan, plugins: [journey()] }),
  },
  argTypes: {
    event: takes('string', 'Name of an event in the plan. Another name does not compile.'),
    within: takes("Duration | 'session'", 'Maximum age of the occurrence.', 'as far as is remembered'),
    times: takes('number', 'Minimum number of times.', '1'),
    occurred: gives('boolean', 'False on a server and during hydration.'),
  },
})

function Reminder() {
  const track = Site.useTrack()
  const seen = Site.useOccurred({ event: 'pricing_viewed', within: '3d' })
  const { platform } = useStoryTracking()
  return (
    <>
      <p>
        {seen ? 'You have seen the prices. Shall we go through them together?' : 'Do you know what it costs?'}
      </p>
      <div className="row">
        <button type="button" onClick={() => track('pricing_viewed')}>
          Look at the prices
        </button>
        <button type="button" onClick={() => platform.advance(4 * DAY_MS)}>
          Wait for 4 days
        </button>
      </div>
    </>
  )
}

/** Does not show a question to a user who has answered it. */
export const Within3Days = meta.story({
  render: () => <Reminder />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await arrived(canvasElement)
    await expect(canvas.getByText('Do you know what it costs?')).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: 'Look at the prices' }))
    await expect(await canvas.findByText(/You have seen the prices/)).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: 'Wait for 4 days' }))
    await expect(await canvas.findByText('Do you know what it costs?')).toBeVisible()
  },
})
