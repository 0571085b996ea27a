import { forPlan, journey, useOccurred, useTrack } from 'react-microconversions'
import { expect } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { journeyPlan } from '../support/journey-plan.ts'
import { gives, takes } from '../support/rows.ts'
import { shownCode } from '../support/shown-code.ts'
import { tracked, tracking, useStoryTracking } from '../support/tracked.tsx'
import { arrived } from '../support/verdicts.ts'
import file from './use-occurred.stories.tsx?raw'

const DAY_MS = 24 * 60 * 60_000
const Site = forPlan(journeyPlan, { useOccurred, useTrack })

const meta = preview.meta({
  title: 'Hooks/useOccurred',
  decorators: [tracked],
  parameters: {
    docs: {
      source: { transform: shownCode(file) },
      description: {
        component:
          "Whether an event has occurred, on this page or, with consent, before it. It re-renders when the answer changes.\n\n```tsx\nconst compared = useOccurred('pricing_viewed', { within: '3d', times: 2 })\n```",
      },
    },
    ...tracking({ plan: journeyPlan, journey }),
  },
  argTypes: {
    event: takes('string', 'An event of the plan; another name is a compile error.'),
    within: takes(
      "'session' | '30s' | '10m' | '24h' | '3d'",
      'How long ago at most.',
      'as far as is remembered',
    ),
    times: takes('number', 'At least so often.', '1'),
    occurred: gives('boolean', 'False on a server, and while its markup is taken over.'),
  },
})

function Reminder() {
  const track = Site.useTrack()
  const seen = Site.useOccurred('pricing_viewed', { within: '3d' })
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

/** Why: nobody is asked what they have answered already. */
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
