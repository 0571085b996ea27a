import { PricingLink } from 'react-microconversions'
import { expect } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { tracked, tracking } from '../support/tracked.tsx'
import { arrived, verdicts } from '../support/verdicts.ts'

const meta = preview.meta({
  title: 'Components/PricingLink',
  component: PricingLink,
  decorators: [tracked],
  args: { event: 'pricing_clicked', properties: { tier: 'pro' }, href: '/pricing', children: 'See pricing' },
  argTypes: {
    event: { description: 'The event of the plan that a use of the link reports.' },
  },
})

/** Why: a click is the plainest microconversion, and one line replaces an `onClick` that somebody would forget. */
export const Playground = meta.story({
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('link', { name: 'See pricing' }))
    await expect(verdicts(canvasElement)).toEqual(['pricing_clicked fired'])
    await expect(await arrived(canvasElement)).toMatchObject([{ name: 'pricing_clicked', properties: { tier: 'pro' } }])
  },
})

/** Why: once per session is once. */
export const Twice = meta.story({
  parameters: tracking({ consent: 'granted' }),
  play: async ({ canvas, canvasElement, userEvent }) => {
    const link = canvas.getByRole('link', { name: 'See pricing' })
    await userEvent.click(link)
    await userEvent.click(link)
    await expect(verdicts(canvasElement)).toEqual(['pricing_clicked fired', 'pricing_clicked dropped: frequency'])
  },
})
