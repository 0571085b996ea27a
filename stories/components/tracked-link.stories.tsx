import { definePlan, event, standardEvents, TrackedLink, typed } from 'react-microconversions'
import { expect } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside, tracking } from '../support/beside.tsx'
import { prop } from '../support/rows.ts'
import { arrived, verdicts } from '../support/verdicts.ts'

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
  decorators: [beside],
  parameters: tracking({ plan }),
  argTypes: {
    href: prop(
      'string',
      'Address of the link, which decides its kind. All other props of `<a>` are passed on.',
    ),
    events: prop(
      '{ internal, outbound, download, phone, mail }',
      'Events by fact: names, or `{ event, properties }` if the event requires more properties. Only the facts that it names are reported.',
      'the standard names that the plan has',
    ),
    event: prop('EventName', 'Event to report for every use, whatever the kind of the link.'),
    properties: prop(
      '{ [property: string]: PropertyValue }',
      'Properties that are added to every fact. With `event`, those that the plan declares for it.',
    ),
    ownDomains: prop('string[]', 'Further domains that belong to this site.', "the document's own"),
    render: prop(
      'ReactElement | ((props) => ReactNode)',
      'Element to render in place of `<a>`: `render={<RouterLink to="/pricing" />}`, or a function of the props.',
    ),
  },
})

/** Reports the kind of each link with standard events: outbound, download, telephone or mail. */
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

/** Counts a second click on the same address only once per page. */
export const OncePerLink = meta.story({
  args: { href: 'https://example.com/', children: 'Docs of a partner' },
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('link'))
    await userEvent.click(canvas.getByRole('link'))
    await expect(verdicts(canvasElement)).toEqual(['click fired', 'click dropped: frequency'])
  },
})

/** Maps a fact to an event of your own, with a property that the fact does not have. */
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

/** Reports one event, wherever the link leads. */
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
