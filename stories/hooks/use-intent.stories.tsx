import { forPlan, journey, useIntent, useTrack } from 'react-microconversions'
import { useStoryTracking } from 'react-microconversions/storybook'
import { expect } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside, tracking } from '../support/beside.tsx'
import { journeyPlan } from '../support/journey-plan.ts'
import { gives } from '../support/rows.ts'
import { arrived } from '../support/verdicts.ts'

const DAY_MS = 24 * 60 * 60_000
const Site = forPlan(journeyPlan, { useTrack })

const meta = preview.meta({
  title: 'Hooks/useIntent',
  decorators: [beside],
  parameters: {
    docs: {
      description: {
        component:
          'Returns how much the user’s events show the intent to convert, by the `intent` that the plan gives them. So the page can react without a server. `score = 100 · (1 − e^(−sum / 10))`; `sum` adds 1, 3 or 9 for each event of low, medium or high intent, halved with each day since.\n\n```tsx\nconst { score, level } = useIntent()\n```',
      },
    },
    ...tracking({ plan: journeyPlan, plugins: [journey()] }),
  },
  argTypes: {
    score: gives('number', 'Whole number, 0-100.'),
    level: gives(
      "'none' | 'low' | 'medium' | 'high'",
      'Strength of the intent: high from 50 points, medium from 20, low from 5.',
    ),
  },
})

function Page() {
  const track = Site.useTrack()
  const { score, level } = useIntent()
  const { platform } = useStoryTracking()
  return (
    <>
      <p>
        Intent {score}, {level}
      </p>
      {level === 'high' && <p>Questions? Talk to an expert.</p>}
      <div className="row">
        <button type="button" onClick={() => track('pricing_viewed')}>
          Look at the prices
        </button>
        <button type="button" onClick={() => track('trial_started')}>
          Start the trial
        </button>
        <button type="button" onClick={() => platform.advance(DAY_MS)}>
          Sleep on it
        </button>
      </div>
    </>
  )
}

/** Offers help when the user's events show high intent. */
export const PageReacts = meta.story({
  render: () => <Page />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    const press = (name: string) => userEvent.click(canvas.getByRole('button', { name }))
    await arrived(canvasElement)
    await expect(canvas.getByText('Intent 0, none')).toBeVisible()
    await press('Look at the prices')
    await expect(await canvas.findByText('Intent 26, medium')).toBeVisible()
    await expect(canvas.queryByText(/Questions/)).toBeNull()
    await press('Start the trial')
    await expect(await canvas.findByText('Intent 70, high')).toBeVisible()
    await expect(canvas.getByText(/Questions/)).toBeVisible()
    await press('Sleep on it')
    await expect(await canvas.findByText('Intent 45, medium')).toBeVisible()
    await expect(canvas.queryByText(/Questions/)).toBeNull()
  },
})
