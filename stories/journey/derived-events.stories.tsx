import { forPlan, journey, useTrack, useTracker } from 'react-microconversions'
import { useStoryTracking } from 'react-microconversions/storybook'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside, tracking } from '../support/beside.tsx'
import { journeyPlan } from '../support/journey-plan.ts'
import { arrived, decisionsIn } from '../support/verdicts.ts'

const HOUR_MS = 60 * 60_000
const DAY_MS = 24 * HOUR_MS
const Site = forPlan(journeyPlan, { useTrack })

const meta = preview.meta({
  title: 'Journey/Derived events',
  decorators: [beside],
  parameters: {
    docs: {
      description: {
        component:
          "A derived event follows from other events, which the plan names in `after`. No code calls `track` for it. It is decided like any other event, between tabs and over page loads, and its decision names the causes.\n\n```tsx\nsecond_article: event({ after: { event: 'article_viewed', times: 2, within: 'session' } })\ntrial_missed: event({ after: { event: 'pricing_viewed', without: 'trial_started', within: '3d' } })\n\ncreateTracker({ plan, plugins: [journey()] })\n```",
      },
    },
    ...tracking({ plan: journeyPlan, plugins: [journey()] }),
  },
})

const named = async (canvasElement: HTMLElement, name: string) =>
  (await arrived(canvasElement)).filter((each) => each.name === name)

function Articles() {
  const track = Site.useTrack()
  return (
    <div className="row">
      {['Frequency', 'Consent', 'Delivery'].map((title) => (
        <button key={title} type="button" onClick={() => track('article_viewed', { slug: title })}>
          Read “{title}”
        </button>
      ))}
    </div>
  )
}

/** Reports `second_article` after the second different article. */
export const SecondArticle = meta.story({
  render: () => <Articles />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    const read = (title: string) => userEvent.click(canvas.getByRole('button', { name: `Read “${title}”` }))
    await arrived(canvasElement)
    await read('Frequency')
    await read('Frequency')
    await expect(await named(canvasElement, 'second_article')).toEqual([])
    await read('Consent')
    await waitFor(async () => expect(await named(canvasElement, 'second_article')).toHaveLength(1))
    await read('Delivery')
    const [derived, ...more] = await named(canvasElement, 'second_article')
    const articles = await named(canvasElement, 'article_viewed')
    await expect(more).toEqual([])
    await expect(derived?.causes).toEqual(articles.slice(0, 2).map(({ id }) => id))
    const decision = decisionsIn(canvasElement).find(({ event }) => event === 'second_article')
    await expect(decision?.trigger).toEqual({ component: 'plan', fact: 'derived' })
    await expect(decision?.causes?.map(({ number }) => number)).toEqual([1, 3])
  },
})

function Login() {
  const track = Site.useTrack()
  const { platform } = useStoryTracking()
  return (
    <div className="row">
      <button type="button" onClick={() => track('login')}>
        Log in
      </button>
      <button type="button" onClick={() => platform.advance(20 * HOUR_MS)}>
        Wait until tomorrow
      </button>
    </div>
  )
}

/** Reports a second log-in within a week. */
export const RepeatedLogin = meta.story({
  render: () => <Login />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await arrived(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Log in' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Wait until tomorrow' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Log in' }))
    await waitFor(async () =>
      expect((await named(canvasElement, 'login_repeated')).map(({ properties }) => properties)).toEqual([
        { hours_between: 20 },
      ]),
    )
  },
})

function Pricing() {
  const track = Site.useTrack()
  const { page } = useTracker()
  const { platform } = useStoryTracking()
  const comeBack = (days: number) => {
    platform.advance(days * DAY_MS)
    page()
  }
  return (
    <div className="row">
      <button type="button" onClick={() => track('pricing_viewed')}>
        Look at the prices
      </button>
      <button type="button" onClick={() => track('trial_started')}>
        Start the trial
      </button>
      <button type="button" onClick={() => comeBack(4)}>
        Come back in 4 days
      </button>
    </div>
  )
}

/** Reports, when the user returns, that three days have passed without a trial. */
export const PricingWithoutTrial = meta.story({
  render: () => <Pricing />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    const press = (name: string) => userEvent.click(canvas.getByRole('button', { name }))
    await arrived(canvasElement)
    await press('Look at the prices')
    await arrived(canvasElement)
    await press('Come back in 4 days')
    await waitFor(async () => expect(await named(canvasElement, 'trial_missed')).toHaveLength(1))
    const [missed] = await named(canvasElement, 'trial_missed')
    const [viewed] = await named(canvasElement, 'pricing_viewed')
    await expect(missed?.dueAt).toBe((viewed?.time ?? 0) + 3 * DAY_MS)
    await expect(missed?.causes).toEqual([viewed?.id])
  },
})

/** Reports nothing, because the user started a trial in time. */
export const PricingWithTrial = meta.story({
  render: () => <Pricing />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    const press = (name: string) => userEvent.click(canvas.getByRole('button', { name }))
    await arrived(canvasElement)
    await press('Look at the prices')
    await press('Start the trial')
    await arrived(canvasElement)
    await press('Come back in 4 days')
    await arrived(canvasElement)
    await expect(await named(canvasElement, 'trial_started')).toHaveLength(1)
    await expect(await named(canvasElement, 'trial_missed')).toEqual([])
  },
})
