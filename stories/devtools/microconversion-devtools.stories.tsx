import { useTrack } from 'react-microconversions'
import { MicroconversionDevtools } from 'react-microconversions/devtools/production'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { overlayPanel, overlayRows } from '../support/overlay.ts'
import { prop } from '../support/rows.ts'
import { tracked, tracking } from '../support/tracked.tsx'
import { verdicts } from '../support/verdicts.ts'
import { collector, renaming } from './collectors.ts'
import { attempts, reasons, reasonsPlan } from './reasons-plan.ts'

const meta = preview.meta({
  title: 'Devtools/MicroconversionDevtools',
  component: MicroconversionDevtools,
  decorators: [tracked],
  parameters: {
    ...reasons,
    docs: {
      description: {
        component:
          'What fired, what did not, and why. From `react-microconversions/devtools` it is null in a production build; from `…/devtools/production`, as here, it is the overlay in every build.',
      },
      story: { inline: false, height: '640px' },
    },
  },
  afterEach: async () => {
    await overlayPanel()
  },
  args: { defaultOpen: true },
  argTypes: {
    defaultOpen: prop('boolean', 'Open from the start; otherwise a button opens the panel.', 'false'),
    position: {
      ...prop(
        "'bottom-right' | 'bottom-left' | 'top-right' | 'top-left'",
        'The corner of the button and of the panel.',
        "'bottom-right'",
      ),
      control: 'inline-radio',
      options: ['bottom-right', 'bottom-left', 'top-right', 'top-left'],
    },
    tracker: {
      ...prop('Tracker', 'Whose record is shown.', 'of the nearest MicroconversionProvider'),
      control: false,
    },
  },
  render: (args) => (
    <div className="story">
      <Attempts />
      <MicroconversionDevtools key={String(args.defaultOpen)} {...args} />
    </div>
  ),
})

function Attempts() {
  const track = useTrack()
  return (
    <div className="row">
      {attempts.map(({ label, event }) => (
        <button key={event} type="button" onClick={() => track(event)}>
          {label}
        </button>
      ))}
    </div>
  )
}

/** Why: each attempt is one line with its verdict in words, whether it fired or not. */
export const EveryOutcome = meta.story({
  play: async ({ canvas, canvasElement, userEvent }) => {
    for (const { label } of attempts) await userEvent.click(canvas.getByRole('button', { name: label }))
    await expect(verdicts(canvasElement)).toEqual(attempts.map(({ event, verdict }) => `${event} ${verdict}`))
    const panel = await overlayPanel()
    await waitFor(() => {
      expect(panel.getByRole('button', { name: 'Fired 2' })).toBeVisible()
      expect(panel.getByRole('button', { name: 'Held 1' })).toBeVisible()
      expect(panel.getByRole('button', { name: 'Dropped 10' })).toBeVisible()
      expect(panel.getByRole('button', { name: 'Shadowed 1' })).toBeVisible()
    })
  },
})

/** Why: “it did not fire” is the start of a search. The detail ends it: which rule, since when, and when it opens again. */
export const WhyItWasDropped = meta.story({
  play: async ({ canvas, userEvent }) => {
    const once = canvas.getByRole('button', { name: 'Once per session' })
    await userEvent.click(once)
    await userEvent.click(once)
    const panel = await overlayPanel()
    await waitFor(async () => expect(await overlayRows()).toHaveLength(2))
    await userEvent.click(panel.getAllByRole('option')[0] as HTMLElement)
    const detail = await panel.findByRole('article')
    await expect(detail).toHaveTextContent('once per session')
    await expect(detail).toHaveTextContent('opens again when the session ends')
  },
})

/** Why: a name that nobody planned is the most common mistake, and a near miss is named. */
export const NotInThePlan = meta.story({
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Not in the plan' }))
    const panel = await overlayPanel()
    await waitFor(async () => expect(await overlayRows()).toHaveLength(1))
    await userEvent.click(panel.getAllByRole('option')[0] as HTMLElement)
    await expect(await panel.findByRole('article')).toHaveTextContent('step_admitted')
  },
})

