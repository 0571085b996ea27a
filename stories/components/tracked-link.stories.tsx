import { definePlan, event, standardEvents, TrackedLink, typed } from 'react-microconversions'
import { expect } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { prop } from '../support/rows.ts'
import { shownCode } from '../support/shown-code.ts'
import { tracked, tracking } from '../support/tracked.tsx'
import { arrived, verdicts } from '../support/verdicts.ts'
import file from './tracked-link.stories.tsx?raw'

const plan = definePlan({
  name: 'links',
  version: '1',
  events: {
    ...standardEvents.links,
    cta_clicked: event({ properties: typed<{ place: string }>() }),
    guide_downloaded: event({ properties: typed<{ file_name: string; topic: string }>() }),
  },
})

const meta = preview.meta({
  title: 'Components/TrackedLink',
  component: TrackedLink,
  decorators: [tracked],
  parameters: { docs: { source: { transform: shownCode(file) } }, ...tracking({ plan }) },
  argTypes: {
    href: prop('string', 'Decides what the link is. Every other prop of `<a>` passes through too.'),
    events: prop(
      '{ internal, outbound, download, phone, mail }',
      'From facts to events, or to `{ event, properties }` where the event needs more.',
      'the standard names that the plan has',
    ),
    event: prop('name of an event in the plan', 'Reported at every use, whatever the link is.'),
    properties: prop('{ [name]: value }', 'Joined to every fact; with `event`, as that event declares them.'),
    ownDomains: prop('string[]', 'More domains that are this site.', "the document's own"),
    render: prop(
      'ReactElement | (props) => ReactNode',
      'Another element: `render={<RouterLink to="/pricing" />}`, or a function of the props.',
    ),
  },
})

/** Why: with the standard events in the plan, a link says by itself what it is: outbound, a download, a call, a mail. */
export const ByKind = meta.story({
  render: () => (
    <nav aria-label="Example">
      <TrackedLink href="https://example.com/docs?ref=story">Docs of a partner</TrackedLink>
      <TrackedLink href="/guides/swaps.pdf">Guide to swaps</TrackedLink>
      <TrackedLink href="tel:+4930901820">Call us</TrackedLink>
      <TrackedLink href="mailto:team@example.com">Write to us</TrackedLink>
      <TrackedLink href="/features">Features</TrackedLink>
    </nav>
  ),
  play: async ({ canvas, canvasElement, userEvent }) => {
    for (const link of canvas.getAllByRole('link')) await userEvent.click(link)
    await expect((await arrived(canvasElement)).map(({ name, properties }) => [name, properties])).toEqual([
      ['click', expect.objectContaining({ link_url: 'https://example.com/docs', outbound: true })],
      ['file_download', expect.objectContaining({ file_name: 'swaps.pdf', file_extension: 'pdf' })],
      ['phone_clicked', expect.objectContaining({ link_url: '' })],
      ['mail_clicked', expect.objectContaining({ link_url: '' })],
    ])
  },
})

/** Why: a second click on the same partner is no second intent. */
export const OncePerLink = meta.story({
  args: { href: 'https://example.com/', children: 'Docs of a partner' },
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('link'))
    await userEvent.click(canvas.getByRole('link'))
    await expect(verdicts(canvasElement)).toEqual(['click fired', 'click dropped: frequency'])
  },
})

/** Why: events of your own plan, with what the fact does not carry. */
export const EventsOfThePlan = meta.story({
  render: () => (
    <TrackedLink
      href="/guides/swaps.pdf"
      events={{ download: { event: 'guide_downloaded', properties: { topic: 'swaps' } } }}
    >
      Guide to swaps
    </TrackedLink>
  ),
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('link'))
    await expect(await arrived(canvasElement)).toMatchObject([
      { name: 'guide_downloaded', properties: { topic: 'swaps', file_name: 'swaps.pdf' } },
    ])
  },
})

/** Why: a call to action is one event, wherever it leads. */
export const OneEvent = meta.story({
  render: () => (
    <TrackedLink event="cta_clicked" properties={{ place: 'hero' }} href="https://example.com/demo">
      Book a demo
    </TrackedLink>
  ),
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('link'))
    await expect(await arrived(canvasElement)).toMatchObject([
      { name: 'cta_clicked', properties: { place: 'hero' }, trigger: { component: 'TrackedLink' } },
    ])
  },
})
