import { forPlan, journey, useFunnel, useTrack } from 'react-microconversions'
import { trackingOf, useStoryTracking } from 'react-microconversions/storybook'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside, tracking } from '../support/beside.tsx'
import { journeyPlan } from '../support/journey-plan.ts'
import { gives, takes } from '../support/rows.ts'
import { arrived } from '../support/verdicts.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const Site = forPlan(journeyPlan, { useFunnel, useTrack })

const meta = preview.meta({
  title: 'Hooks/useFunnel',
  decorators: [beside],
  parameters: {
    docs: {
      description: {
        component:
          "Returns how far the user has come in a funnel of the plan. The component re-renders when that funnel changes. The tracker needs the plugin: `createTracker({ plan, plugins: [journey()] })`.\n\n```tsx\nfunnels: { purchase: { steps: ['pricing_viewed', 'trial_started', 'plan_bought'], within: '14d' } }\n\nconst { current, next, completed } = useFunnel('purchase')\n```",
      },
    },
    ...tracking({ plan: journeyPlan, plugins: [journey()] }),
  },
  argTypes: {
    name: takes('string', 'Name of a funnel in the plan. Another name does not compile.'),
    steps: gives(
      '{ event, time, betweenMs }[]',
      'Time at which each step was reached in order, and its duration.',
    ),
    current: gives('number', 'Index of the last step that was reached in order, or -1 before the first.'),
    next: gives('string | undefined', 'Next step, or undefined at the end.'),
    completed: gives(
      'boolean',
      'True once the last step was reached. The next first step begins the funnel again.',
    ),
    expired: gives('boolean', 'True if `within` ended before the last step.'),
    outOfOrder: gives('string[]', 'Steps that came before the step that should precede them.'),
    repeated: gives('string[]', 'Steps that were repeated.'),
  },
})

const calls = {
  pricing_viewed: 'See what it costs',
  trial_started: 'Try it for 14 days',
  plan_bought: 'Buy',
}
const isCalled = (name: string | undefined): name is keyof typeof calls => name !== undefined && name in calls

function Offer() {
  const track = Site.useTrack()
  const { platform } = useStoryTracking()
  const { steps, next, completed, expired, outOfOrder } = Site.useFunnel('purchase')
  const taken = steps.filter(({ time }) => time !== undefined)
  const minutes = steps.map(({ betweenMs = 0 }) => Math.round(betweenMs / MINUTE_MS)).join(', ')
  return (
    <>
      <p>
        {completed
          ? 'Thank you.'
          : `${taken.length} of ${steps.length} steps${expired ? ', and too late' : ''}`}
        {outOfOrder.length > 0 && ` (too early: ${outOfOrder.join(', ')})`}
      </p>
      <p>Minutes between: {minutes}</p>
      <div className="row">
        {isCalled(next) && (
          <button type="button" onClick={() => track(next)}>
            {calls[next]}
          </button>
        )}
        <button type="button" onClick={() => platform.advance(5 * MINUTE_MS)}>
          Think for 5 minutes
        </button>
        <button type="button" onClick={() => platform.advance(15 * DAY_MS)}>
          Forget it for 15 days
        </button>
      </div>
    </>
  )
}

/** Shows the next step of the funnel, and none that the user has done. */
export const NextStep = meta.story({
  render: () => <Offer />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    const press = async (name: string) => userEvent.click(await canvas.findByRole('button', { name }))
    await arrived(canvasElement)
    await press('See what it costs')
    await press('Think for 5 minutes')
    await press('Try it for 14 days')
    await expect(await canvas.findByText('2 of 3 steps')).toBeVisible()
    await expect(canvas.getByText('Minutes between: 0, 5, 0')).toBeVisible()
    await press('Buy')
    await expect(await canvas.findByText('Thank you.')).toBeVisible()
    await expect(canvas.queryByRole('button', { name: 'Buy' })).toBeNull()
  },
})

/** Shows that a step which comes too early does not count, and that the funnel begins again when its time has passed. */
export const TooEarlyAndTooLate = meta.story({
  render: () => <Offer />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    const press = async (name: string) => userEvent.click(await canvas.findByRole('button', { name }))
    await arrived(canvasElement)
    trackingOf(canvasElement).tracker.track('trial_started')
    await expect(await canvas.findByText('0 of 3 steps (too early: trial_started)')).toBeVisible()
    await press('See what it costs')
    await canvas.findByRole('button', { name: 'Try it for 14 days' })
    await press('Forget it for 15 days')
    await expect(await canvas.findByText(/1 of 3 steps, and too late/)).toBeVisible()
    await press('See what it costs')
    await waitFor(() => expect(canvas.getByText('1 of 3 steps')).toBeVisible())
  },
})