/** Why: a long session is searched, by text and by outcome. */
export const Filtered = meta.story({
  play: async ({ canvas, userEvent }) => {
    for (const { label } of attempts) await userEvent.click(canvas.getByRole('button', { name: label }))
    const panel = await overlayPanel()
    await userEvent.click(await panel.findByRole('button', { name: 'Shadowed 1' }))
    await waitFor(async () => expect(await overlayRows()).toEqual([expect.stringContaining('step_shadowed')]))
  },
})

/** Why: what never fired is as telling as what did. The plan shows both. */
export const Plan = meta.story({
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Fired' }))
    const panel = await overlayPanel()
    await userEvent.click(panel.getByRole('tab', { name: 'Plan' }))
    await panel.findByText(/1 of 13/)
  },
})

/** Why: what a visitor’s answer changes can be tried out without the banner. */
export const Consent = meta.story({
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Held until consent' }))
    const panel = await overlayPanel()
    await userEvent.click(panel.getByRole('tab', { name: 'Consent' }))
    const support = await panel.findByRole('group', { name: 'support' })
    const granted = support.querySelectorAll('input')[1] as HTMLElement
    await userEvent.click(granted)
    await waitFor(() => expect(verdicts(canvasElement)).toEqual(['step_waiting fired']))
  },
})

/** Why: “sent” is a claim until somebody has seen the answer. A destination that refuses says so, and how to mend it. */
export const Network = meta.story({
  parameters: tracking({
    plan: reasonsPlan,
    list: false,
    destinations: [collector('broken', { status: 422, body: '{"error":"no field id"}' })],
  }),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Fired' }))
    const panel = await overlayPanel()
    await userEvent.click(panel.getByRole('tab', { name: 'Network' }))
    await panel.findByText('The server refused it: HTTP 422.')
    await expect(panel.getByText('1 rejected')).toBeVisible()
    await userEvent.click(panel.getByRole('button', { name: 'broken' }))
    const request = (await panel.findByRole('article')).querySelector('summary') as HTMLElement
    await userEvent.click(request)
    await panel.findByText('{"error":"no field id"}')
  },
})

/** Why: what a destination makes of an event is where numbers part. Its way shows each value that was renamed, left out or changed. */
export const NetworkWayOfAnEvent = meta.story({
  parameters: tracking({ plan: reasonsPlan, list: false, destinations: [renaming] }),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Fired' }))
    const panel = await overlayPanel()
    await waitFor(async () => expect(await overlayRows()).toHaveLength(1))
    await userEvent.click(panel.getAllByRole('option')[0] as HTMLElement)
    await userEvent.click(await panel.findByRole('button', { name: 'warehouse' }))
    const way = await panel.findByRole('article')
    await waitFor(() => {
      expect(way).toHaveTextContent(/id → row/)
      expect(way).toHaveTextContent(/source: "web"/)
      expect(way).toHaveTextContent('name cut: it may have 8 characters')
    })
  },
})

/** Why: closed, it is a button that keeps count, and stays out of the way. */
export const Closed = meta.story({
  args: { defaultOpen: false },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Fired' }))
    const panel = await overlayPanel()
    const button = await panel.findByRole('button', { name: /1 fired/ })
    await userEvent.click(button)
    await waitFor(async () => expect(await overlayRows()).toHaveLength(1))
    await userEvent.click(panel.getByRole('button', { name: 'Close' }))
    await panel.findByRole('button', { name: /1 fired/ })
  },
})

/** Why: an empty list says what it waits for. */
export const NothingYet = meta.story({
  parameters: tracking({ list: false }),
  render: () => <MicroconversionDevtools defaultOpen />,
  play: async () => {
    const panel = await overlayPanel()
    await panel.findByText('Nothing yet')
  },
})
