import { createRoot } from 'react-dom/client'
import { MicroconversionProvider } from 'react-microconversions'
import { MicroconversionDevtools } from 'react-microconversions/devtools/production'
import { createManualPlatform, createTestTracker } from 'react-microconversions/testing'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import {
  alternating,
  decision,
  decisions,
  forgetChoices,
  hosts,
  launcher,
  mountApp,
  option,
  plan,
  recordedTracker,
  rows,
  shadow,
  tab,
  variedDecisions,
} from '../support/overlay.tsx'
import { watchedReads } from '../support/watched-reads.ts'

let unmount = () => {}
let dispose = () => {}
const errors = vi.spyOn(console, 'error')

beforeEach(async () => {
  localStorage.clear()
  errors.mockClear()
  await page.viewport(1280, 800)
})

afterEach(async () => {
  unmount()
  unmount = () => {}
  dispose()
  forgetChoices()
  await vi.waitFor(() => expect(hosts()).toHaveLength(0))
  // The plan test tracks a name that is not in the plan.
  expect(errors.mock.calls.filter(([message]) => !String(message).startsWith('[RMC101]'))).toEqual([])
})

function tracked(consent: 'granted' | 'pending' = 'granted') {
  const platform = createManualPlatform({ now: Date.now() })
  const tracking = createTestTracker(plan, { consent, platform })
  dispose = tracking.tracker.dispose
  return tracking
}
const focused = () => shadow().activeElement
const frames = (count = 2) =>
  new Promise<void>((done) => (count ? requestAnimationFrame(() => frames(count - 1).then(done)) : done()))

/** The next task: React has drawn what it was told to draw. */
const task = () =>
  new Promise<void>((done) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => done()
    port2.postMessage(undefined)
  })

async function open(tracker: Parameters<typeof mountApp>[0]['tracker']) {
  unmount = mountApp({ tracker })
  await launcher().click()
  // Away from the list, which holds still under the pointer.
  await userEvent.hover(tab('Timeline'))
}

describe('opening and closing', () => {
  test('by keyboard; the focus goes in, and comes back to the button', async () => {
    unmount = mountApp({ tracker: tracked().tracker })
    await expect.element(launcher()).toBeVisible()
    expect(shadow().querySelector('[role=tablist]')).toBeNull()
    await page.getByLabelText('App field').click()
    await userEvent.tab()
    await userEvent.keyboard('{Enter}')
    const region = page.getByRole('region', { name: 'Microconversions' })
    await expect.element(tab('Timeline')).toHaveAttribute('aria-selected', 'true')
    expect(focused()).toBe(region.element())
    await userEvent.keyboard('{Escape}')
    await expect.element(launcher()).toBeVisible()
    expect(focused()).toBe(launcher().element())
  })

  test('`defaultOpen` leaves the focus to the app', async () => {
    unmount = mountApp({ tracker: tracked().tracker, defaultOpen: true })
    await expect.element(page.getByText('Nothing on this page reports')).toBeVisible()
    expect(document.activeElement).toBe(document.body)
  })

  test('the button counts, and says so in words', async () => {
    const { tracker } = tracked()
    tracker.track('pricing_clicked', { tier: 'pro' })
    tracker.track('pricing_clicked', { tier: 'pro' })
    unmount = mountApp({ tracker })
    await expect.element(launcher()).toHaveTextContent('Open microconversions: 1 fired1 dropped')
    tracker.track('demo_booked')
    await expect.element(launcher()).toHaveTextContent('2 fired')
  })

  test('takes the tracker of the provider', async () => {
    const { tracker } = tracked()
    const root = createRoot(document.body.appendChild(document.createElement('div')))
    root.render(
      <MicroconversionProvider tracker={tracker}>
        <MicroconversionDevtools enabled because="it is under test" position="top-left" />
      </MicroconversionProvider>,
    )
    unmount = () => root.unmount()
    tracker.track('demo_booked')
    await launcher().click()
    await expect.element(option('demo_booked')).toBeVisible()
  })
})

