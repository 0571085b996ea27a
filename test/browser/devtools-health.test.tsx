import type { ReactNode } from 'react'
import { StrictMode, useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import {
  createTracker,
  MicroconversionProvider,
  TrackedButton,
  TrackedForm,
  useImpression,
  useTrack,
} from 'react-microconversions'
import { type AnyPlan, definePlan, event } from 'react-microconversions/core'
import { memory } from 'react-microconversions/destinations'
import { MicroconversionDevtools } from 'react-microconversions/devtools/production'
import { createTestTracker, type TestTrackerOptions } from 'react-microconversions/testing'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import * as z from 'zod'
import { forgetChoices, launcher, mountApp, option, shadow, tab } from '../support/overlay.tsx'

const plan = definePlan({
  name: 'health',
  version: '1',
  events: {
    pricing_clicked: event({ stage: 'consideration', goal: 'demo_booked', frequency: 'once-per-session' }),
    plan_chosen: event({
      stage: 'consideration',
      properties: z.object({ tier: z.string(), seats: z.number().optional() }),
    }),
    menu_opened: event({}),
    demo_booked: event({ macro: true }),
  },
})

let ends: (() => void)[] = []
beforeEach(forgetChoices)
afterEach(() => {
  for (const end of ends.reverse()) end()
  ends = []
})

const registry = Symbol.for('react-microconversions')

function mount(app: ReactNode) {
  const root = createRoot(document.body.appendChild(document.createElement('div')))
  root.render(<StrictMode>{app}</StrictMode>)
  ends.push(() => root.unmount())
}

function Twice() {
  const track = useTrack() as (name: string) => void
  return (
    <TrackedButton event="menu_opened" onClick={() => track('menu_opened')}>
      Menu
    </TrackedButton>
  )
}

async function open(options: TestTrackerOptions<typeof plan> = {}, site: ReactNode = <Twice />) {
  const tracking = createTestTracker(plan, options)
  ends.push(tracking.tracker.dispose)
  mount(
    <MicroconversionProvider tracker={tracking.tracker}>
      {site}
      <MicroconversionDevtools enabled because="it is tested" />
    </MicroconversionProvider>,
  )
  await launcher().click()
  return { ...tracking, track: tracking.tracker.track as (name: string, properties?: object) => void }
}

const text = (words: string | RegExp) => page.getByText(words)
const shown = (words: string | RegExp) => expect.element(text(words)).toBeVisible()

describe('plan coverage', () => {
  test('tells shapes and drift, and follows what happens', async () => {
    const { track } = await open()
    track('plan_chosen', { tier: 'gold-secret' })
    await tab('Plan').click()
    await shown('1 of 4 planned events')
    const item = page
      .getByRole('listitem')
      .filter({ has: page.getByRole('button', { name: 'plan_chosen', exact: true }) })
    await expect.element(item).toHaveTextContent('tier: text (1 value)')
    await expect.element(item).toHaveTextContent('seats: declared as optional, never given')
    track('plan_chosen', { tier: 7, seats: 40 })
    await expect.element(item).toHaveTextContent('Does not fit the plan')
    await expect.element(item).toHaveTextContent('tier: text, then number, since attempt 2')
    await expect.element(item).toHaveTextContent('seats: number 40')
    expect(shadow().textContent).not.toContain('gold-secret')
  })

  test('counts this page, this session or all: by keyboard', async () => {
    const { track, tracker } = await open()
    tracker.page({ path: '/first' })
    track('menu_opened')
    tracker.page({ path: '/second' })
    await tab('Plan').click()
    await shown('1 of 4 planned events')
    await page.getByRole('radio', { name: 'This session' }).click({ force: true })
    await userEvent.keyboard('{ArrowLeft}')
    await expect.element(page.getByRole('radio', { name: 'This page' })).toBeChecked()
    await shown('0 of 4 planned events')
    await userEvent.keyboard('{ArrowLeft}')
    await expect.element(page.getByRole('radio', { name: 'All' })).toBeChecked()
    await shown('1 of 4 planned events')
  })

  test('a new session begins with nothing seen', async () => {
    const { track, platform } = await open()
    track('menu_opened')
    await tab('User').click()
    platform.advance(60_000)
    await page.getByRole('button', { name: 'New session' }).click()
    await shown('A new session has begun.')
    await tab('Plan').click()
    await shown('0 of 4 planned events')
    await page.getByRole('radio', { name: 'All' }).click({ force: true })
    await shown('1 of 4 planned events')
  })

  test('names what components see and no event wants, the stages, and hints', async () => {
    const form = (
      <TrackedForm name="demo" onSubmit={(submit) => submit.preventDefault()}>
        <input aria-label="Mail" name="mail" />
      </TrackedForm>
    )
    await open({}, form)
    await tab('Plan').click()
    await shown('Available on this page, not wanted')
    expect(shadow().querySelector('.plain-list')?.textContent).toMatch(/^TrackedForm: .*start.*abandon/)
    await shown(/1 event leads to demo_booked; 3 to 5/)
    expect(shadow().querySelector('.stages')?.textContent).toContain('consideration0 of 2 events')
  })
})

describe('health', () => {
  test('what is not observed is a problem, with its reason', async () => {
    function Broken() {
      return <p ref={useImpression({ name: 'hero', events: { impression: 'menu_opened' } })}>Hero</p>
    }
    const said = vi.spyOn(console, 'error').mockImplementation(() => {})
    const { observe } = IntersectionObserver.prototype
    IntersectionObserver.prototype.observe = () => {
      throw new Error('not in this browser')
    }
    ends.push(() => {
      IntersectionObserver.prototype.observe = observe
      said.mockRestore()
    })
    await open({}, <Broken />)
    await tab('Health').click()
    await shown('1 component cannot observe')
    await shown('Impression hero: not in this browser')
    expect(said.mock.calls.map(([message]) => String(message).slice(0, 9))).toEqual(['[RMC330] '])
  })

  test('a problem is counted in the tab, told with its attempts, and leads to them', async () => {
    await open()
    await page.getByRole('button', { name: 'Menu' }).click()
    await expect.element(page.getByRole('tab', { name: 'Health (1 problem)' })).toBeVisible()
    await tab('Health').click()
    await shown('menu_opened is reported by TrackedButton and track at once')
    // By keyboard, which must not be lost with the view that it leaves.
    ;(page.getByRole('button', { name: 'attempt 2' }).element() as HTMLElement).focus()
    await userEvent.keyboard('{Enter}')
    await expect.element(page.getByRole('article')).toBeVisible()
    await expect.element(tab('Timeline')).toHaveAttribute('aria-selected', 'true')
    await expect.poll(() => shadow().activeElement).not.toBeNull()
  })

  test('says so when nothing is wrong', async () => {
    await open()
    await tab('Health').click()
    await shown('No problems')
    await expect.element(page.getByRole('tab', { name: 'Health', exact: true })).toBeVisible()
  })

  test('personal data is told by kind and place, never by text', async () => {
    const { track } = await open({ personalData: 'block' })
    track('plan_chosen', { tier: 'ada@example.com' })
    await tab('Health').click()
    await shown('Dropped for an e-mail address in properties.tier')
    expect(shadow().textContent).not.toContain('ada@example.com')
  })

  test('deliveries that never arrived are counted', async () => {
    const refusing = {
      ...memory({ name: 'strict' }),
      map: () => {
        throw new Error('too long')
      },
    }
    const { track } = await open({ destinations: [refusing] })
    track('menu_opened')
    await tab('Health').click()
    await shown('1 event lost at strict')
    // Problems come first.
    expect(shadow().querySelector('.health h4')?.textContent).toBe('Deliveries and record')
  })

  test('others are watched on a click, and left alone when the view is', async () => {
    const sent: unknown[] = []
    const analytics = { track: (...given: unknown[]) => sent.push(given) }
    Object.assign(globalThis, { analytics })
    ends.push(() => Reflect.deleteProperty(globalThis, 'analytics'))
    const { track } = analytics
    await open()
    await tab('Health').click()
    const button = page.getByRole('button', { name: /^Watch/ })
    await expect.element(button).toHaveAttribute('aria-pressed', 'false')
    expect(analytics.track).toBe(track)
    await button.click()
    await expect.element(button).toHaveAttribute('aria-pressed', 'true')
    analytics.track('menu_opened', { a: 1 })
    expect(sent).toEqual([['menu_opened', { a: 1 }]])
    await shown('Something else sends menu_opened by Segment')
    await page.getByRole('button', { name: 'Close' }).click()
    await expect.element(launcher()).toBeVisible()
    expect(analytics.track).toBe(track)
  })
})

function InAnEffect() {
  const track = useTrack() as (name: string, properties: object) => void
  useEffect(() => void track('plan_chosen', { tier: 'pro' }), [track])
  return <p>Chosen</p>
}

/** As Google's snippet has it. */
function gtag(..._given: unknown[]) {
  const page = globalThis as { dataLayer?: unknown[] }
  page.dataLayer ??= []
  // biome-ignore lint/complexity/noArguments: the layer tells commands by it
  page.dataLayer.push(arguments)
}

describe('a page on which something counts twice', () => {
  /** In Providers beside each other, each with a tracker as an application makes it. */
  async function openReal(count: number) {
    const trackers = Array.from({ length: count }, () => createTracker({ plan }))
    ends.push(...trackers.map(({ dispose }) => dispose))
    for (const tracker of trackers)
      mount(
        <MicroconversionProvider tracker={tracker}>
          <TrackedButton event="menu_opened">Menu</TrackedButton>
        </MicroconversionProvider>,
      )
    mount(<MicroconversionDevtools enabled because="it is tested" tracker={trackers[0]} />)
    await launcher().click()
    await tab('Health').click()
    return trackers
  }

  test('a tracker in each of two Providers', async () => {
    const trackers = await openReal(2)
    await shown('2 trackers of the plan “health” are alive')
    trackers[1]?.dispose()
    await shown('No problems')
  })

  test('two copies of the library', async () => {
    await openReal(1)
    await shown('No problems')
    const page = globalThis as { [registry]?: Set<object> }
    const stranger = { plan: 'health', copy: { version: '0.1.0' } }
    page[registry]?.add(stranger)
    ends.push(() => page[registry]?.delete(stranger))
    await tab('Timeline').click()
    await tab('Health').click()
    await shown('2 copies of react-microconversions are on this page')
  })

  test('a call in an effect, which StrictMode runs twice', async () => {
    await open({}, <InAnEffect />)
    await tab('Health').click()
    await shown('plan_chosen counts twice at once, with the same properties')
    await shown(/A call in an effect runs twice under StrictMode/)
  })

  test('one id for two events', async () => {
    const { track } = await open({ beforeSend: (sent) => ({ ...sent, id: 'always-the-same' }) })
    track('menu_opened')
    track('demo_booked')
    await tab('Health').click()
    await shown('menu_opened went to memory twice under one id')
  })

  test('gtag sends the same name', async () => {
    ends.push(() => Reflect.deleteProperty(globalThis, 'dataLayer'))
    gtag('event', 'menu_opened', { place: 'header' })
    await open()
    await tab('Health').click()
    await shown('Something else sends menu_opened by gtag')
  })
})

describe('the user', () => {
  test('what if: where the events of the session would go', async () => {
    const { track } = await open({
      consent: { analytics: 'granted', marketing: 'denied' },
      destinations: [memory({ name: 'ads', consent: 'marketing' })],
    })
    track('menu_opened')
    track('menu_opened')
    await tab('User').click()
    const cells = () =>
      [...(shadow().querySelector('.matrix tbody tr')?.querySelectorAll('td') ?? [])].map(
        ({ textContent }) => textContent,
      )
    await expect
      .poll(cells)
      .toEqual(['memory ×2', 'memory ×2ads ×2', '–nowhere', 'memory ×2', 'ads ×2', 'memory ×2'])
  })

  test('what if is about this session only', async () => {
    const { track, platform } = await open()
    track('menu_opened')
    platform.advance(60_000)
    await tab('User').click()
    const body = () => shadow().querySelectorAll('.matrix tbody tr').length
    await expect.poll(body).toBe(1)
    await page.getByRole('button', { name: 'New session' }).click()
    await shown('Nothing was attempted in this session yet.')
    expect(body()).toBe(0)
  })

  test('a new user, and counts that are forgotten, let the event fire again', async () => {
    const { track, decisions } = await open()
    const last = () => decisions().at(-1)?.outcome
    track('pricing_clicked')
    track('pricing_clicked')
    expect(last()).toBe('dropped')
    await tab('User').click()
    await page.getByRole('button', { name: 'Reset', exact: true }).click()
    await shown('The frequency counters of pricing_clicked are reset.')
    track('pricing_clicked')
    expect(last()).toBe('fired')
    track('pricing_clicked')
    expect(last()).toBe('dropped')
    await page.getByRole('button', { name: 'New user' }).click()
    await shown('A new user has begun.')
    track('pricing_clicked')
    expect(last()).toBe('fired')
  })

  test('ids are shortened, and a user is told by a hash', async () => {
    const { tracker } = await open()
    tracker.identify('ada@example.com')
    await tab('User').click()
    await shown(/^yes, as #[0-9a-f]{8}$/)
    expect(shadow().textContent).not.toContain('ada@')
  })

  test('a tab that was called Consent is still found', async () => {
    const { viewOf } = await import('../../src/devtools/shell/views.tsx')
    expect(viewOf('consent').id).toBe('user')
  })
})

describe('an empty timeline says why', () => {
  const alone = (options: Partial<Parameters<typeof createTestTracker>[1]> = {}, own: AnyPlan = plan) => {
    const { tracker } = createTestTracker(own, options)
    ends.push(tracker.dispose)
    return tracker
  }

  test('no Provider', async () => {
    mount(<MicroconversionDevtools enabled because="it is tested" defaultOpen />)
    await shown('No tracker here')
    await shown(/outside of <MicroconversionProvider>/)
  })

  test('a copy of the library that made the tracker, and another that shows the overlay', async () => {
    const page = globalThis as { [registry]?: Set<object> }
    const stranger = { plan: 'acme', copy: { version: '0.1.0' } }
    page[registry] ??= new Set()
    page[registry].add(stranger)
    ends.push(() => page[registry]?.delete(stranger))
    mount(<MicroconversionDevtools enabled because="it is tested" defaultOpen />)
    await shown('Two copies of react-microconversions are on this page')
    await shown(/0\.1\.0/)
  })

  test('a tracker that was disposed', async () => {
    const tracker = alone()
    tracker.dispose()
    ends.push(mountApp({ tracker, defaultOpen: true }))
    await shown('This tracker was disposed')
  })

  test('nothing counts before the answer', async () => {
    ends.push(mountApp({ tracker: alone({ consent: 'pending', hold: 'none' }), defaultOpen: true }))
    await shown('Nothing counts before the user answers')
  })

  test('a plan without events', async () => {
    const empty = definePlan({ name: 'empty', version: '1', events: {} })
    ends.push(mountApp({ tracker: alone({}, empty), defaultOpen: true }))
    await shown('The plan “empty” has no events')
  })

  test('nothing on the page reports, until something does', async () => {
    ends.push(mountApp({ tracker: alone(), defaultOpen: true }))
    await shown('Nothing on this page reports')
  })

  test('all is well: so many elements can report', async () => {
    await open()
    await shown(/1 element of this page can report/)
    await page.getByRole('button', { name: 'Menu' }).click()
    await expect.element(option(/menu_opened/).first()).toBeVisible()
  })
})
