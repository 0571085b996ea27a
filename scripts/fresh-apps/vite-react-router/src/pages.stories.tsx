import type { Meta, StoryObj } from '@storybook/react-vite'
import { trackingParameters } from 'react-microconversions/storybook'
import { MemoryRouter } from 'react-router'
import { Home } from './pages'
import { plan } from './plan'

const meta = {
  component: Home,
  decorators: [
    (Story) => (
      <MemoryRouter>
        <Story />
      </MemoryRouter>
    ),
  ],
} satisfies Meta<typeof Home>
export default meta

export const PricingClickedTwice: StoryObj<typeof meta> = {
  parameters: trackingParameters(plan, {
    expect: [
      { event: 'pricing_clicked', properties: { tier: 'pro' }, times: 1 },
      { event: 'pricing_clicked', reason: 'frequency' },
    ],
  }),
  play: async ({ canvas, userEvent }) => {
    await userEvent.dblClick(canvas.getByRole('link', { name: 'See pricing' }))
  },
}
