import { useEffect } from 'react'
import { definePlan, event, standardEvents, TrackedButton, useTracker } from 'react-microconversions'
import { experimentViewed } from 'react-microconversions/experiments'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside, tracking } from '../support/beside.tsx'
import { takes } from '../support/rows.ts'
import { arrived, verdicts } from '../support/verdicts.ts'

const plan = definePlan({
  name: 'shop',
  version: '1',
  events: {
    ...standardEvents.experiments,
    demo_opened: event({ goal: 'demo_booked' }),
    demo_booked: event({ macro: true }),
  },
})

const meta = preview.meta({
  title: 'Embeds/experimentViewed',
  decorators: [beside],
  parameters: {
    docs: {
      description: {
        component:
          'Reports the variant that the user sees, once for each user and experiment. Every later event has it in `context.experiments`. `openFeatureHook` and `growthBookCallback` call it for you.\n\n```ts\nOpenFeature.addHooks(openFeatureHook(tracker))\n```',
      },
    },
    ...tracking({ plan }),
  },
  argTypes: {
    tracker: takes('Tracker', 'The tracker.'),
    experiment: takes('string', 'Name of the experiment.'),
    variant: takes('string', 'Name of the variant.'),
    event: takes('string', 'The event to report.', "'experiment_viewed'"),
  },
})

function Hero() {
  const tracker = useTracker()
  useEffect(() => experimentViewed(tracker, { experiment: 'hero', variant: 'b' }), [tracker])
  return (
    <TrackedButton event="demo_opened" className="button">
      Book a demo today
    </TrackedButton>
  )
}

/** Reports which variant the user sees, so that you can compare microconversions by variant. */
export const Overview = meta.story({
  render: () => <Hero />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await waitFor(() => expect(verdicts(canvasElement)).toEqual(['experiment_viewed fired']))
    await userEvent.click(canvas.getByRole('button', { name: 'Book a demo today' }))
    const events = await arrived(canvasElement)
    await expect(events.map(({ name, context }) => [name, context.experiments])).toEqual([
      ['experiment_viewed', { hero: 'b' }],
      ['demo_opened', { hero: 'b' }],
    ])
  },
})