describe('the timeline', () => {
  test('has each attempt, newest first, with outcome, reason, component and properties', async () => {
    const { tracker } = tracked()
    await open(tracker)
    tracker.track('pricing_clicked', { tier: 'pro' })
    tracker.track('pricing_clicked', { tier: 'team' })
    tracker.track('chat_opened')
    await expect.poll(() => rows().length).toBe(3)
    const texts = rows().map((row) => row.textContent)
    expect(texts[0]).toMatch(
      /^chat_opened +\d\d:\d\d:\d\d\.\d\d\d Dropped still a draft in the plan +track call \S+ \+0 ms$/,
    )
    expect(texts[1]).toMatch(
      /^pricing_clicked +tier: "team".* Dropped once per session +track call \S+ \+0 ms$/,
    )
    expect(texts[2]).toMatch(/^pricing_clicked +tier: "pro".* Fired.* track call \S+ $/)
    expect(
      rows()
        .map((row) => row.querySelector('svg')?.innerHTML)
        .filter((shape, index, all) => all.indexOf(shape) === index),
    ).toHaveLength(2)
  })

  test('filters by text and outcome', async () => {
    await open(recordedTracker(variedDecisions()).tracker)
    const field = page.getByRole('searchbox', { name: 'Filter attempts' })
    const numbers = () => rows().map((row) => row.id.split('-').at(-1))
    await expect.poll(numbers).toEqual(['7', '6', '5', '4', '3', '2', '1'])
    await field.fill('pricing ONCE')
    await expect.poll(numbers).toEqual(['3'])
    await field.fill('audit')
    await expect.element(page.getByText('No attempt matches')).toBeVisible()
    await page.getByRole('button', { name: 'Show all 7' }).click()
    await page.getByRole('button', { name: /^Dropped/ }).click()
    await expect.poll(numbers).toEqual(['4', '3'])
    await page.getByRole('button', { name: /^Held/ }).click()
    await expect.poll(numbers).toEqual(['4', '3', '2'])
    await expect.element(page.getByText('3 of 7 attempts')).toBeVisible()
    await field.fill('zzz')
    await userEvent.keyboard('{Escape}')
    await expect.element(field).toHaveValue('')
    await expect.poll(numbers).toEqual(['4', '3', '2'])
  })

  test('opens the detail: sentence, rule, key, when it opens again, consent, origin', async () => {
    const { tracker, platform } = tracked()
    await platform.settle()
    tracker.track('tour_watched', { mark: '50%' })
    platform.advance(2000)
    tracker.track('tour_watched', { mark: '50%' })
    await open(tracker)
    await option(/Dropped/).click()
    const detail = page.getByRole('article', { name: 'tour_watched' })
    await expect
      .element(detail)
      .toHaveTextContent(
        /Not counted again: once in 10 min for each key \(here: 50%\)\. First seen .*; opens again in 9 min 5\d s\./,
      )
    await expect.element(detail).toHaveTextContent('mark: "50%"')
    await expect
      .element(detail)
      .toHaveTextContent('Ruleonce in 10 min for each keyKey50%Counted before1 of 1')
    await expect
      .element(detail)
      .toHaveTextContent(/At this attemptclosed; opens again in .* \(\d\d:\d\d:\d\d\.\d{3}\)/)
    await expect.element(detail).toHaveTextContent('analyticsGranted')
    await expect.element(detail).toHaveTextContent('ComponenttrackFactcall')
  })

  test('the detail has deliveries, issues, the first answer, and copies as JSON', async () => {
    const copy = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
    await open(recordedTracker(variedDecisions()).tracker)
    await option(/properties do not fit/).click()
    const detail = page.getByRole('article')
    await expect
      .element(detail)
      .toHaveTextContent('http rejected, the event is lost there · attempt 3HTTP 400')
    await expect.element(detail).toHaveTextContent('index: expected a number')
    await page.getByRole('button', { name: 'JSON', exact: true }).click()
    await expect.element(page.getByRole('button', { name: 'Copied' })).toBeVisible()
    expect(JSON.parse(copy.mock.calls[0]?.[0] ?? '')).toMatchObject({ number: 5, properties: { index: 5 } })
    await option(/was held/).click()
    await expect.element(detail).toHaveTextContent('The first decision was: held, waits for consent.')
    await expect.element(detail).toHaveTextContent('Not kept: the overlay was not watching')
    copy.mockRestore()
  })

  test('the detail says which facts an event leaves out', async () => {
    await open(
      recordedTracker([decision(1, { properties: {}, leftOut: ['error_code', 'form_name'] })]).tracker,
    )
    await option(/link_followed/).click()
    await expect.element(page.getByRole('article')).toHaveTextContent(/Left out, .*: error_code, form_name/)
  })

  test('an attempt that is amended changes where it stands', async () => {
    const { tracker } = tracked('pending')
    await open(tracker)
    tracker.track('demo_booked')
    await expect.element(option(/Held/)).toHaveTextContent('waits for consent')
    tracker.consent.update('granted')
    await expect.element(option(/Fired/)).toHaveTextContent('was held')
    expect(rows()).toHaveLength(1)
  })

  test('is walked with the keyboard, and Escape closes one thing at a time', async () => {
    await open(recordedTracker(variedDecisions()).tracker)
    const list = page.getByRole('listbox').element() as HTMLElement
    const active = () =>
      shadow()
        .getElementById(list.getAttribute('aria-activedescendant') ?? '')
        ?.id.split('-')
        .at(-1)
    list.focus()
    await userEvent.keyboard('{ArrowDown}{ArrowDown}')
    expect(active()).toBe('6')
    await userEvent.keyboard('{End}')
    expect(active()).toBe('1')
    await userEvent.keyboard('{Home}')
    expect(active()).toBe('7')
    expect(shadow().querySelector('article')).toBeNull()
    await userEvent.keyboard('{Enter}')
    await expect.element(page.getByRole('article', { name: 'link_followed' })).toBeVisible()
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}')
    await expect.element(page.getByRole('article', { name: 'demo_bookd' })).toBeVisible()
    await userEvent.tab()
    expect(focused()).toBe(shadow().querySelector('article'))
    await userEvent.keyboard('{Escape}')
    await vi.waitFor(() => expect(focused()).toBe(list))
    expect(shadow().querySelector('article')).toBeNull()
    await userEvent.keyboard('{Escape}')
    await expect.element(launcher()).toBeVisible()
  })

  test('without room, the detail takes the place of the list, and the focus follows', async () => {
    await page.viewport(320, 640)
    await open(recordedTracker(variedDecisions()).tracker)
    ;(page.getByRole('listbox').element() as HTMLElement).focus()
    await userEvent.keyboard('{ArrowDown}{Enter}')
    await vi.waitFor(() => expect(focused()?.localName).toBe('article'))
    expect(rows()).toHaveLength(0)
    await page.getByRole('button', { name: 'Close the detail' }).click()
    await vi.waitFor(() => expect(focused()?.role).toBe('listbox'))
  })

  test('clears', async () => {
    const { tracker } = tracked()
    tracker.track('demo_booked')
    await open(tracker)
    await option('demo_booked').click()
    await page.getByRole('button', { name: 'Clear' }).click()
    await expect.element(page.getByText('Nothing yet')).toBeVisible()
    expect(tracker.record.get().decisions).toEqual([])
    await expect.element(page.getByText('1 earlier no longer kept')).toBeVisible()
  })
})

