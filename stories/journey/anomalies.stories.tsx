import { forPlan, journey, useTrack } from 'react-microconversions'
import { trackingOf } from 'react-microconversions/storybook'
import { expect, spyOn, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside, tracking } from '../support/beside.tsx'
import { journeyPlan } from '../support/journey-plan.ts'
import { arrived } from '../support/verdicts.ts'

const Site = forPlan(journeyPlan, { useTrack })

const meta = preview.meta({
  title: 'Journey/Anomalies',
  decorators: [beside],
  parameters: {
    docs: {
      description: {
        component:
          'The tracker notices events in a wrong order: a purchase before its checkout, the end of a funnel without its start, or a conversion that counts twice. Development prints a message; in production the record counts them.\n\n```tsx\ntracker.record.get().anomalies // { "skipped-step": 1 }\n```',
      },
    },
    ...tracking({ plan: journeyPlan, plugins: [journey()] }),
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

/** Reports a purchase before the trial. The step is missing, and the record says so. */
export const WrongOrder = meta.story({
  render: () => <Shop />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    const said = spyOn(console, 'error').mockImplementation(() => {})
    const { tracker, decisions } = trackingOf(canvasElement)
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
