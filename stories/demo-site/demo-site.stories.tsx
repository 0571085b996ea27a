import { journey } from 'react-microconversions'
import { trackingOf, useStoryTracking } from 'react-microconversions/storybook'
import { expect, spyOn, waitFor, within } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside, tracking } from '../support/beside.tsx'
import { overlayPanel, overlayRows } from '../support/overlay.ts'
import { prop } from '../support/rows.ts'
import { arrived, arrivedNames, decisionsIn, verdicts } from '../support/verdicts.ts'
import { pretendServer } from './booking.ts'
import { collectorKnows } from './collector.ts'
import { CollectorControl } from './components/collector-control.tsx'
import { plan } from './plan.ts'
import { Site, type SiteProps } from './site.tsx'
import { destinations } from './tracking.ts'
import './collector.css'

interface DemoSiteProps extends Pick<SiteProps, 'start' | 'overlay'> {
  /** Number of bookings that the server refuses before one succeeds. */
  readonly failures: number
}

function DemoSite({ failures, ...args }: DemoSiteProps) {
  const { tracker, platform } = useStoryTracking()
  return (
    <>
      <CollectorControl />
      <Site {...args} tracker={tracker} send={pretendServer(failures)} onNavigate={platform.navigate} />
    </>
  )
}

const meta = preview.meta({
  title: 'Demo site',
  component: DemoSite,
  tags: ['!autodocs'],
  decorators: [beside],
  parameters: {
    layout: 'fullscreen',
    ...tracking({
      plan,
      plugins: [journey()],
      list: false,
      consent: { analytics: 'pending', marketing: 'pending' },
      destinations,
    }),
  },
  // Nothing that it does is misuse: the console of whoever looks at it stays empty.
  beforeEach: () => {
    const error = spyOn(console, 'error')
    return () => expect(error).not.toHaveBeenCalledWith(expect.stringContaining('[RMC'))
  },
  afterEach: async ({ args }) => {
    if (args.overlay !== 'none') await overlayPanel()
  },
  args: { start: '/', overlay: 'open' as const, failures: 0 },
  argTypes: {
    start: {
      ...prop('string', 'The address to open first.', "'/'"),
      control: 'inline-radio',
      options: ['/', '/pricing', '/demo'],
    },
    overlay: {
      ...prop("'open' | 'button' | 'none'", 'The overlay is open, a button, or left out.', "'open'"),
      control: 'inline-radio',
      options: ['open', 'button', 'none'],
    },
    failures: {
      ...prop('number', 'Number of bookings that the server refuses before one succeeds.', '0'),
      control: { type: 'number', min: 0, max: 3 },
    },
  },
})

/** The whole site with the overlay open. Use the site, and read in the overlay what counted, what did not, and why. */
export const LandingPage = meta.story({
  play: async ({ args, canvas, canvasElement }) => {
    await canvas.findByRole('heading', { level: 1, name: 'The roster that ends the arguments' })
    await waitFor(() => expect(verdicts(canvasElement)).toEqual(['page_view held: consent-pending']))
    if (args.overlay !== 'open') return
    await waitFor(async () =>
      expect(await overlayRows()).toEqual([expect.stringContaining('waits for consent')]),
    )
  },
})

/** Events wait until the user answers about consent. Then they are sent with their original times. */
export const HeldUntilConsent = meta.story({
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(await canvas.findByRole('link', { name: 'See pricing' }))
    await expect(await arrived(canvasElement)).toEqual([])
    await expect(verdicts(canvasElement)).toEqual([
      'page_view held: consent-pending',
      'pricing_clicked held: consent-pending',
      'page_view held: consent-pending',
    ])

    await userEvent.click(canvas.getByRole('button', { name: 'Analytics only' }))
    await waitFor(() =>
      expect(verdicts(canvasElement)).toEqual([
        'page_view fired',
        'pricing_clicked fired',
        'page_view fired',
      ]),
    )
    const events = await arrived(canvasElement)
    await expect(events.map(({ name, page }) => [name, page.path])).toEqual([
      ['page_view', '/'],
      ['pricing_clicked', '/'],
      ['page_view', '/pricing'],
    ])
    await expect(decisionsIn(canvasElement)[1]?.deliveries).toMatchObject({
      memory: { state: 'sent' },
      ads: { state: 'denied' },
    })
  },
})