describe('a lot of attempts', () => {
  test('10,000 of them are at most 60 rows in the document', async () => {
    await open(recordedTracker(decisions(10_000)).tracker)
    await expect.poll(() => rows().length).toBeGreaterThan(5)
    const list = page.getByRole('listbox').element() as HTMLElement
    expect(rows()[0]?.textContent).toContain('index: 10000')
    expect(rows()[0]?.getAttribute('aria-setsize')).toBe('10000')
    for (const share of [0.1, 0.5, 0.99, 1]) {
      list.scrollTop = list.scrollHeight * share
      await frames(4)
      expect(rows().length).toBeLessThanOrEqual(60)
      const inView = rows().some((row) => {
        const { top, bottom } = row.getBoundingClientRect()
        const box = list.getBoundingClientRect()
        return top >= box.top - 44 && bottom <= box.bottom + 44
      })
      expect(inView).toBe(true)
    }
    list.focus()
    await userEvent.keyboard('{Home}{End}')
    await expect.poll(() => rows().at(-1)?.textContent).toContain('index: 1')
    list.scrollTop = 0
    await expect.poll(() => rows()[0]?.textContent).toContain('index: 10000')
    const active = list.getAttribute('aria-activedescendant') ?? ''
    expect(shadow().getElementById(active)?.textContent).toContain('index: 1')
    expect(rows().length).toBeLessThanOrEqual(60)
  })

  test('a burst is drawn once per frame', async () => {
    const { tracker, add } = recordedTracker(decisions(5))
    await open(tracker)
    await expect.poll(() => rows().length).toBe(5)
    await frames()
    let drawn = 0
    const observer = new MutationObserver(() => drawn++)
    observer.observe(shadow(), { childList: true, subtree: true, characterData: true })
    let framesPassed = 0
    const count = () => {
      framesPassed++
      frame = requestAnimationFrame(count)
    }
    let frame = requestAnimationFrame(count)
    for (let number = 6; number <= 300; number++) {
      add(alternating(number))
      await task()
    }
    await expect.poll(() => rows()[0]?.textContent).toContain('index: 300')
    cancelAnimationFrame(frame)
    observer.disconnect()
    // The rows, and once more when the virtual list has measured itself.
    expect(drawn).toBeLessThanOrEqual(2 * framesPassed + 2)
  })

  test('more than 10,000 are a ring: the foot says how many are no longer kept', async () => {
    const { tracker } = tracked()
    await open(tracker)
    for (let index = 1; index <= 10_007; index++) tracker.track('link_followed', { index })
    await expect.element(page.getByText('10,000 attempts', { exact: true })).toBeVisible()
    await expect.element(page.getByText('7 earlier no longer kept')).toBeVisible()
    expect(rows().length).toBeLessThanOrEqual(60)
  })

  test('closed, no attempt is looked at and nothing but the button drawn; hidden, nothing at all', async () => {
    const { watched, reads } = watchedReads()
    const { tracker, add } = recordedTracker([])
    const get = vi.spyOn(tracker.record, 'get')
    unmount = mountApp({ tracker })
    await expect.element(launcher()).toBeVisible()
    const drawn: Node[] = []
    const observer = new MutationObserver((changes) => drawn.push(...changes.map(({ target }) => target)))
    const everything = { attributes: true, childList: true, subtree: true, characterData: true }
    observer.observe(shadow(), everything)
    add(...[1, 2, 3].map((number) => watched(decision(number))))
    const before = reads()
    await expect.element(launcher()).toHaveTextContent('3 fired')
    expect(reads()).toBe(before)
    const button = launcher().element()
    expect(drawn.length).toBeGreaterThan(0)
    expect(drawn.filter((node) => !button.contains(node))).toEqual([])

    localStorage.setItem('rmc-devtools', JSON.stringify({ hidden: true }))
    unmount()
    await vi.waitFor(() => expect(hosts()).toHaveLength(0))
    vi.spyOn(console, 'info').mockReturnValue()
    unmount = mountApp({ tracker })
    await expect.poll(hosts).toHaveLength(1)
    await frames()
    observer.observe(shadow(), everything)
    drawn.length = 0
    get.mockClear()
    add(watched(decision(4)))
    await new Promise((done) => setTimeout(done, 700))
    expect(drawn).toEqual([])
    expect(get).not.toHaveBeenCalled()
    observer.disconnect()
  })

  test('a closed overlay draws its button at most twice a second', async () => {
    const { tracker, add } = recordedTracker([])
    unmount = mountApp({ tracker })
    await expect.element(launcher()).toBeVisible()
    let changes = 0
    const observer = new MutationObserver(() => changes++)
    observer.observe(shadow(), { childList: true, subtree: true, characterData: true })
    const sinceMs = performance.now()
    for (let number = 1; number <= 40; number++) {
      add(decision(number))
      await frames(1)
    }
    await expect.element(launcher()).toHaveTextContent('40 fired')
    // A busy machine takes seconds for forty frames.
    const seconds = Math.ceil((performance.now() - sinceMs) / 1_000)
    expect(changes).toBeLessThanOrEqual(2 * seconds + 2)
    expect(rows()).toHaveLength(0)
    observer.disconnect()
  })

  test('new rows do not move what somebody is reading', async () => {
    const { tracker, add } = recordedTracker(decisions(200))
    await open(tracker)
    await expect.poll(() => rows().length).toBeGreaterThan(5)
    const list = page.getByRole('listbox').element() as HTMLElement
    list.scrollTop = 2010
    await Promise.all(
      shadow()
        .getAnimations()
        .map(({ finished }) => finished),
    )
    await frames(3)
    const find = () =>
      rows()
        .find((row) => row.textContent?.includes('index: 150'))
        ?.getBoundingClientRect().top
    const before = find()
    expect(before).toBeDefined()
    add(...[201, 202, 203].map(alternating))
    await expect.element(page.getByRole('button', { name: '3 new' })).toBeVisible()
    expect(list.scrollTop).toBe(2010)
    expect(find()).toBeCloseTo(before ?? 0, 0)
    list.scrollTop = 0
    await expect.poll(() => rows()[0]?.textContent).toContain('index: 203')
    add(alternating(204))
    await expect.poll(() => rows()[0]?.textContent).toContain('index: 204')
    expect(list.scrollTop).toBe(0)
  })

  test('a screen reader hears a summary, not each of them', async () => {
    const { tracker, add } = recordedTracker(decisions(2))
    await open(tracker)
    const status = page.getByRole('status').element()
    add(decision(3), decision(4), decision(5, { outcome: 'dropped', reason: 'draft' }))
    const heard: string[] = []
    const observer = new MutationObserver(() => heard.push(status.textContent ?? ''))
    observer.observe(status, { childList: true, characterData: true, subtree: true })
    await expect.poll(() => heard).toEqual(['3 new attempts: 2 fired, 1 dropped.'])
    observer.disconnect()
  })
})

