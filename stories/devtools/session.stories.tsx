import type { StoryContext } from '@storybook/react-vite'
import { PricingLink } from 'react-microconversions'
import { MicroconversionDevtools, type SessionFile } from 'react-microconversions/devtools/production'
import { trackingOf } from 'react-microconversions/storybook'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { play as generatedPlay } from '../../test/generated/storybook-play.ts'
import { beside, tracking } from '../support/beside.tsx'
import { overlayPanel, overlayRows, withOverlay } from '../support/overlay.ts'
import { prop } from '../support/rows.ts'

const meta = preview.meta({
  title: 'Devtools/Session',
  component: MicroconversionDevtools,
  decorators: [beside],
  parameters: {
    ...tracking({ list: false }),
    docs: {
      description: {
        component:
          'Saves what was recorded as a file, a table, a ticket, a report, requests, or a test. The values of properties are replaced by their type and length unless you allow a property by name. The tab also replays and compares files of colleagues.',
      },
      story: { inline: false, height: '640px' },
    },
  },
  ...withOverlay,
  argTypes: {
    defaultOpen: prop('boolean', 'Open from the start; otherwise a button opens the panel.', 'false'),
    position: {
      ...prop('string', 'The corner of the button and of the panel.', "'bottom-right'"),
      control: false,
    },
    tracker: {
      ...prop('Tracker', 'Tracker whose record is shown.', 'the tracker of the Provider'),
      control: false,
    },
  },
  render: (args) => (
    <div className="story">
      <PricingLink href="/pricing" event="pricing_clicked" properties={{ tier: 'scale' }}>
        See pricing
      </PricingLink>
      <MicroconversionDevtools {...args} />
    </div>
  ),
})

/** Clicks twice, and opens the tab. */
async function visitAndOpen({ canvas, userEvent }: Pick<StoryContext, 'canvas' | 'userEvent'>) {
  await userEvent.dblClick(canvas.getByRole('link', { name: 'See pricing' }))
  const panel = await overlayPanel()
  await userEvent.click(await panel.findByRole('tab', { name: 'Session' }))
  await panel.findByRole('heading', { name: 'Save or copy' })
  return panel
}

/** A file saved on another build: there the link reported once, and the demo was booked. */
function earlierFile(canvasElement: HTMLElement): File {
  const { decisions, ...record } = trackingOf(canvasElement).tracker.record.get()
  const [clicked] = decisions
  const session: SessionFile = {
    format: 'rmc-session',
    version: 1,
    plan: { name: 'stories', version: '1' },
    library: '0.1.0',
    made: Date.UTC(2026, 0, 1),
    allowed: [],
    ...record,
    decisions: decisions.slice(0, 2).map((decision, index) => ({
      ...decision,
      number: index + 1,
      event: index === 0 ? decision.event : 'demo_booked',
      outcome: 'fired',
      reason: 'admitted',
      time: (clicked?.time ?? 0) + index * 1_500,
      properties: {},
      frequency: [],
      deliveries: {},
    })),
  }
  return new File([JSON.stringify(session)], 'build-41.session.json', { type: 'application/json' })
}

/** The preview shows the file before it is written. Values of properties are replaced. */
export const NoValueUnlessAllowed = meta.story({
  play: async (context) => {
    const panel = await visitAndOpen(context)
    await context.userEvent.click(await panel.findByText('Preview'))
    const written = () =>
      document.querySelector('rmc-devtools')?.shadowRoot?.querySelector('pre')?.textContent
    await waitFor(() => expect(written()).toContain('"tier": "‹string 5›"'))
    await expect(written()).not.toContain('scale')
    await context.userEvent.click(await panel.findByRole('checkbox', { name: /^tier/ }))
    await waitFor(() => expect(written()).toContain('"tier": "scale"'))
  },
})

/** A recorded session becomes a test, which can also assert that an event did not fire. */
export const CopyAsTest = meta.story({
  play: async (context) => {
    const panel = await visitAndOpen(context)
    const { userEvent } = context
    await userEvent.selectOptions(await panel.findByRole('combobox', { name: 'As' }), 'Test (Vitest)')
    await userEvent.selectOptions(await panel.findByRole('combobox', { name: 'It expects' }), 'demo_booked')
    await userEvent.click(await panel.findByText('Preview'))
    await panel.findByText(/expectTracking\(tracking\)\.toHaveFired\('demo_booked'\)/)
    await userEvent.selectOptions(panel.getByRole('combobox', { name: 'As' }), 'Test (Playwright)')
    await panel.findByText(/getByRole\('link', \{ name: 'See pricing', exact: true \}\)\.click\(\)/)
  },
})

/** Two sessions, such as of two builds, are compared. */
export const CompareTwoBuilds = meta.story({
  play: async (context) => {
    const panel = await visitAndOpen(context)
    await context.userEvent.upload(
      await panel.findByLabelText('Choose files'),
      earlierFile(context.canvasElement),
    )
    await panel.findByText('build-41.session.json is open.')
    const differences = await panel.findByRole('list', { name: 'Differences' })
    await expect(differences).toHaveTextContent('missingdemo_booked')
    await expect(differences).toHaveTextContent('frequency: 0 → 1')
  },
})

/** A session from a colleague is replayed step by step. Nothing of it is sent again. */
export const Replay = meta.story({
  play: async (context) => {
    const panel = await visitAndOpen(context)
    const { userEvent, canvasElement } = context
    await userEvent.upload(await panel.findByLabelText('Choose files'), earlierFile(canvasElement))
    await userEvent.click(await panel.findByRole('button', { name: /^Replay/ }))
    const step = await panel.findByRole('button', { name: 'Step' })
    await userEvent.click(step)
    await userEvent.click(step)
    await waitFor(async () => expect(await overlayRows()).toHaveLength(2))
    await panel.findByText(/2 of 2 attempts, 1 s after the one before; 2 events/)
    await expect(trackingOf(canvasElement).decisions()).toHaveLength(2)
  },
})

/** A recorded session becomes a test of the story, with the steps that the overlay has seen. */
export const GeneratedTest = meta.story({ play: generatedPlay })
