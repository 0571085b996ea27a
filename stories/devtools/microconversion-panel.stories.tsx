import { MicroconversionPanel } from 'react-microconversions/devtools/production'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside } from '../support/beside.tsx'
import { overlayPanel, overlayRows } from '../support/overlay.ts'
import { prop } from '../support/rows.ts'
import { Attempts } from './attempts.tsx'
import { reasons } from './reasons-plan.ts'
import { sharedProps } from './shared-props.ts'

const meta = preview.meta({
  title: 'Devtools/MicroconversionPanel',
  component: MicroconversionPanel,
  decorators: [beside],
  parameters: {
    ...reasons,
    docs: {
      description: {
        component:
          'Renders the panel of the overlay without its button, as large as the element around it. `microconversionsPlugin(tracker)` adds it to TanStack Devtools as a tab.',
      },
      story: { inline: false, height: '640px' },
    },
  },
  beforeEach: () => localStorage.removeItem('rmc-devtools:embedded'),
  args: { enabled: true, because: 'this is Storybook' },
  argTypes: {
    enabled: prop('boolean | (() => boolean)', 'Only for `…/devtools/production`, as in the overlay.'),
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

/** The panel inside an element of your own, such as a page of your devtools. */
export const Embedded = meta.story({
  play: async ({ canvas, userEvent }) => {
    const panel = await overlayPanel()
    await panel.findByText('Nothing yet')
    await userEvent.click(canvas.getByRole('button', { name: 'Fired' }))
    await waitFor(async () => expect(await overlayRows()).toHaveLength(1))
    await expect(panel.queryByRole('button', { name: 'Close' })).toBeNull()
  },
})