describe('the plan', () => {
  test('says what has fired, what never did, and what it does not know', async () => {
    const { tracker } = tracked()
    tracker.track('pricing_clicked', { tier: 'pro' })
    tracker.track('pricing_clicked', { tier: 'pro' })
    ;(tracker.track as (event: string) => void)('pricing_clickd')
    tracker.track('chat_opened')
    await open(tracker)
    await tab('Plan').click()
    await expect.element(page.getByText('1 of 4 planned events')).toBeVisible()
    const item = (name: string) =>
      page.getByRole('listitem').filter({ has: page.getByRole('button', { name, exact: true }) })
    await expect
      .element(item('pricing_clicked'))
      .toHaveTextContent('consideration · towards demo_booked · owner growth · once per session')
    await expect.element(item('pricing_clicked')).toHaveTextContent('1 fired1 dropped')
    await expect
      .element(item('chat_opened'))
      .toHaveTextContent('draftNever firedWhy not? chat_opened1 dropped')
    await expect.element(page.getByText('Seen, but not in the plan')).toBeVisible()
    await page.getByRole('checkbox', { name: 'Only gaps' }).click()
    await expect.poll(() => shadow().querySelectorAll('.events:first-of-type > li').length).toBe(3)
    await page.getByRole('button', { name: 'pricing_clickd', exact: true }).click()
    await expect.element(option(/not in the plan/)).toBeVisible()
    expect(rows()).toHaveLength(1)
    expect(focused()).toBe(tab('Timeline').element())
  })
})

