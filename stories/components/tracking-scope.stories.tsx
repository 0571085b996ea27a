import { PricingLink, TrackingScope } from 'react-microconversions'
import { expect } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { prop } from '../support/rows.ts'
import { shownCode } from '../support/shown-code.ts'
import { tracked } from '../support/tracked.tsx'
import { arrived } from '../support/verdicts.ts'
import file from './tracking-scope.stories.tsx?raw'

function Offer({ tier }: { readonly tier: 'starter' | 'pro' }) {
  return (
    <PricingLink event="tier_compared" properties={{ tier }} href="/pricing">
      {tier}
    </PricingLink>
  )
}

const meta = preview.meta({
  title: 'Components/TrackingScope',
  component: TrackingScope,
  decorators: [tracked],
  parameters: { docs: { source: { transform: shownCode(file) } } },
  args: { properties: { section: 'hero', variant: 'b' } },
  argTypes: {
    properties: {
      ...prop(
        '{ [name]: string | number | boolean | null }',
        'Joined to those of the scopes around it; travels as `context.scope` with every event from below.',
      ),
      control: 'object',
    },
    children: { ...prop('ReactNode', 'What happens in there happened in this scope.'), control: false },
  },
})

/** Why: the same link stands in three places. Where it was used is said once, around it, and not at every link. */
export const Playground = meta.story({
  render: (args) => (
    <TrackingScope {...args}>
      <nav aria-label="Hero">
        <Offer tier="starter" />
      </nav>
    </TrackingScope>
  ),
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('link', { name: 'starter' }))
    const [event] = await arrived(canvasElement)
    await expect(event?.context.scope).toEqual({ section: 'hero', variant: 'b' })
    await expect(event?.properties).toEqual({ tier: 'starter' })
  },
})

/** Why: scopes add up, and the inner one has the last word. */
export const Nested = meta.story({
  render: () => (
    <TrackingScope properties={{ section: 'pricing', layout: 'cards' }}>
      <nav aria-label="Tiers">
        <Offer tier="starter" />
        <TrackingScope properties={{ layout: 'banner' }}>
          <Offer tier="pro" />
        </TrackingScope>
      </nav>
    </TrackingScope>
  ),
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('link', { name: 'starter' }))
    await userEvent.click(canvas.getByRole('link', { name: 'pro' }))
    await expect((await arrived(canvasElement)).map(({ context }) => context.scope)).toEqual([
      { section: 'pricing', layout: 'cards' },
      { section: 'pricing', layout: 'banner' },
    ])
  },
})
