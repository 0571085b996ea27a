import { PricingLink, useConsent } from 'react-microconversions'
import { memory } from 'react-microconversions/destinations'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside, tracking } from '../support/beside.tsx'
import { gives, takes } from '../support/rows.ts'
import { arrivedNames, decisionsIn, verdicts } from '../support/verdicts.ts'

const meta = preview.meta({
  title: 'Hooks/useConsent',
  decorators: [beside],
  parameters: {
    docs: {
      description: {
        component:
          'Returns the answers about consent, and a function to change them, for a banner or a settings page. The component re-renders only when an answer changes. The library does not store the answer.\n\n```tsx\nconst { consent, update } = useConsent()\n```',
      },
    },
    ...tracking({ consent: 'pending', destinations: [memory({ name: 'ads', consent: 'marketing' })] }),
  },
  argTypes: {
    consent: gives("{ [category]: 'pending' | 'granted' | 'denied' }", 'State of each category.'),
    update: gives('(change, options?) => void', 'Sets the answers that changed.'),
    change: takes(
      '{ [category]: state } | state',
      'First argument of `update`: answers by category, or one answer for all categories.',
    ),
    overrideGpc: takes(
      'boolean',
      'Option of `update`. Global Privacy Control keeps `marketing` denied unless this is true: the user chose otherwise on this site.',
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

/** Releases the held events once the user grants consent, in order and with their original times. */
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

/** Sends an event only to the destinations whose category the user has granted. */
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

/** Drops the held events if the user refuses. */
export const Denied = meta.story({
  render: () => <Banner />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('link', { name: 'See pricing' }))
    await userEvent.click(canvas.getByRole('button', { name: 'None' }))
    await waitFor(() => expect(verdicts(canvasElement)).toEqual(['pricing_clicked dropped: consent-denied']))
    await expect(await arrivedNames(canvasElement)).toEqual([])
  },
})

/** Keeps `marketing` denied if the browser sends Global Privacy Control, although the banner grants everything. */
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