/** After a refusal, the held events are dropped. Nothing was sent. */
export const Refused = meta.story({
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Neither' }))
    await waitFor(() => expect(verdicts(canvasElement)).toEqual(['page_view dropped: consent-denied']))
    await expect(await arrived(canvasElement)).toEqual([])
  },
})

/** The second click on pricing is dropped. The overlay names the rule. */
export const PricingTwice = meta.story({
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Both' }))
    const nav = within(canvas.getByRole('navigation', { name: 'Main' }))
    await userEvent.click(nav.getByRole('link', { name: 'Pricing' }))
    await userEvent.click(nav.getByRole('link', { name: 'Pricing' }))
    await waitFor(() =>
      expect(verdicts(canvasElement)).toEqual([
        'page_view fired',
        'pricing_clicked fired',
        'page_view fired',
        'pricing_clicked dropped: frequency',
      ]),
    )
    await expect(await arrivedNames(canvasElement)).toEqual(['page_view', 'pricing_clicked', 'page_view'])
    await waitFor(async () => expect((await overlayRows())[0]).toContain('once per session'))
  },
})

/** A user who has seen the prices gets the offer of a contact, until the user books. */
export const OfferAfterPricing = meta.story({
  play: async ({ canvas, canvasElement, userEvent }) => {
    const offer = () => canvas.queryByRole('complementary', { name: 'An offer' })
    await userEvent.click(await canvas.findByRole('button', { name: 'Both' }))
    await expect(offer()).toBeNull()
    await userEvent.click(canvas.getByRole('link', { name: 'See pricing' }))
    await waitFor(() => expect(offer()).toBeVisible())
    await userEvent.click(canvas.getByRole('link', { name: 'Home' }))
    await expect(offer()).toBeVisible()

    const answers = canvasElement.querySelectorAll('.faq summary')
    for (const answer of [...answers].slice(0, 2)) await userEvent.click(answer)
    await waitFor(() => expect(verdicts(canvasElement)).toContain('second_answer fired'))
    await expect(trackingOf(canvasElement).tracker.record.get().anomalies).toEqual({})
  },
})

/** Chooses a time in the frame, which has the origin of the story here. */
async function schedule(canvasElement: HTMLElement) {
  const frame = () => canvasElement.querySelector('iframe')?.contentDocument
  const loaded = () => {
    const page = frame()
    if (!page?.querySelector('form') || page.readyState !== 'complete')
      throw new Error('The scheduler loads.')
    return within(page.body)
  }
  const scheduler = await waitFor(loaded)
  scheduler.getByLabelText('Friday, 9:15').click()
  scheduler.getByRole('button', { name: 'Schedule event' }).click()
  await scheduler.findByRole('heading', { name: 'See you then' })
}

/** One form is abandoned, and another one is sent. Only the call that the scheduler books is a conversion. */
export const AbandonedThenBooked = meta.story({
  args: { start: '/demo', failures: 1 },
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Both' }))
    await userEvent.type(canvas.getByLabelText('Company'), 'Alder')
    await userEvent.click(canvas.getByRole('link', { name: 'Home' }))
    await waitFor(() => expect(verdicts(canvasElement)).toContain('form_abandon fired'))

    const nav = within(canvas.getByRole('navigation', { name: 'Main' }))
    await userEvent.click(nav.getByRole('link', { name: 'Pricing' }))
    await userEvent.click(canvas.getByRole('link', { name: 'Choose Team' }))
    await userEvent.selectOptions(canvas.getByLabelText('People on your rosters'), '11 to 50')
    await userEvent.type(canvas.getByLabelText('Company'), 'Alder{Enter}')
    await userEvent.click(await canvas.findByLabelText('Fair drafts'))
    await userEvent.type(canvas.getByLabelText('Work e-mail'), 'ines@example.com')
    await userEvent.click(canvas.getByRole('button', { name: 'Choose a time' }))
    await canvas.findByText(/did not answer/)
    await userEvent.click(canvas.getByRole('button', { name: 'Choose a time' }))
    await schedule(canvasElement)

    await waitFor(() => expect(verdicts(canvasElement).at(-1)).toBe('demo_booked fired'))
    await expect(
      verdicts(canvasElement).filter((line) => line.startsWith('form_') || line.startsWith('demo_')),
    ).toEqual([
      'form_step fired',
      'form_start fired',
      'form_abandon fired',
      'form_step fired',
      'form_start fired',
      'form_step fired',
      'form_failure fired',
      'form_success fired',
      'form_calendar fired',
      'form_slot fired',
      'demo_booked fired',
    ])
    const events = await arrived(canvasElement)
    await expect(events.find(({ name }) => name === 'form_abandon')?.properties).toMatchObject({
      step_name: 'company',
      last_field: 'company',
    })
    await expect(events.findLast(({ name }) => name === 'form_failure')?.properties).toMatchObject({
      error_code: 'http_503',
    })
    await expect(events.at(-1)?.properties).toMatchObject({ tier: 'team', scheduler_provider: 'calendly' })
    await expect(JSON.stringify(events)).not.toMatch(/Alder|ines@/)
  },
})

