import { PricingLink, TrackingScope } from 'react-microconversions'
import { expect } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside } from '../support/beside.tsx'
import { prop } from '../support/rows.ts'
import { arrived } from '../support/verdicts.ts'

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
  decorators: [beside],
  args: { properties: { section: 'hero', variant: 'b' } },
  argTypes: {
    properties: {
      ...prop(
        '{ [name]: string | number | boolean | null }',
        'Properties that are added to those of outer scopes and sent as `context.scope` with every event from inside.',
      ),
      control: 'object',
    },
    children: {
      ...prop('ReactNode', 'Content of the scope. Its events carry the properties of the scope.'),
      control: false,
    },
  },
})

/** Says where each of three equal links is. The links themselves do not know it. */
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

/** Merges nested scopes. The inner scope takes precedence. */
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
