import { type ComponentPropsWithRef, useState } from 'react'
import { PricingLink } from 'react-microconversions'
import { expect, fireEvent, fn } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside, tracking } from '../support/beside.tsx'
import { prop } from '../support/rows.ts'
import { arrived, arrivedNames, verdicts } from '../support/verdicts.ts'

const meta = preview.meta({
  title: 'Components/PricingLink',
  component: PricingLink,
  decorators: [beside],
  args: { event: 'pricing_clicked', properties: { tier: 'pro' }, href: '/pricing', children: 'See pricing' },
  argTypes: {
    event: {
      ...prop('EventName', 'Event to report when the link is used.'),
      control: 'select',
      options: ['pricing_clicked', 'tier_compared', 'guide_downloaded'],
    },
    properties: prop(
      '{ [property: string]: PropertyValue }',
      'Properties of the event. The plan decides whether they are required, optional or not accepted.',
    ),
    render: {
      ...prop(
        'ReactElement | ((props) => ReactNode)',
        'Element to render in place of `<a>`: `render={<RouterLink to="/pricing" />}`, or a function of the props.',
      ),
      control: false,
    },
    href: prop('string', 'Address of the link. All other props of `<a>` are passed on.'),
    children: prop('ReactNode', 'Text of the link.'),
    onClick: { ...prop('(event) => void', 'Called before the event is reported.'), control: false },
    ref: { ...prop('Ref<HTMLAnchorElement>', 'Receives the element.'), control: false },
  },
})

/** Reports a click on a link to pricing as one event of the plan. */
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

/** Counts a double click once, because the plan says once per session. The component does not know the rule. */
export const OncePerSession = meta.story({
  parameters: {
    microconversions: {
      expect: [
        { event: 'pricing_clicked', properties: { tier: 'pro' }, times: 1 },
        { event: 'pricing_clicked', reason: 'frequency' },
      ],
    },
  },
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.dblClick(canvas.getByRole('link', { name: 'See pricing' }))
    await expect(verdicts(canvasElement)).toEqual([
      'pricing_clicked fired',
      'pricing_clicked dropped: frequency',
    ])
    await expect(await arrivedNames(canvasElement)).toEqual(['pricing_clicked'])
  },
})

/** Counts each tier apart, because the rule in the plan has a `key`. */
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

/** Reports a press of Enter on the focused link. */
export const Keyboard = meta.story({
  parameters: { microconversions: { expect: 'pricing_clicked' } },
  play: async ({ canvas, canvasElement, userEvent }) => {
    canvas.getByRole('link', { name: 'See pricing' }).focus()
    await userEvent.keyboard('{Enter}')
    await expect(verdicts(canvasElement)).toEqual(['pricing_clicked fired'])
  },
})

/** Reports a middle click, which opens pricing in a new tab. */
export const MiddleButton = meta.story({
  play: async ({ canvas, canvasElement }) => {
    const link = canvas.getByRole('link', { name: 'See pricing' })
    await fireEvent(link, new PointerEvent('auxclick', { button: 2, bubbles: true, cancelable: true }))
    await expect(verdicts(canvasElement)).toEqual([])
    await fireEvent(link, new PointerEvent('auxclick', { button: 1, bubbles: true, cancelable: true }))
    await expect(verdicts(canvasElement)).toEqual(['pricing_clicked fired'])
  },
})

/** Reports a click with Ctrl or Cmd, which opens a new tab and which routers ignore. */
export const WithModifier = meta.story({
  play: async ({ canvas, canvasElement }) => {
    await fireEvent.click(canvas.getByRole('link', { name: 'See pricing' }), { ctrlKey: true })
    await expect(verdicts(canvasElement)).toEqual(['pricing_clicked fired'])
  },
})

/** Reports a click although the router prevents its default action. */
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

/** Renders a link of your router or design system: the element gets all props, and nothing is wrapped around it. */
export const AnotherElement = meta.story({
  args: { render: <RouterLink to="/pricing" /> },
  play: async ({ canvas, canvasElement, userEvent }) => {
    const link = canvas.getByRole('link', { name: 'See pricing' })
    await expect(link).toHaveAttribute('data-router')
    await userEvent.click(link)
    await expect(verdicts(canvasElement)).toEqual(['pricing_clicked fired'])
  },
})

/** Renders the link by a function of the props, for an element that needs more than these props. */
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

/** Holds a click until the user has answered about consent. The event then has the time of the click. */
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

/** Does not count again after a re-mount, because the browser stores the count, not the component. */
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