/** A jump to the end of the video does not count as watching it. */
export const VideoSkippedToTheEnd = meta.story({
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Both' }))
    const video = canvasElement.querySelector('video') as HTMLVideoElement
    video.muted = true
    await video.play()
    video.currentTime = video.duration - 0.6
    await waitFor(() => expect(verdicts(canvasElement)).toContain('video_complete fired'))
    await expect(verdicts(canvasElement)).toEqual([
      'page_view fired',
      'video_start fired',
      'video_complete fired',
    ])
    const complete = (await arrived(canvasElement)).find(({ name }) => name === 'video_complete')
    await expect(complete?.properties['reached_percent']).toBe(100)
    await expect(complete?.properties['watched_percent']).toBeLessThan(25)
  },
})

/** When the user goes on to another page, an event says how much of the video was watched. */
export const VideoWatched = meta.story({
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Both' }))
    const video = canvasElement.querySelector('video') as HTMLVideoElement
    video.muted = true
    video.playbackRate = 4
    await video.play()
    await waitFor(() => expect(verdicts(canvasElement)).toContain('video_progress fired'))
    const nav = within(canvas.getByRole('navigation', { name: 'Main' }))
    await userEvent.click(nav.getByRole('link', { name: 'Book a demo' }))
    await waitFor(() => expect(verdicts(canvasElement)).toContain('video_summary fired'))
    const events = await arrived(canvasElement)
    const summary = events.find(({ name }) => name === 'video_summary')
    await expect(summary?.properties).toMatchObject({ video_title: 'product-tour', seeks: 0 })
    await expect(summary?.properties['watched_seconds']).toBeGreaterThanOrEqual(3)
  },
})

const DAY_MS = 24 * 60 * 60_000

/** The user opened the prices and began no form in three days: an event follows from that. */
export const PricingLeft = meta.story({
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Both' }))
    await userEvent.click(canvas.getByRole('link', { name: 'See pricing' }))
    await expect(await arrivedNames(canvasElement)).toContain('pricing_clicked')
    trackingOf(canvasElement).platform.advance(4 * DAY_MS)
    await userEvent.click(canvas.getByRole('link', { name: 'Home' }))
    await waitFor(async () => expect(await arrivedNames(canvasElement)).toContain('pricing_left'))
  },
})

/** The server does not answer. The events wait, and the overlay shows when they are tried again. */
export const CollectorDown = meta.story({
  play: async ({ canvas, canvasElement, userEvent }) => {
    const delivery = () => decisionsIn(canvasElement)[0]?.deliveries['http']
    await userEvent.click(await canvas.findByLabelText('fails'))
    await expect(canvas.getByLabelText('fails')).toBeChecked()
    await collectorKnows()
    await userEvent.click(canvas.getByRole('button', { name: 'Both' }))
    await waitFor(() => expect(delivery()).toMatchObject({ state: 'retrying', error: 'HTTP 503' }))
    await expect(decisionsIn(canvasElement)[0]?.deliveries['ads']).toMatchObject({ state: 'sent' })
    await userEvent.click(canvas.getByLabelText('answers'))
    await waitFor(() => expect(delivery()).toMatchObject({ state: 'sent' }))
  },
})
