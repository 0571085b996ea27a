import { MicroconversionPanel } from 'react-microconversions/devtools/production'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { overlayPanel, overlayRows } from '../support/overlay.ts'
import { prop } from '../support/rows.ts'
import { tracked } from '../support/tracked.tsx'
import { Attempts } from './attempts.tsx'
import { reasons } from './reasons-plan.ts'
import { sharedProps } from './shared-props.ts'

const meta = preview.meta({
  title: 'Devtools/MicroconversionPanel',
  component: MicroconversionPanel,
  decorators: [tracked],
  parameters: {
    ...reasons,
    docs: {
      description: {
        component:
          'The panel without its button: as large as the element that it is in. For other devtools there is `microconversionsPlugin(tracker)`, a tab of TanStack Devtools.',
      },
      story: { inline: false, height: '640px' },
    },
  },
  beforeEach: () => localStorage.removeItem('rmc-devtools:embedded'),
  args: { enabled: true, because: 'this is Storybook' },
  argTypes: {
    enabled: prop('boolean | (() => boolean)', 'Of `…/devtools/production` only, as in the overlay.'),
    ...sharedProps,
  },
  render: (args) => (
    <div className="story">
      <Attempts />
      <div style={{ blockSize: 420 }}>
        <MicroconversionPanel {...args} />
      </div>
    </div>
  ),
})

/** Why: a page of one’s own devtools, or a second screen, has a place for it. */
export const Embedded = meta.story({
  play: async ({ canvas, userEvent }) => {
    const panel = await overlayPanel()
    await panel.findByText('Nothing yet')
    await userEvent.click(canvas.getByRole('button', { name: 'Fired' }))
    await waitFor(async () => expect(await overlayRows()).toHaveLength(1))
    await expect(panel.queryByRole('button', { name: 'Close' })).toBeNull()
  },
})