describe('consent', () => {
  test('is switched for the tracker, and what was held leaves', async () => {
    const { tracker, destination, platform } = tracked('pending')
    tracker.track('demo_booked')
    await open(tracker)
    await tab('User').click()
    const analytics = page.getByRole('group', { name: 'analytics' })
    await expect.element(analytics.getByRole('radio', { name: 'Pending' })).toBeChecked()
    await analytics.getByRole('radio', { name: 'Granted' }).click()
    expect(tracker.consent.get()).toMatchObject({ analytics: 'granted' })
    await platform.settle()
    await tracker.flush()
    expect(destination.events.map(({ name }) => name)).toEqual(['demo_booked'])
    await expect.element(page.getByText('kept in the storage of this browser')).toBeVisible()
    await userEvent.keyboard('{ArrowRight}')
    expect(tracker.consent.get()).toMatchObject({ analytics: 'denied' })
    await expect.element(analytics.getByRole('radio', { name: 'Denied' })).toBeChecked()
  })
})

describe('Global Privacy Control', () => {
  test('keeps marketing denied, unless the tester overrides it', async () => {
    Object.defineProperty(navigator, 'globalPrivacyControl', { value: true, configurable: true })
    const platform = createManualPlatform({ globalPrivacyControl: true })
    const { tracker } = createTestTracker(plan, {
      consent: 'pending',
      platform,
      destinations: [{ name: 'ads', consent: 'marketing', send: () => {} }],
    })
    dispose = tracker.dispose
    await open(tracker)
    await tab('User').click()
    await expect.element(page.getByText('on: this browser denies marketing')).toBeVisible()
    const marketing = page.getByRole('group', { name: 'marketing' })
    await marketing.getByRole('radio', { name: 'Granted' }).click()
    await expect.element(marketing.getByRole('radio', { name: 'Denied' })).toBeChecked()
    await page.getByRole('checkbox', { name: /override Global Privacy Control/ }).click()
    await marketing.getByRole('radio', { name: 'Granted' }).click()
    expect(tracker.consent.get()['marketing']).toBe('granted')
    Reflect.deleteProperty(navigator, 'globalPrivacyControl')
  })
})

