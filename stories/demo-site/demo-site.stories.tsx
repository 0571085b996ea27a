import { journey } from 'react-microconversions'
import { expect, spyOn, waitFor, within } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { overlayPanel, overlayRows } from '../support/overlay.ts'
import { prop } from '../support/rows.ts'
import { tracked, tracking, trackingIn, useStoryTracking } from '../support/tracked.tsx'
import { arrived, arrivedNames, decisionsIn, verdicts } from '../support/verdicts.ts'
import { pretendServer } from './booking.ts'
import { collectorKnows } from './collector.ts'
import { CollectorControl } from './components/collector-control.tsx'
import { plan } from './plan.ts'
import { Site, type SiteProps } from './site.tsx'
import { destinations } from './tracking.ts'
import './collector.css'

interface DemoSiteProps extends Pick<SiteProps, 'start' | 'overlay'> {
  /** So many bookings are refused before one works. */
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
  decorators: [tracked],
  parameters: {
    layout: 'fullscreen',
    ...tracking({
      plan,
      journey,
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
      ...prop(
        "'open' | 'button' | 'none'",
        'The devtools overlay is open, or a button, or left out.',
        "'open'",
      ),
      control: 'inline-radio',
      options: ['open', 'button', 'none'],
    },
    failures: {
      ...prop('number', 'So many bookings are refused before one works.', '0'),
      control: { type: 'number', min: 0, max: 3 },
    },
  },
})

/** Why: all of it at work on one page. Look around, and read in the overlay what was counted, what was not, and why. */
export const LandingPage = meta.story({
  play: async ({ args, canvas, canvasElement }) => {
    await canvas.findByRole('heading', { level: 1, name: 'The roster nobody argues with' })
    await waitFor(() => expect(verdicts(canvasElement)).toEqual(['page_view held: consent-pending']))
    if (args.overlay !== 'open') return
    await waitFor(async () =>
      expect(await overlayRows()).toEqual([expect.stringContaining('waits for consent')]),
    )
  },
})

/** Why: what happens before the visitor answers is neither lost nor sent too early. */
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

/** Why: no is an answer. What waited for it ends there, and nothing was ever sent. */
export const Refused = meta.story({
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Neither' }))
    await waitFor(() => expect(verdicts(canvasElement)).toEqual(['page_view dropped: consent-denied']))
    await expect(await arrived(canvasElement)).toEqual([])
  },
})

/** Why: somebody who opens pricing twice is one interested visitor, and the overlay says which rule decided that. */
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

/** Why: who has seen the prices is offered somebody to ask, on every page that has them; whoever books is left in peace. */
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
    await expect(trackingIn(canvasElement).tracker.record.get().anomalies).toEqual({})
  },
})

/** Why: a form that was left and one that was sent are two stories, and only the end of the second is a conversion. */
export const AbandonedThenBooked = meta.story({
  args: { start: '/demo', failures: 1 },
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Both' }))
    await userEvent.type(canvas.getByLabelText('Company'), 'Alder')
    await userEvent.click(canvas.getByRole('link', { name: 'Home' }))
    await waitFor(() => expect(verdicts(canvasElement)).toContain('form_abandon fired'))

    const nav = within(canvas.getByRole('navigation', { name: 'Main' }))
    await userEvent.click(nav.getByRole('link', { name: 'Book a demo' }))
    await userEvent.selectOptions(canvas.getByLabelText('People on your rosters'), '11 to 50')
    await userEvent.type(canvas.getByLabelText('Company'), 'Alder{Enter}')
    await userEvent.click(await canvas.findByLabelText('Fair drafts'))
    await userEvent.click(canvas.getByRole('button', { name: 'Next' }))
    await userEvent.click(await canvas.findByLabelText('Friday, 9:15'))
    await userEvent.type(canvas.getByLabelText('Work e-mail'), 'ines@example.com')
    await userEvent.click(canvas.getByRole('button', { name: 'Book the demo' }))
    await canvas.findByText(/did not answer/)
    await userEvent.click(canvas.getByRole('button', { name: 'Book the demo' }))
    await canvas.findByRole('heading', { name: 'See you then' })

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
      'form_step fired',
      'form_failure fired',
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
    await expect(JSON.stringify(events)).not.toMatch(/Alder|ines@/)
  },
})

/** Why: who jumps to the end has not watched half of the film, whatever the position says. */
export const FilmSkippedToTheEnd = meta.story({
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Both' }))
    const film = canvasElement.querySelector('video') as HTMLVideoElement
    film.muted = true
    await film.play()
    film.currentTime = film.duration - 0.6
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

/** Why: a collector that is down costs nothing but time. The events wait, and the overlay says until when. */
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
