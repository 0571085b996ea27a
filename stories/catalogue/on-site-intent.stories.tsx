import { useState } from 'react'
import {
  definePlan,
  event,
  Impression,
  PricingLink,
  standardEvents,
  TrackedButton,
  TrackedLink,
  typed,
  usePage,
  useTrack,
} from 'react-microconversions'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside, tracking } from '../support/beside.tsx'
import { arrived, arrivedNames, verdicts } from '../support/verdicts.ts'

const plan = definePlan({
  name: 'site',
  version: '1',
  events: {
    ...standardEvents.navigation,
    ...standardEvents.links,
    pricing_clicked: event({ frequency: 'once-per-session', properties: typed<{ tier: string }>() }),
    pricing_seen: event({ frequency: 'once-per-session', properties: typed<{ element_name: string }>() }),
    faq_opened: event({
      frequency: { per: 'page', key: ({ question }) => question },
      properties: typed<{ question: string }>(),
    }),
    cta_clicked: event({ properties: typed<{ place: string }>() }),
    chat_started: event({ frequency: 'once-per-session' }),
    tour_launched: event({ frequency: 'once-per-session' }),
  },
})

const meta = preview.meta({
  title: 'Catalogue/On-site intent',
  decorators: [beside],
  parameters: {
    docs: {
      description: {
        component: 'Steps of users who consider a purchase, each with one or two lines of code.',
      },
    },
    ...tracking({ plan }),
  },
})

function Page({ path, children }: { readonly path: string; readonly children: string }) {
  usePage({ pathname: path })
  return <p>{children}</p>
}

/** Reports pages of interest, such as prices and comparisons. One line in your router reports all of them. */
export const PageViews = meta.story({
  render: function Site() {
    const [path, setPath] = useState('/pricing')
    return (
      <div className="row">
        <Page path={path}>{path}</Page>
        {['/product/[id]', '/compare/[rival]', '/features/[name]'].map((to) => (
          <button key={to} type="button" onClick={() => setPath(to)}>
            {to}
          </button>
        ))}
      </div>
    )
  },
  play: async ({ canvas, canvasElement, userEvent }) => {
    for (const button of canvas.getAllByRole('button')) await userEvent.click(button)
    await expect((await arrived(canvasElement)).map(({ name, page }) => [name, page.path])).toEqual([
      ['page_view', '/pricing'],
      ['page_view', '/product/[id]'],
      ['page_view', '/compare/[rival]'],
      ['page_view', '/features/[name]'],
    ])
  },
})

/** Reports a click on a link to pricing. */
export const PricingLinkClick = meta.story({
  render: () => (
    <PricingLink event="pricing_clicked" properties={{ tier: 'pro' }} href="/pricing">
      See pricing
    </PricingLink>
  ),
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('link'))
    await userEvent.click(canvas.getByRole('link'))
    await expect(verdicts(canvasElement)).toEqual([
      'pricing_clicked fired',
      'pricing_clicked dropped: frequency',
    ])
  },
})

/** Reports the table of prices only if the user has really seen it. */
export const PricingTableSeen = meta.story({
  render: () => (
    <Impression name="pricing" events={{ impression: 'pricing_seen' }} dwell="200ms">
      <table>
        <tbody>
          <tr>
            <th scope="row">Pro</th>
            <td>20 €</td>
          </tr>
        </tbody>
      </table>
    </Impression>
  ),
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(verdicts(canvasElement)).toEqual(['pricing_seen fired']))
  },
})

function Faq() {
  const track = useTrack<typeof plan>()
  return (
    <details onToggle={(toggle) => toggle.currentTarget.open && track('faq_opened', { question: 'refunds' })}>
      <summary>Can I get a refund?</summary>
      Within 30 days.
    </details>
  )
}

/** Reports each opened question of the FAQ once per page. */
export const FaqView = meta.story({
  render: () => <Faq />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    for (let toggle = 0; toggle < 3; toggle++) await userEvent.click(canvas.getByText('Can I get a refund?'))
    await waitFor(() =>
      expect(verdicts(canvasElement)).toEqual(['faq_opened fired', 'faq_opened dropped: frequency']),
    )
  },
})

/** Reports all calls to action as one event. A property says where each of them is. */
export const CtaClick = meta.story({
  render: () => (
    <TrackedButton type="button" event="cta_clicked" properties={{ place: 'hero' }}>
      Book a demo
    </TrackedButton>
  ),
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('button'))
    await expect(await arrived(canvasElement)).toMatchObject([
      { name: 'cta_clicked', properties: { place: 'hero' } },
    ])
  },
})

/** Reports clicks on telephone and mail links. The number and the address are not reported. */
export const ClickToCallAndMail = meta.story({
  render: () => (
    <div className="row">
      <TrackedLink href="tel:+4930901820">Call us</TrackedLink>
      <TrackedLink href="mailto:team@example.com">Write to us</TrackedLink>
    </div>
  ),
  play: async ({ canvas, canvasElement, userEvent }) => {
    for (const link of canvas.getAllByRole('link')) await userEvent.click(link)
    await expect(await arrivedNames(canvasElement)).toEqual(['phone_clicked', 'mail_clicked'])
    await expect(JSON.stringify(await arrived(canvasElement))).not.toMatch(/9018|team@/)
  },
})

/** Stands for the widget of a chat vendor, which calls back when a user writes. */
function ChatWidget({ onStart }: { readonly onStart: () => void }) {
  return (
    <button type="button" onClick={onStart}>
      Send a message
    </button>
  )
}
function Chat() {
  const track = useTrack<typeof plan>()
  return <ChatWidget onStart={() => track('chat_started')} />
}

/** Reports a started chat in the callback of the vendor's widget. */
export const ChatStart = meta.story({
  render: () => <Chat />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('button'))
    await userEvent.click(canvas.getByRole('button'))
    await expect(verdicts(canvasElement)).toEqual(['chat_started fired', 'chat_started dropped: frequency'])
  },
})

/** Reports GA4's `share`. Each method and item counts once per page. */
export const SocialShare = meta.story({
  render: () => (
    <TrackedButton type="button" event="share" properties={{ method: 'mastodon', item_id: 'guide' }}>
      Share
    </TrackedButton>
  ),
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('button'))
    await userEvent.click(canvas.getByRole('button'))
    await expect(verdicts(canvasElement)).toEqual(['share fired', 'share dropped: frequency'])
  },
})

/** Reports that the user started the tour of the product. */
export const FeatureTourLaunch = meta.story({
  render: () => (
    <TrackedButton type="button" event="tour_launched">
      Show me around
    </TrackedButton>
  ),
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('button'))
    await expect(await arrivedNames(canvasElement)).toEqual(['tour_launched'])
  },
})