describe('a good guest', () => {
  test('StrictMode gives one host; unmounting removes it and ends the watch', async () => {
    const { tracker, watchers } = recordedTracker([])
    unmount = mountApp({ tracker })
    await expect.element(launcher()).toBeVisible()
    await frames(5)
    expect(hosts()).toHaveLength(1)
    expect(hosts()[0]?.hasAttribute('data-rmc-devtools')).toBe(true)
    expect(watchers()).toBe(1)
    unmount()
    expect(hosts()).toHaveLength(0)
    expect(watchers()).toBe(0)
  })

  test('an overlay that is gone before it has loaded never comes', async () => {
    unmount = mountApp({ tracker: recordedTracker([]).tracker })
    await frames()
    unmount()
    await new Promise((done) => setTimeout(done, 300))
    expect(hosts()).toHaveLength(0)
  })

  test('no event of the overlay reaches the document', async () => {
    const never = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'focusin', 'focusout', 'focus', 'blur']
    const bubbling = ['click', 'keydown', 'keyup', 'beforeinput', 'input', 'change', 'submit']
    const leaked: string[] = []
    const controller = new AbortController()
    const { signal } = controller
    await open(recordedTracker(variedDecisions()).tracker)
    await expect.poll(() => rows().length).toBe(7)
    for (const type of never)
      document.addEventListener(type, () => leaked.push(`capture ${type}`), { capture: true, signal })
    for (const type of [...never, ...bubbling])
      document.addEventListener(type, () => leaked.push(type), { signal })
    await page.getByRole('searchbox').click()
    await userEvent.keyboard('link{Backspace}')
    await page.getByRole('button', { name: /^Fired/ }).click()
    await rows()[0]?.click()
    await userEvent.keyboard('{ArrowDown}{Enter}')
    await tab('Plan').click()
    await page.getByRole('checkbox').click()
    await userEvent.keyboard('{Escape}')
    await expect.element(launcher()).toBeVisible()
    expect(leaked).toEqual([])

    await page.getByLabelText('App field').click()
    await userEvent.keyboard('a')
    expect(leaked).toEqual(
      expect.arrayContaining(['capture pointerdown', 'capture mouseup', 'click', 'keydown', 'input']),
    )
    controller.abort()
  })

  test('the Escape of the app stays its own, and a drag may end over the overlay', async () => {
    const heard: string[] = []
    const controller = new AbortController()
    const { signal } = controller
    document.addEventListener('keydown', ({ key }) => heard.push(key), { signal })
    document.addEventListener('pointerup', () => heard.push('up'), { signal })
    unmount = mountApp({ tracker: recordedTracker([]).tracker, defaultOpen: true })
    await expect.element(tab('Timeline')).toBeVisible()
    await page.getByLabelText('App field').click()
    heard.length = 0
    await userEvent.keyboard('{Escape}')
    expect(heard).toEqual(['Escape'])
    await expect.element(tab('Timeline')).toBeVisible()

    tab('Timeline')
      .element()
      .dispatchEvent(new PointerEvent('pointerup', { bubbles: true, composed: true }))
    expect(heard).toEqual(['Escape', 'up'])

    await page.getByRole('button', { name: 'Close' }).click()
    heard.length = 0
    expect(focused()).toBe(launcher().element())
    await userEvent.keyboard('{Escape}')
    expect(heard).toEqual(['Escape'])
    controller.abort()
  })

  test('adopts its sheets and writes no markup', async () => {
    const written: string[] = []
    const watch = (owner: object, name: 'innerHTML' | 'outerHTML') => {
      const original = Object.getOwnPropertyDescriptor(owner, name) as PropertyDescriptor
      Object.defineProperty(owner, name, { ...original, set: (html: string) => written.push(html) })
      return () => Object.defineProperty(owner, name, original)
    }
    const restore = [
      watch(Element.prototype, 'innerHTML'),
      watch(Element.prototype, 'outerHTML'),
      watch(ShadowRoot.prototype, 'innerHTML'),
    ]
    await open(recordedTracker(variedDecisions()).tracker)
    await option(/once per session/).click()
    await tab('Plan').click()
    await tab('User').click()
    for (const undo of restore) undo()
    expect(written).toEqual([])
    expect(shadow().querySelectorAll('style, link, script')).toHaveLength(0)
    expect(shadow().adoptedStyleSheets.length).toBeGreaterThan(0)
    // The room for the docked panel.
    expect(document.adoptedStyleSheets).toHaveLength(1)
  })

  test('holds against the style of the app', async () => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync('body > * { display: none; position: static; opacity: 0; color: red; font-size: 40px }')
    unmount = mountApp({ tracker: recordedTracker([]).tracker })
    await expect.element(launcher()).toBeVisible()
    document.adoptedStyleSheets = [sheet]
    const { opacity, position, display } = getComputedStyle(hosts()[0] as Element)
    const { fontSize } = getComputedStyle(launcher().element())
    document.adoptedStyleSheets = []
    expect({ opacity, position, display, fontSize }).toEqual({
      opacity: '1',
      position: 'fixed',
      display: 'block',
      fontSize: '12px',
    })
  })
})
