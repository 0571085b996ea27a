import type { Meta, StoryObj } from '@storybook/react-vite'
import { PricingLink } from 'react-microconversions'

const meta: Meta = {
  title: 'Link',
  render: () => (
    <p>
      <PricingLink event="pricing_clicked" href="#pricing">
        See pricing
      </PricingLink>{' '}
      <a href="/elsewhere">Elsewhere</a>
    </p>
  ),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('link', { name: 'See pricing' }))
  },
}
export default meta

export const Passing: StoryObj = { parameters: { microconversions: { expect: 'pricing_clicked' } } }

export const Failing: StoryObj = { parameters: { microconversions: { expect: 'demo_booked' } } }

export const Todo: StoryObj = { parameters: { microconversions: { expect: 'demo_booked', test: 'todo' } } }

export const Off: StoryObj = { parameters: { microconversions: { expect: 'demo_booked', test: 'off' } } }

export const Unsaved = {} satisfies StoryObj
