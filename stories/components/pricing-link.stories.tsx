import { type ComponentPropsWithRef, useState } from 'react'
import { PricingLink } from 'react-microconversions'
import { expect, fireEvent, fn } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { prop } from '../support/rows.ts'
import { shownCode } from '../support/shown-code.ts'
import { tracked, tracking } from '../support/tracked.tsx'
import { arrived, arrivedNames, verdicts } from '../support/verdicts.ts'
import file from './pricing-link.stories.tsx?raw'

const meta = preview.meta({
  title: 'Components/PricingLink',
  component: PricingLink,
  decorators: [tracked],
  parameters: { docs: { source: { transform: shownCode(file) } } },
  args: { event: 'pricing_clicked', properties: { tier: 'pro' }, href: '/pricing', children: 'See pricing' },
  argTypes: {
    event: {
      ...prop('name of an event in the plan', 'Reported when the link is used.'),
      control: 'select',
      options: ['pricing_clicked', 'tier_compared', 'guide_downloaded'],
    },
    properties: prop('as the event declares them', 'Required, optional or forbidden, as the event says.'),
    render: {
      ...prop(
        'ReactElement | (props) => ReactNode',
        'Another element: `render={<RouterLink to="/pricing" />}`, or a function of the props.',
      ),
      control: false,
    },
    href: prop('string', 'Where it leads. Every other prop of `<a>` passes through too.'),
    children: prop('ReactNode', 'The text of the link.'),
    onClick: { ...prop('(event) => void', 'Yours; called first.'), control: false },
    ref: { ...prop('Ref<HTMLAnchorElement>', 'Filled with the element.'), control: false },
  },
})

/** Why: a click is the plainest step towards a purchase, and one line reports it, typed and with its rule. */
export const Playground = meta.story({
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('link', { name: 'See pricing' }))
    await expect(verdicts(canvasElement)).toEqual(['pricing_clicked fired'])
    await expect(await arrived(canvasElement)).toMatchObject([
      {
        name: 'pricing_clicked',
        properties: { tier: 'pro' },
        trigger: { component: 'PricingLink', fact: 'click' },
      },
    ])
  },
})

/** Why: who clicks twice is one interested visitor. The plan says so, and no component has to remember it. */
export const OncePerSession = meta.story({
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.dblClick(canvas.getByRole('link', { name: 'See pricing' }))
    await expect(verdicts(canvasElement)).toEqual([
      'pricing_clicked fired',
      'pricing_clicked dropped: frequency',
    ])
    await expect(await arrivedNames(canvasElement)).toEqual(['pricing_clicked'])
  },
})

/** Why: two tiers are two interests. With a `key` the rule counts each of them apart. */
export const OncePerTier = meta.story({
  render: () => (
    <nav aria-label="Tiers">
      <PricingLink event="tier_compared" properties={{ tier: 'starter' }} href="/pricing#starter">
        Starter
      </PricingLink>
      <PricingLink event="tier_compared" properties={{ tier: 'pro' }} href="/pricing#pro">
        Pro
      </PricingLink>
    </nav>
  ),
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('link', { name: 'Starter' }))
    await userEvent.click(canvas.getByRole('link', { name: 'Pro' }))
    await userEvent.click(canvas.getByRole('link', { name: 'Starter' }))
    await expect(verdicts(canvasElement)).toEqual([
      'tier_compared fired',
      'tier_compared fired',
      'tier_compared dropped: frequency',
    ])
  },
})

/** Why: Enter on a focused link is a use like any other. */
export const Keyboard = meta.story({
  play: async ({ canvas, canvasElement, userEvent }) => {
    canvas.getByRole('link', { name: 'See pricing' }).focus()
    await userEvent.keyboard('{Enter}')
    await expect(verdicts(canvasElement)).toEqual(['pricing_clicked fired'])
  },
})

/** Why: people open pricing in a new tab to compare it. Only a middle click that really happened counts. */
export const MiddleButton = meta.story({
  play: async ({ canvas, canvasElement }) => {
    const link = canvas.getByRole('link', { name: 'See pricing' })
    await fireEvent(link, new PointerEvent('auxclick', { button: 2, bubbles: true, cancelable: true }))
    await expect(verdicts(canvasElement)).toEqual([])
    await fireEvent(link, new PointerEvent('auxclick', { button: 1, bubbles: true, cancelable: true }))
    await expect(verdicts(canvasElement)).toEqual(['pricing_clicked fired'])
  },
})

/** Why: Ctrl or Cmd opens a new tab, and routers keep out of it; it is a use all the same. */
export const WithModifier = meta.story({
  play: async ({ canvas, canvasElement }) => {
    await fireEvent.click(canvas.getByRole('link', { name: 'See pricing' }), { ctrlKey: true })
    await expect(verdicts(canvasElement)).toEqual(['pricing_clicked fired'])
  },
})

/** Why: a router prevents the default of every good click. Trackers that skip prevented clicks miss them all. */
export const PreventedByRouter = meta.story({
  args: { onClick: fn((event: { preventDefault: () => void }) => event.preventDefault()) },
  play: async ({ args, canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('link', { name: 'See pricing' }))
    await expect(args.onClick).toHaveBeenCalledOnce()
    await expect(verdicts(canvasElement)).toEqual(['pricing_clicked fired'])
  },
})

function RouterLink({ to, ...rest }: ComponentPropsWithRef<'a'> & { to: string }) {
  return <a {...rest} href={to} data-router="" />
}

/** Why: the element belongs to your router or design system. It takes over the props, and nothing is wrapped around it. */
export const AnotherElement = meta.story({
  args: { render: <RouterLink to="/pricing" /> },
  play: async ({ canvas, canvasElement, userEvent }) => {
    const link = canvas.getByRole('link', { name: 'See pricing' })
    await expect(link).toHaveAttribute('data-router')
    await userEvent.click(link)
    await expect(verdicts(canvasElement)).toEqual(['pricing_clicked fired'])
  },
})

/** Why: a function of the props, where the element needs more than its props, such as a required `href`. */
export const RenderedByFunction = meta.story({
  args: {
    render: (props) => (
      <a {...props} href="/pricing?from=footer">
        {props.children} <span aria-hidden="true">→</span>
      </a>
    ),
  },
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('link', { name: 'See pricing' }))
    await expect(verdicts(canvasElement)).toEqual(['pricing_clicked fired'])
  },
})

/** Why: before the visitor has answered, a click is neither lost nor sent. It waits, and goes out with the time of the click. */
export const BeforeConsent = meta.story({
  parameters: tracking({ consent: 'pending' }),
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('link', { name: 'See pricing' }))
    await expect(verdicts(canvasElement)).toEqual(['pricing_clicked held: consent-pending'])
    await expect(await arrived(canvasElement)).toEqual([])
  },
})

function Remounted() {
  const [round, setRound] = useState(1)
  return (
    <nav aria-label="Example">
      <PricingLink key={round} event="pricing_clicked" properties={{ tier: 'pro' }} href="/pricing">
        See pricing
      </PricingLink>
      <button type="button" onClick={() => setRound(round + 1)}>
        Mount it again
      </button>
    </nav>
  )
}

/** Why: “once” lives with the visitor and not in the component, so that a new mount does not count again. */
export const MountedAgain = meta.story({
  render: () => <Remounted />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('link', { name: 'See pricing' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Mount it again' }))
    await userEvent.click(canvas.getByRole('link', { name: 'See pricing' }))
    await expect(verdicts(canvasElement)).toEqual([
      'pricing_clicked fired',
      'pricing_clicked dropped: frequency',
    ])
  },
})
