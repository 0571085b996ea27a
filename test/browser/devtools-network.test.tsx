import { createTracker, definePlan, event, typed } from 'react-microconversions/core'
import { ga4, http } from 'react-microconversions/destinations'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { AnyDestination } from '../../src/engine/delivery/destination.ts'
import type { ConsentState } from '../../src/engine/permission/consent-types.ts'
import type { AnyTracker } from '../../src/engine/tracker-api.ts'
import { browserNetwork } from '../../src/platform/network.ts'
import { createManualPlatform } from '../../src/testing/manual-platform.ts'
import {
  decision,
  forgetChoices,
  launcher,
  mountApp,
  option,
  recordedTracker,
  shadow,
  tab,
} from '../support/overlay.tsx'
import { scriptedNetwork } from '../support/scripted-network.ts'

const plan = definePlan({
  name: 'acme',
  version: '3',
  events: {
    tier_chosen: event({
      properties: typed<{ tier: string; seats: number; details: object }>(),
      destinations: {
        ga4: { name: 'select_content', parameters: (p) => ({ content_id: p.tier, details: p.details }) },
      },
    }),
  },
})

const ends: (() => void)[] = []
beforeEach(forgetChoices)
afterEach(() => {
  for (const end of ends.splice(0).reverse()) end()
  vi.restoreAllMocks()
  delete (globalThis as { dataLayer?: unknown }).dataLayer
})

/** The overlay on its Network tab, beside a tracker on the clock of this browser. */
async function openNetwork(
  make: (later: Later) => readonly AnyDestination[],
  consent: ConsentState = 'granted',
) {
  await page.viewport(1280, 800)
  const later: Later = (delayMs, run) => {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  }
  const manual = createManualPlatform()
  const tracker = createTracker({
    plan,
    consent,
    platform: { ...manual, now: Date.now, later },
    destinations: make(later),
  })
  ends.push(tracker.dispose)
  await openTab(tracker)
  return {
    tracker,
    leave: manual.leave,
    choose: () => tracker.track('tier_chosen', { tier: 'pro', seats: 12, details: {} }),
  }
}
type Later = (delayMs: number, run: () => void) => () => void

async function openTab(tracker: AnyTracker) {
  ends.push(mountApp({ tracker }))
  await launcher().click()
  await tab('Network').click()
}

const button = (name: string | RegExp) => page.getByRole('button', { name })
const text = () => shadow().querySelector('.view')?.textContent ?? ''
/** Opens the latest request. A retry may add another at any time, so that a driver's selector would name two. */
const openRequest = async () => {
  const latest = () => shadow().querySelector<HTMLElement>('.requests summary')
  await expect.poll(latest).not.toBeNull()
  latest()?.click()
}
const atOnce = { maxAge: '0s' } as const

test('a destination that fails is seen, with why, what to do, and when it is tried next', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0.99) // the jitter: after three failures some seconds
  const { choose } = await openNetwork((later) => {
    const net = scriptedNetwork({ later })
    net.always(503)
    return [http({ url: '/collect', network: net.network, batch: atOnce })]
  })
  choose()
  await expect.poll(text).toContain('The server failed: HTTP 503.')
  expect(text()).toContain('log of the server')
  await expect.poll(text).toMatch(/1 queued, for/)
  await expect.poll(text).toMatch(/next try in \d/)
  await button('http').click()
  await openRequest()
  await expect.poll(() => shadow().querySelector('.request')?.textContent).toMatch(/Answer503/)
  await expect.element(button(/^tier_chosen/).first()).toBeVisible()
  const copied = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  await button('Copy as cURL').click()
  await button('Copy as HAR').click()
  await vi.waitFor(() => expect(copied).toHaveBeenCalledTimes(2))
  const [curl = '', har = ''] = copied.mock.calls.map(([written]) => written).sort()
  expect(curl).toMatch(/^# tier_chosen to http, /m)
  expect(curl).toContain('"tier":"‹string 3›"')
  expect(JSON.parse(har).log.entries).toMatchObject([{ response: { status: 503 } }])
  await tab('Why not?').click()
  await page.getByLabelText('Event', { exact: true }).selectOptions('tier_chosen')
  await expect
    .element(page.getByText(/but not delivered\. It did not arrive: http: retrying, HTTP 503\./))
    .toBeVisible()
  await button('Show its requests').click()
  await expect.element(page.getByRole('article', { name: 'tier_chosen' })).toBeVisible()
  await expect.element(button('Copy as cURL')).toBeVisible()
})

test('a request that the browser itself refuses names blocker, policy and CORS', async () => {
  const net = browserNetwork()
  const { choose } = await openNetwork(() => [
    http({
      url: 'https://collect.test/e?key=secret',
      // As a blocker has it: the request of this browser, to where nobody listens.
      network: { ...net, request: (request) => net.request({ ...request, url: 'http://127.0.0.1:1/' }) },
      batch: atOnce,
    }),
  ])
  choose()
  await expect.poll(text).toContain('Failed to fetch')
  expect(text()).toContain('Access-Control-Allow-Origin')
  expect(text()).not.toContain('secret')
})

test('the server asks for a pause: it is counted down', async () => {
  const { choose } = await openNetwork((later) => {
    const net = scriptedNetwork({ later })
    net.always({ status: 429, retryAfter: '120' })
    return [http({ url: '/collect', network: net.network, batch: atOnce })]
  })
  choose()
  await expect
    .poll(text)
    .toMatch(/asked for a pause \(HTTP 429, Retry-After: 120\): next try in (2 min|1 min \d+ s)/)
})

