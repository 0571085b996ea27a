import { PricingLink } from 'react-microconversions'
import { MicroconversionDevtools } from 'react-microconversions/devtools/production'
import { expect } from 'storybook/test'
import preview from '../.storybook/preview.tsx'
import { beside } from './support/beside.tsx'
import { verdicts } from './support/verdicts.ts'

const meta = preview.meta({
  title: 'Introduction',
  tags: ['!autodocs'],
  decorators: [
    (Story) => (
      <>
        <Story />
        {/* eslint-disable-next-line microconversions/no-overlay-for-everybody -- a Storybook has no users to hide it from */}
        <MicroconversionDevtools enabled because="the introduction" />
      </>
    ),
    beside,
  ],
})

/** Counts a double click once, because the plan says once per session. */
export const FirstEvent = meta.story({
  render: () => (
    <PricingLink event="pricing_clicked" properties={{ tier: 'pro' }} href="#pricing">
      See pricing
    </PricingLink>
  ),
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.dblClick(canvas.getByRole('link', { name: 'See pricing' }))
    await expect(verdicts(canvasElement)).toEqual([
      'pricing_clicked fired',
      'pricing_clicked dropped: frequency',
    ])
  },
})
