import { forPlan, journey, useTrack } from 'react-microconversions'
import { expect, spyOn, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { journeyPlan } from '../support/journey-plan.ts'
import { shownCode } from '../support/shown-code.ts'
import { tracked, tracking, trackingIn } from '../support/tracked.tsx'
import { arrived } from '../support/verdicts.ts'
import file from './anomalies.stories.tsx?raw'

const Site = forPlan(journeyPlan, { useTrack })

const meta = preview.meta({
  title: 'Journey/Anomalies',
  decorators: [tracked],
  parameters: {
    docs: {
      source: { transform: shownCode(file) },
      description: {
        component:
          'A purchase before its checkout, an end without a start, a conversion that counts twice: the page reports its events in an order that the plan does not foresee. A message says so in development; the record counts it in production.\n\n```tsx\ntracker.record.get().anomalies // { "skipped-step": 1 }\n```',
      },
    },
    ...tracking({ plan: journeyPlan, journey }),
  },
})

function Shop() {
  const track = Site.useTrack()
  return (
    <div className="row">
      <button type="button" onClick={() => track('pricing_viewed')}>
        Look at the prices
      </button>
      <button type="button" onClick={() => track('plan_bought')}>
        Buy
      </button>
    </div>
  )
}

/** Why: a step that is reported too late, or not at all, makes a funnel lie; here the trial is missing. */
export const WrongOrder = meta.story({
  render: () => <Shop />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    const said = spyOn(console, 'error').mockImplementation(() => {})
    const { tracker, decisions } = trackingIn(canvasElement)
    await arrived(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Look at the prices' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Buy' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Buy' }))
    await waitFor(() =>
      expect(tracker.record.get().anomalies).toEqual({ 'skipped-step': 2, 'double-macro': 1 }),
    )
    await expect(decisions().find(({ event }) => event === 'plan_bought')?.anomalies).toEqual([
      { kind: 'skipped-step', funnel: 'purchase', missing: 'trial_started' },
    ])
    const codes = said.mock.calls.map(([message]) => String(message).slice(0, 8))
    await expect(codes).toEqual(['[RMC121]', '[RMC123]'])
    said.mockRestore()
  },
})
