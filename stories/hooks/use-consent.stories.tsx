import { PricingLink, useConsent } from 'react-microconversions'
import { memory } from 'react-microconversions/destinations'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { gives, takes } from '../support/rows.ts'
import { shownCode } from '../support/shown-code.ts'
import { tracked, tracking } from '../support/tracked.tsx'
import { arrivedNames, decisionsIn, verdicts } from '../support/verdicts.ts'
import file from './use-consent.stories.tsx?raw'

const meta = preview.meta({
  title: 'Hooks/useConsent',
  decorators: [tracked],
  parameters: {
    docs: {
      source: { transform: shownCode(file) },
      description: {
        component:
          'For banners and settings: re-renders when an answer changes, and at nothing else. The library never stores the answer itself.\n\n```tsx\nconst { consent, update } = useConsent()\n```',
      },
    },
    ...tracking({ consent: 'pending', destinations: [memory({ name: 'ads', consent: 'marketing' })] }),
  },
  argTypes: {
    consent: gives("{ [category]: 'pending' | 'granted' | 'denied' }", 'The state of each category.'),
    update: gives('(change, options?) => void', 'Takes the answers that changed.'),
    change: takes(
      '{ [category]: state } | state',
      'First argument of `update`: some categories, or one answer for all.',
    ),
    overrideGpc: takes(
      'boolean',
      'Option of `update`. Global Privacy Control keeps `marketing` denied, unless this says that the visitor chose otherwise on this site.',
      'false',
    ),
  },
})

function Banner() {
  const { consent, update } = useConsent()
  return (
    <>
      <div className="row">
        <PricingLink event="pricing_clicked" properties={{ tier: 'pro' }} href="/pricing">
          See pricing
        </PricingLink>
        <button type="button" onClick={() => update('granted')}>
          All
        </button>
        <button type="button" onClick={() => update({ analytics: 'granted', marketing: 'denied' })}>
          Analytics only
        </button>
        <button type="button" onClick={() => update('denied')}>
          None
        </button>
      </div>
      <p role="status">
        {Object.entries(consent)
          .map(([category, state]) => `${category}: ${state}`)
          .join(', ')}
      </p>
    </>
  )
}

/** Why: what happened before the answer is released by it, once, in order, with the time when it happened. */
export const Granted = meta.story({
  render: () => <Banner />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('link', { name: 'See pricing' }))
    const clickedAt = decisionsIn(canvasElement)[0]?.time
    await userEvent.click(canvas.getByRole('button', { name: 'All' }))
    await canvas.findByText('analytics: granted, marketing: granted')
    await waitFor(() => expect(verdicts(canvasElement)).toEqual(['pricing_clicked fired']))
    await waitFor(async () => expect(await arrivedNames(canvasElement)).toEqual(['pricing_clicked']))
    await expect(decisionsIn(canvasElement)[0]).toMatchObject({
      time: clickedAt,
      first: { outcome: 'held', reason: 'consent-pending' },
    })
  },
})

/** Why: each destination needs its own category; one may have the event, and another not. */
export const ByCategory = meta.story({
  render: () => <Banner />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Analytics only' }))
    await userEvent.click(canvas.getByRole('link', { name: 'See pricing' }))
    await waitFor(() =>
      expect(decisionsIn(canvasElement)[0]?.deliveries).toMatchObject({
        memory: { state: 'sent' },
        ads: { state: 'denied' },
      }),
    )
  },
})

/** Why: after a no nothing is kept for later. */
export const Denied = meta.story({
  render: () => <Banner />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('link', { name: 'See pricing' }))
    await userEvent.click(canvas.getByRole('button', { name: 'None' }))
    await waitFor(() => expect(verdicts(canvasElement)).toEqual(['pricing_clicked dropped: consent-denied']))
    await expect(await arrivedNames(canvasElement)).toEqual([])
  },
})

/** Why: a browser that says “do not sell or share” is believed, also by a banner that says yes to everything. */
export const GlobalPrivacyControl = meta.story({
  parameters: tracking({
    consent: 'pending',
    browser: { globalPrivacyControl: true },
    destinations: [memory({ name: 'ads', consent: 'marketing' })],
  }),
  render: () => <Banner />,
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'All' }))
    await canvas.findByText('analytics: granted, marketing: denied')
  },
})