test('one event, captured, mapped, sent, answered: with what became of each value', async () => {
  ;(globalThis as { dataLayer?: unknown[] }).dataLayer = [['config', 'G-1']]
  const { choose, tracker } = await openNetwork((later) => {
    const net = scriptedNetwork({ later })
    net.always({ status: 202, body: '{"accepted":1}' })
    return [http({ url: '/collect?key=secret', network: net.network, batch: atOnce }), ga4()]
  })
  choose()
  await expect.poll(() => tracker.record.get().delivered['http']?.sent).toBe(1)

  await button('ga4').click()
  await expect.poll(text).toContain('does not answer')
  await openRequest()
  await button(/^tier_chosen/).click()
  const stages = () =>
    [...shadow().querySelectorAll('.stages > li > h4')].map((head) => head.textContent?.split(' ')[0])
  await expect.poll(stages).toEqual(['Captured', 'Mapped', 'Sent', 'Answered'])
  const lines = () => [...shadow().querySelectorAll('.differences code')].map((line) => line.textContent)
  expect(lines()).toEqual(
    expect.arrayContaining([
      'name: "tier_chosen" → "select_content"',
      'properties.tier → parameters.content_id: "pro"',
      `id → parameters.event_id: ${JSON.stringify(tracker.record.get().decisions[0]?.eventId)}`,
      'properties.seats: 12',
    ]),
  )
  expect(text()).toContain('details left out: it has a value that GA4 has no column for')

  await userEvent.keyboard('{Escape}{Escape}')
  await button('http').click()
  await openRequest()
  await button(/^tier_chosen/).click()
  await expect.poll(text).toContain('HTTP 202')
  expect(text()).toContain('{"accepted":1}')
  expect(text()).toContain('POST /collect')
  const sent = [...shadow().querySelectorAll('.folded')].find(({ textContent }) =>
    textContent?.startsWith('As sent'),
  )
  expect(sent?.textContent).toContain('requestId')
  expect(sent?.querySelector('[data-mark=added]')?.textContent).toMatch(/added$/)
  expect(text()).not.toContain('secret')
})

test('by the keyboard alone: into a destination, a request, an event, and back by Escape', async () => {
  const { choose, tracker } = await openNetwork((later) => [
    http({ url: '/collect', network: scriptedNetwork({ later }).network, batch: atOnce }),
  ])
  choose()
  await expect.poll(() => tracker.record.get().delivered['http']?.sent).toBe(1)
  await expect.poll(text).toContain('1 delivered')
  const focused = () => shadow().activeElement?.textContent ?? ''
  for (let presses = 0; presses < 20 && focused() !== 'http'; presses++) await userEvent.tab()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('article', { name: 'http' })).toBeVisible()
  const summary = shadow().querySelector<HTMLElement>('.requests summary')
  summary?.focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(button(/^tier_chosen/)).toBeVisible()
  await userEvent.keyboard('{Tab}{Enter}')
  await expect.element(page.getByRole('article', { name: 'tier_chosen' })).toBeVisible()
  // What had the focus is gone: it is in the pane, not at the top of the page.
  expect(shadow().activeElement?.closest('article')?.textContent).toContain('Captured')
  await userEvent.keyboard('{Escape}')
  await expect.element(page.getByRole('article', { name: 'http' })).toBeVisible()
  await userEvent.keyboard('{Escape}')
  await expect.element(page.getByRole('article')).not.toBeInTheDocument()
  expect(shadow().querySelector('.panel')).not.toBeNull()
})

test('each reason for which nothing leaves is said', async () => {
  await openTab(recordedTracker([decision(1, { deliveries: {} })]).tracker)
  await expect.poll(text).toContain('No destination')
  ends.pop()?.()
  forgetChoices()

  const scripted = (later: Later) => [http({ url: '/collect', network: scriptedNetwork({ later }).network })]
  const { tracker, choose } = await openNetwork(scripted, 'pending')
  choose()
  await expect.poll(text).toContain('No destination is granted')
  await expect.poll(text).toContain('Waits for consent.')
  tracker.consent.update('denied')
  await expect.poll(text).toContain('Consent is denied for every destination')

  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
  tracker.consent.update('granted')
  await expect.poll(text).toContain('The browser is offline')
})

test('a collector that hangs is seen while it hangs', async () => {
  const { choose } = await openNetwork((later) => {
    const net = scriptedNetwork({ later })
    net.always('wait')
    return [http({ url: '/collect', network: net.network, batch: atOnce })]
  })
  choose()
  await expect.poll(text).toMatch(/On its way: 1 event, sent/)
  await button('http').click()
  await openRequest()
  await button(/^tier_chosen/).click()
  await expect.poll(text).toContain('on its way')
})

test('an event that left by beacon is not called a vendor’s', async () => {
  const { choose, tracker, leave } = await openNetwork((later) => {
    const { network } = scriptedNetwork({ later })
    return [http({ url: '/collect', network: { ...network, keptAliveBytes: () => 64_000 } })]
  })
  choose()
  leave()
  await expect.poll(() => tracker.record.get().delivered['http']?.unknown).toBe(1)
  await button('http').click()
  await expect.element(page.getByRole('article', { name: 'http' })).toBeVisible()
  expect(text()).not.toContain('vendor')
  await openRequest()
  await button(/^tier_chosen/).click()
  await expect.poll(text).toContain('A beacon gets no answer')
})

test('the detail of an attempt leads to its way', async () => {
  const { choose } = await openNetwork((later) => [
    http({ url: '/collect', network: scriptedNetwork({ later }).network, batch: atOnce }),
  ])
  choose()
  await tab('Timeline').click()
  await option(/tier_chosen/).click()
  await button('http').click()
  await expect.element(tab('Network')).toHaveAttribute('aria-selected', 'true')
  await expect.element(page.getByRole('article', { name: 'tier_chosen' })).toBeVisible()
})
