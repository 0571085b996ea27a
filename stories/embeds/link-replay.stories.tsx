import { useEffect } from 'react'
import { definePlan, event, TrackedButton, useTracker } from 'react-microconversions'
import { linkReplay } from 'react-microconversions/embeds'
import { expect } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside, tracking } from '../support/beside.tsx'
import { takes } from '../support/rows.ts'
import { arrived } from '../support/verdicts.ts'

const plan = definePlan({ name: 'shop', version: '1', events: { demo_opened: event({}) } })

const meta = preview.meta({
  title: 'Embeds/linkReplay',
  decorators: [beside],
  parameters: {
    docs: {
      description: {
        component:
          'The address of the session replay on each event, as `context.replay`. The recording of this story has a made-up address.\n\n```ts\nlinkReplay(tracker, posthogReplay(posthog))\n```',
      },
    },
    ...tracking({ plan }),
  },
  argTypes: {
    tracker: takes('Tracker', 'The tracker.'),
    replay: takes(
      '() => string | undefined',
      'Returns the address: `posthogReplay()`, `sentryReplay()`, `clarityReplay()`.',
    ),
  },
})

const recording = 'https://replay.example.com/recordings/7?t=12'

function Page() {
  const tracker = useTracker()
  useEffect(() => linkReplay(tracker, () => recording), [tracker])
  return (
    <TrackedButton event="demo_opened" className="button">
      Book a demo
    </TrackedButton>
  )
}

/** Why: a row in the overlay, or in the collector's store, leads to what the user saw. */
export const Overview = meta.story({
  render: () => <Page />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Book a demo' }))
    const events = await arrived(canvasElement)
    await expect(events.map(({ context }) => context.replay)).toEqual([recording])
  },
})
