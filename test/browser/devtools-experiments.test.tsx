import { linkReplay } from 'react-microconversions/embeds'
import { experimentViewed } from 'react-microconversions/experiments'
import { createTestTracker } from 'react-microconversions/testing'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { forgetChoices, hosts, mountApp, option, plan, rows, tab } from '../support/overlay.tsx'

let unmount = () => {}
beforeEach(() => page.viewport(1280, 800))
afterEach(async () => {
  unmount()
  await vi.waitFor(() => expect(hosts()).toHaveLength(0))
  forgetChoices()
})

/** Three attempts: before the user saw a variant, with `b`, and with `c`. The second has a session replay. */
async function openWithVariants() {
  const { tracker } = createTestTracker(plan)
  let replay: string | undefined
  linkReplay(tracker, () => replay)
  tracker.track('link_followed', { index: 1 })
  experimentViewed(tracker, { experiment: 'hero', variant: 'b' })
  replay = 'https://replay.test/recording?t=12'
  tracker.track('tour_watched', { mark: '50%' })
  experimentViewed(tracker, { experiment: 'hero', variant: 'c' })
  replay = undefined
  tracker.track('demo_booked')
  unmount = mountApp({ tracker, defaultOpen: true })
  await expect.element(tab('Timeline')).toBeVisible()
  await expect.poll(events).toEqual(['demo_booked', 'tour_watched', 'link_followed'])
}

const events = () =>
  rows().map(({ textContent }) => /link_followed|tour_watched|demo_booked/.exec(textContent ?? '')?.[0])
const field = () => page.getByRole('searchbox', { name: 'Filter attempts' })

test('attempts are filtered by the variant that the user had seen, typed or chosen', async () => {
  await openWithVariants()
  await field().fill('experiment:hero=b')
  await expect.poll(events).toEqual(['tour_watched'])
  await field().fill('experiment:hero')
  await expect.poll(events).toEqual(['demo_booked', 'tour_watched'])
  await field().fill('-experiment:hero')
  await expect.poll(events).toEqual(['link_followed'])
  await field().fill('')
  await page.getByRole('button', { name: /^Filters/ }).click()
  await page.getByLabelText('Experiment').selectOptions('hero=c')
  await expect.element(field()).toHaveValue('experiment:"hero=c"')
  await expect.poll(events).toEqual(['demo_booked'])
})

test('the detail has the variants, and a link to the recording of an attempt that has one', async () => {
  await openWithVariants()
  await option(/tour_watched/).click()
  const link = page.getByRole('article').getByRole('link', { name: 'Session replay' })
  await expect.element(link).toHaveAttribute('href', 'https://replay.test/recording?t=12')
  await expect.element(link).toHaveAttribute('target', '_blank')
  await expect.element(page.getByRole('article')).toHaveTextContent(/experiments.*hero: "b"/)
  await option(/demo_booked/).click()
  await expect.element(page.getByRole('article')).toHaveTextContent(/experiments.*hero: "c"/)
  await expect.element(link).not.toBeInTheDocument()
})
