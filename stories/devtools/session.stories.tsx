import type { StoryContext } from '@storybook/react-vite'
import { PricingLink } from 'react-microconversions'
import { MicroconversionDevtools, type SessionFile } from 'react-microconversions/devtools/production'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { overlayPanel, overlayRows, withOverlay } from '../support/overlay.ts'
import { prop } from '../support/rows.ts'
import { tracked, tracking, trackingIn } from '../support/tracked.tsx'

const meta = preview.meta({
  title: 'Devtools/Session',
  component: MicroconversionDevtools,
  decorators: [tracked],
  parameters: {
    ...tracking({ list: false }),
    docs: {
      description: {
        component:
          'What was recorded, to be kept or passed on: as a file, a table, a ticket, a report, requests, or a test. Property values are replaced by their shape unless you allow them by name. Files of others are played again, or compared.',
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
    tracker: { ...prop('Tracker', 'Whose record is shown.', 'of the nearest provider'), control: false },
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

/** A file that somebody saved on another build: there the link reported once, and the demo was booked. */
function earlierFile(canvasElement: HTMLElement): File {
  const { decisions, ...record } = trackingIn(canvasElement).tracker.record.get()
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

/** Why: a file that is passed on must not carry what a visitor has chosen. The preview shows what will be written. */
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

/** Why: what somebody saw once by hand can hold for ever, also when it is that something is missing. */
export const CopyAsTest = meta.story({
  play: async (context) => {
    const panel = await visitAndOpen(context)
    const { userEvent } = context
    await userEvent.selectOptions(await panel.findByRole('combobox', { name: 'As' }), 'Test (Vitest)')
    await userEvent.selectOptions(await panel.findByRole('combobox', { name: 'It expects' }), 'demo_booked')
    await userEvent.click(await panel.findByText('Preview'))
    await panel.findByText(/expectFired\(tracking, 'demo_booked'\)/)
  },
})

/** Why: “it worked on the build before” is a claim that two files settle. */
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

/** Why: a session from a tester is watched as it happened, step by step, and nothing of it is sent again. */
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
    await expect(trackingIn(canvasElement).decisions()).toHaveLength(2)
  },
})
