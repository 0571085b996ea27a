import { createManualPlatform, createTestTracker } from 'react-microconversions/testing'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import {
  decision,
  forgetChoices,
  hosts,
  mountApp,
  option,
  plan,
  recordedTracker,
  rows,
  shadow,
  tab,
  variedDecisions,
} from '../support/overlay.tsx'

let unmount = () => {}

beforeEach(async () => {
  await page.viewport(1280, 800)
})

afterEach(async () => {
  await close()
  forgetChoices()
  history.replaceState(null, '', location.pathname + location.search)
})

async function close() {
  unmount()
  unmount = () => {}
  await vi.waitFor(() => expect(hosts()).toHaveLength(0))
}

const begun = JSON.stringify({ layout: 'floating' })

async function open(tracker: Parameters<typeof mountApp>[0]['tracker']) {
  // With room for all rows of a test.
  localStorage.setItem('rmc-devtools', begun)
  // Open from the start: what somebody opens by hand is remembered.
  unmount = mountApp({ tracker, defaultOpen: true })
  await expect.element(tab('Timeline')).toBeVisible()
  // Away from the list, which holds still under the pointer.
  await userEvent.hover(tab('Timeline'))
}

const field = () => page.getByRole('searchbox', { name: 'Filter attempts' })
const button = (name: string | RegExp) => page.getByRole('button', { name })
const numbers = () => rows().map((row) => Number(/-(-?\d+)$/.exec(row.id)?.[1]))
const list = () => page.getByRole('listbox').element() as HTMLElement
const check = (name: string | RegExp) => page.getByRole('checkbox', { name })
/** What is stored, besides the layout that these tests begin with. */
const stored = () =>
  [...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter(
    (key) => localStorage.getItem(key) !== begun,
  )

/** An attempt that differs from others in nothing but number and time. */
const equal = (number: number) => decision(number, { properties: { tier: 'pro' } })

/** Six attempts: 1-3 equal, 4 dropped, 5-6 equal to the first. */
const repeated = () => [
  ...[1, 2, 3].map(equal),
  decision(4, { event: 'chat_opened', outcome: 'dropped', reason: 'draft', deliveries: {} }),
  ...[5, 6].map(equal),
]

describe('a row', () => {
  test('has the time since the row below, the page, the fact, and how each delivery stands in words', async () => {
    const time = Date.now()
    const deliveries = {
      http: { state: 'sent', attempts: 1 },
      ga4: { state: 'rejected', attempts: 2 },
    } as const
    const later = decision(2, { event: 'demo_booked', time: time + 1500, deliveries })
    await open(recordedTracker([decision(1, { time }), later]).tracker)
    await expect.poll(() => rows().length).toBe(2)
    expect(rows()[0]?.querySelector('.delta')?.textContent).toBe('+1 s')
    expect(rows()[1]?.querySelector('.delta')?.textContent).toBe('')
    expect(rows()[0]?.textContent).toMatch(/PricingLink click \/pricing/)
    await expect.element(option(/ga4: rejected, the event is lost there; http: delivered/)).toBeVisible()
    const shapes = [...(rows()[0]?.querySelectorAll('.destination-badge svg') ?? [])].map(
      ({ innerHTML }) => innerHTML,
    )
    expect(new Set(shapes).size).toBe(2)
    const badges = [...(rows()[0]?.querySelectorAll('.destination-badge') ?? [])]
    expect(badges.map(({ textContent }) => textContent)).toEqual(['ga4 lost', 'http'])
  })

  test.each([1280, 768, 390])(
    'has whole badges, and an ellipsis for those that do not fit, at %d px',
    async (width) => {
      const deliveries = {
        'warehouse-of-the-data-platform-team': { state: 'rejected', attempts: 1 },
        memory: { state: 'sent', attempts: 1 },
        'advertising-network-of-a-partner': { state: 'denied', attempts: 0 },
        'customer-data-platform': { state: 'unknown', attempts: 1 },
      } as const
      await page.viewport(width, 800)
      await open(recordedTracker([decision(1, { deliveries })]).tracker)
      await expect.poll(() => rows().length).toBe(1)
      const first = rows()[0]?.querySelector('.destination-badge')
      expect(first?.textContent).toBe('warehouse-of-the-data-platform-team lost')
      const badges = first?.parentElement as Element
      expect(first?.getBoundingClientRect().right).toBeLessThanOrEqual(badges.getBoundingClientRect().right)
      const state = first?.querySelector('.became') as Element
      expect(state.getBoundingClientRect().right).toBeLessThan(first?.getBoundingClientRect().right ?? 0)
      expect(state.scrollWidth).toBe(state.clientWidth)
      // Boxes in a line: where one does not fit, browsers draw the ellipsis instead of it.
      expect([getComputedStyle(badges).display, getComputedStyle(badges).textOverflow]).toEqual([
        'block',
        'ellipsis',
      ])
      expect(getComputedStyle(first as Element).display).toBe('inline-flex')
    },
  )

  test('has a word and a shape for each verdict, not only a colour', async () => {
    await open(recordedTracker(variedDecisions()).tracker)
    await expect.poll(() => rows().length).toBe(7)
    const shapes = new Map(
      rows().map((row) => [
        `${row.querySelector('.verdict')?.textContent}: ${row.getAttribute('data-verdict')}`,
        row.querySelector('.verdict-icon')?.innerHTML,
      ]),
    )
    expect([...shapes.keys()].sort()).toEqual([
      'Dropped by mistake: mistake',
      'Dropped: dropped',
      'Fired, not delivered: undelivered',
      'Fired: fired',
      'Held: held',
      'Shadow: shadowed',
    ])
    expect(new Set(shapes.values()).size).toBe(shapes.size)
  })

  test('says how it stands to the plan', async () => {
    await open(recordedTracker(variedDecisions()).tracker)
    await expect.poll(() => rows().length).toBe(7)
    const marks = rows().map((row) => row.querySelector('[data-plan]')?.getAttribute('data-plan'))
    expect(marks).toEqual([undefined, undefined, 'invalid', 'unplanned', undefined, undefined, undefined])
    await expect.element(option(/demo_bookd.*unplanned/)).toBeVisible()
  })

  test('shows the columns that were chosen, also after a reload', async () => {
    await open(recordedTracker(variedDecisions()).tracker)
    await expect.element(option(/unplanned/)).toBeVisible()
    await button('View').click()
    for (const name of ['Plan', 'Properties', 'Component']) await check(name).click()
    await expect.poll(() => rows()[0]?.textContent).not.toContain('PricingLink')
    expect(rows()[3]?.textContent).not.toMatch(/unplanned|index/)
    await close()
    await open(recordedTracker(variedDecisions()).tracker)
    await expect.poll(() => rows().length).toBe(7)
    expect(rows()[3]?.textContent).not.toMatch(/unplanned|index|PricingLink/)
  })

  test('stands for its equal neighbours, and opens to each of them', async () => {
    const { tracker, add } = recordedTracker(repeated())
    await open(tracker)
    await expect.poll(numbers).toEqual([5, 4, 1])
    expect(rows()[0]?.textContent).toContain('×2')
    add(equal(7))
    await expect.poll(() => rows()[0]?.textContent).toContain('×3')
    expect(numbers()).toEqual([5, 4, 1])

    list().focus()
    await userEvent.keyboard('{End}{ArrowRight}')
    await expect.poll(numbers).toEqual([5, 4, 3, 2, 1])
    await userEvent.keyboard('{End}{ArrowLeft}')
    await expect.poll(numbers).toEqual([5, 4, 1])
    rows()[2]?.querySelector<HTMLElement>('.repeats')?.click()
    await expect.poll(numbers).toEqual([5, 4, 3, 2, 1])
    rows()[3]?.click()
    await button('Group 3').click()
    await expect.poll(numbers).toEqual([5, 4, 1])
    await button('Ungroup 3').click()
    await expect.poll(numbers).toEqual([5, 4, 3, 2, 1])
    await button('View').click()
    await check('Group equal neighbours').click()
    await expect.poll(numbers).toEqual([7, 6, 5, 4, 3, 2, 1])
  })
})

describe('the list', () => {
  test('shows only problems after one click, in a narrow panel too', async () => {
    await open(recordedTracker(variedDecisions()).tracker)
    await button('Problems 2').click()
    await expect.poll(numbers).toEqual([5, 4])
    await page.viewport(390, 740)
    await button('Problems 2').click()
    await expect.poll(numbers).toHaveLength(7)
  })

  test('is sorted by a column, and by time in both directions', async () => {
    await open(recordedTracker(variedDecisions()).tracker)
    await button('Outcome').click()
    await expect.poll(() => numbers().slice(0, 2)).toEqual([4, 5])
    await button(/^Time/).click()
    await expect.poll(numbers).toEqual([7, 6, 5, 4, 3, 2, 1])
    await button(/^Time/).click()
    await expect.poll(numbers).toEqual([1, 2, 3, 4, 5, 6, 7])
    list().focus()
    await userEvent.keyboard('{Home}{Enter}')
    await expect.poll(() => rows()[0]?.getAttribute('aria-selected')).toBe('true')
  })

  test('never groups attempts of two pages', async () => {
    const on = (number: number, path: string) =>
      decision(number, { properties: {}, page: { ...decision(number).page, path } })
    await open(recordedTracker([on(1, '/'), on(2, '/demo'), on(3, '/demo')]).tracker)
    await expect.poll(numbers).toEqual([2, 1])
  })

  test('two attempts are compared value by value', async () => {
    await open(recordedTracker([decision(1), decision(2)]).tracker)
    await option(/index: 2/).click()
    await button('Compare with attempt 1').click()
    await expect.element(page.getByRole('row', { name: 'properties.index 2 1' })).toBeVisible()
  })
})

describe('the filter', () => {
  test.each([
    ['event:pricing', [3]],
    ['event:"pricing"', []],
    ['-event:link', [4, 3]],
    ['reason:frequency,unknown', [4, 3]],
    ['/^demo_/', [4]],
    ['/PRICING_clicked/i', [3]],
    ['/PRICING_clicked/', []],
    ['component:/form$/i', [3]],
    ['to:http=rejected', [5]],
    ['to:=held', [2]],
    ['page:"/pricing"', [7, 6, 5, 4, 3, 2, 1]],
    ['page:"/"', []],
    ['plan:unplanned', [4]],
    ['plan:invalid', [5]],
    ['consent:marketing=pending', [7, 6, 5, 4, 3, 2, 1]],
    ['consent:marketing=denied', []],
    ['is:dropped,held -demo_', [3, 2]],
    ['fact:start', [3]],
    ['/pricing', [7, 6, 5, 4, 3, 2, 1]],
    ['event:', [7, 6, 5, 4, 3, 2, 1]],
  ])('%s', async (text, found) => {
    await open(recordedTracker(variedDecisions()).tracker)
    await expect.poll(numbers).toHaveLength(7)
    await field().fill(text)
    await expect.poll(numbers).toEqual(found)
  })

  test('a wrong regular expression says so, and filters nothing', async () => {
    await open(recordedTracker(variedDecisions()).tracker)
    await field().fill('is:dropped /(/')
    await expect.element(page.getByRole('alert')).toHaveTextContent(/This regular expression cannot be used/)
    await expect.element(field()).toHaveAttribute('aria-invalid', 'true')
    expect(numbers()).toEqual([4, 3])
    await field().fill('/(/')
    await expect.poll(numbers).toHaveLength(7)
  })

  test('is chosen from what occurred, and is the text', async () => {
    await open(recordedTracker(variedDecisions()).tracker)
    await button(/^Filters/).click()
    await page.getByLabelText('Destination').selectOptions('http=rejected')
    await expect.element(field()).toHaveValue('to:"http=rejected"')
    await expect.poll(numbers).toEqual([5])
    await page.getByLabelText('Destination').selectOptions('http')
    await page.getByLabelText('Reason').selectOptions('consent-pending')
    await expect.element(field()).toHaveValue('to:"http" reason:"consent-pending"')
    await expect.poll(numbers).toEqual([2])
    await expect.element(button('Filters (2)')).toBeVisible()
    await page.getByLabelText('Reason').selectOptions('Any')
    await page.getByLabelText('Destination').selectOptions('Any')
    await expect.element(field()).toHaveValue('')
    ;(field().element() as HTMLElement).focus()
    await userEvent.keyboard('{Escape}')
    await expect.element(page.getByLabelText('Reason')).not.toBeInTheDocument()
    await expect.element(tab('Timeline')).toBeVisible()
  })

  test('“Hide similar” says what it hides, and hides it by pointer and by key', async () => {
    await open(recordedTracker(variedDecisions()).tracker)
    await option(/once per session/).click()
    await expect
      .element(page.getByText(/^Similar: .*, dropped \(frequency rule\), from TrackedForm\.$/))
      .toBeVisible()
    await button('Hide similar (1)').click()
    await expect.poll(numbers).toEqual([7, 6, 5, 4, 2, 1])
    list().focus()
    await userEvent.keyboard('{Home}{Delete}')
    // The others of its kind too, wherever they stand.
    await expect.poll(numbers).toEqual([6, 4, 2])
    await field().fill('')
    await expect.poll(numbers).toHaveLength(7)
  })

  test('is remembered at this origin, and nothing is stored without a choice', async () => {
    await open(recordedTracker(variedDecisions()).tracker)
    await option(/once per session/).click()
    expect(stored()).toEqual([])
    await field().fill('event:link')
    await button(/^Held/).click()
    await close()
    await open(recordedTracker(variedDecisions()).tracker)
    await expect.poll(numbers).toEqual([2])
    await expect.element(field()).toHaveValue('event:link')
    await field().fill('')
    await button(/^Held/).click()
    expect(stored()).toEqual([])
  })

  test('goes with a link, unless the fragment is the app’s', async () => {
    const copied: string[] = []
    const copy = vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (text) => {
      copied.push(text)
    })
    await open(recordedTracker(variedDecisions()).tracker)
    await field().fill('event:"link_followed"')
    await button(/^Held/).click()
    await button(/^Filters/).click()
    await button('Copy a link with this filter').click()
    await vi.waitFor(() => expect(copied).toHaveLength(1))
    const { hash, origin, pathname } = new URL(copied[0] ?? '')
    expect([origin, pathname]).toEqual([location.origin, location.pathname])
    await close()
    forgetChoices()

    history.replaceState(null, '', hash)
    await open(recordedTracker(variedDecisions()).tracker)
    await expect.element(field()).toHaveValue('event:"link_followed" is:held')
    await expect.poll(numbers).toEqual([2])
    expect(location.hash).toBe(hash)
    await close()

    history.replaceState(null, '', '#/route')
    await open(recordedTracker(variedDecisions()).tracker)
    await field().fill('event:link')
    await button(/^Filters/).click()
    await button('Copy this filter').click()
    await vi.waitFor(() => expect(copied[1]).toBe('event:link'))
    copy.mockRestore()
  })

  test('an expression that came with a link waits for a person, by keyboard too', async () => {
    const evil = 'page:/(a+)+$/ -event:/(e|e)*x/'
    history.replaceState(null, '', `#rmc-filter=${encodeURIComponent(evil)}`)
    const path = `/${'a'.repeat(60)}!`
    const attempt = decision(1, { page: { number: 1, url: '', path, title: '', referrer: '' } })
    await open(recordedTracker([attempt, decision(2, { event: 'chat_opened' })]).tracker)
    await expect.poll(numbers).toEqual([2, 1])
    await expect.element(field()).toHaveValue('')
    await expect
      .element(page.getByRole('group', { name: /The link to this page has a filter/ }))
      .toHaveTextContent(evil)
    ;(button('Run this filter from the link').element() as HTMLElement).focus()
    await userEvent.keyboard('{Enter}')
    await expect.element(field()).toHaveValue(evil)
    await expect.poll(numbers).toEqual([])
    expect(button('Run this filter from the link').query()).toBeNull()
    await close()
    forgetChoices()

    await open(recordedTracker([attempt, decision(2, { event: 'chat_opened' })]).tracker)
    await button('Ignore it').click()
    await expect.element(field()).toHaveValue('')
    expect(numbers()).toEqual([2, 1])
  })

  test('a link with more terms than a person writes filters nothing', async () => {
    const terms = Array.from({ length: 50_000 }, (_, index) => `-no${index}`).join(' ')
    history.replaceState(null, '', `#rmc-filter=${encodeURIComponent(terms)}`)
    await open(recordedTracker(variedDecisions()).tracker)
    await expect.element(field()).toHaveValue('')
    expect(numbers().length).toBeGreaterThan(0)
    expect(button('Run this filter from the link').query()).toBeNull()
  })

  test('a typed expression that no browser would ever end is matched all the same', async () => {
    const path = `/${'a'.repeat(60)}!`
    const attempt = decision(1, { page: { number: 1, url: '', path, title: '', referrer: '' } })
    await open(recordedTracker([attempt, decision(2, { event: 'chat_opened' })]).tracker)
    for (const typed of ['page:/(a+)+$/', 'page:/^\\/(a|a)*$/', 'page:/(a*)*(a*)*b/']) {
      await field().fill(typed)
      await expect.poll(numbers).toEqual([])
    }
    await field().fill('page:/^\\/(a+)+!$/')
    await expect.poll(numbers).toEqual([1])
    await field().fill('page:/(a+)\\1/')
    await expect.element(page.getByRole('alert')).toHaveTextContent(/reference to a group/)
  })
})

describe('pause and clear', () => {
  test('new attempts are counted, and do not move the list until it goes on', async () => {
    const { tracker, add } = recordedTracker(variedDecisions())
    await open(tracker)
    await button('Pause').click()
    add(decision(8, { event: 'demo_booked' }), decision(9))
    await expect.element(button('Resume (2 new)')).toBeVisible()
    expect(numbers()).toEqual([7, 6, 5, 4, 3, 2, 1])
    await button(/^Resume/).click()
    await expect.poll(numbers).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1])
    await expect.element(button('Pause')).toBeVisible()
  })
})

describe('marks and notes', () => {
  test('are shown in the row, found by the filter, and go with Clear', async () => {
    const { tracker } = recordedTracker(variedDecisions())
    await open(tracker)
    await option(/once per session/).click()
    await button(/^Mark$/).click()
    await expect.element(button(/^Mark$/)).toHaveAttribute('aria-pressed', 'true')
    await page.getByRole('textbox', { name: 'Note' }).fill('Twice on one page')
    await expect.element(option(/Marked.*Twice on one page/)).toBeVisible()
    await field().fill('is:marked is:noted')
    await expect.poll(numbers).toEqual([3])
    await button(/^Mark$/).click()
    await expect.poll(numbers).toEqual([])
    await field().fill('is:noted')
    await expect.poll(numbers).toEqual([3])
    await button('Clear').click()
    await expect.element(page.getByText('Nothing yet')).toBeVisible()
  })
})

describe('over a reload', () => {
  const loaded = () => {
    const platform = createManualPlatform({ now: Date.now() })
    return createTestTracker(plan, { consent: 'granted', platform }).tracker
  }
  const leave = () => window.dispatchEvent(new PageTransitionEvent('pagehide'))

  test('nothing is kept, unless the tester says so', async () => {
    const tracker = loaded()
    await open(tracker)
    tracker.track('pricing_clicked', { tier: 'secret' })
    await expect.poll(numbers).toEqual([1])
    leave()
    await close()
    expect(stored()).toEqual([])
    tracker.dispose()
  })

  test('attempts, marks and notes are kept in this tab, and erased when it is switched off', async () => {
    const first = loaded()
    await open(first)
    first.track('pricing_clicked', { tier: 'pro' })
    first.track('pricing_clicked', { tier: 'pro' })
    await option(/once per session/).click()
    await page.getByRole('textbox', { name: 'Note' }).fill('Twice')
    await button('View').click()
    await check('Keep over reloads').click()
    expect(stored()).toEqual(['rmc-devtools:kept:acme'])
    first.track('demo_booked')
    leave()
    await close()
    first.dispose()

    const second = loaded()
    second.track('tour_watched', { mark: '50%' })
    await open(second)
    await expect.poll(numbers).toEqual([1, 0, -1, -2])
    await expect.element(page.getByText('4 attempts, 3 from before the reload')).toBeVisible()
    await option(/Twice/).click()
    await expect.element(page.getByRole('article')).toHaveTextContent('Attemptbefore the reload')
    await expect.element(page.getByRole('textbox', { name: 'Note' })).toHaveValue('Twice')
    await button('View').click()
    await check('Keep over reloads').click()
    expect(stored()).toEqual([])
    leave()
    expect(stored()).toEqual([])
    second.dispose()
  })

  test('at most about 1 MB, the newest', async () => {
    const long = Array.from({ length: 400 }, (_, index) =>
      decision(index + 1, { properties: { text: 'x'.repeat(3000) } }),
    )
    await open(recordedTracker(long).tracker)
    await button('View').click()
    await check('Keep over reloads').click()
    const kept = sessionStorage.getItem('rmc-devtools:kept:acme') ?? ''
    expect(kept.length).toBeLessThanOrEqual(500_000)
    const { attempts } = JSON.parse(kept)
    expect(attempts.at(-1).number).toBe(400)
    expect(attempts.length).toBeGreaterThan(100)
  })

  test('what is not ours there, or broken, is left alone', async () => {
    sessionStorage.setItem('rmc-devtools:kept:acme', '{broken')
    await open(recordedTracker(variedDecisions()).tracker)
    await expect.poll(numbers).toHaveLength(7)
  })
})

describe('the detail', () => {
  test('leads to the attempts of the same event before and after', async () => {
    const time = Date.now()
    const at = (number: number, ms: number, component: string) =>
      decision(number, { time: time + ms, trigger: { component, fact: 'click' } })
    await open(recordedTracker([at(1, 0, 'A'), at(2, 2000, 'B'), at(3, 7000, 'C')]).tracker)
    await option(/ B /).click()
    await button('2 s earlier').click()
    await expect.element(option(/ A /)).toHaveAttribute('aria-selected', 'true')
    await button('2 s later').click()
    await button('5 s later').click()
    await expect.element(option(/ C /)).toHaveAttribute('aria-selected', 'true')
    await expect.element(button(/ later$/)).not.toBeInTheDocument()
  })
})

describe('the Performance panel', () => {
  test('has a track of the decisions, only once it is switched on', async () => {
    const stamped: unknown[][] = []
    const spy = vi.spyOn(console, 'timeStamp').mockImplementation((...all: unknown[]) => {
      if (all[4] === 'Microconversions') stamped.push(all) // React in development stamps too
    })
    const { tracker, add } = recordedTracker(variedDecisions())
    await open(tracker)
    add(decision(8))
    await expect.poll(() => rows()).toHaveLength(8)
    expect(stamped).toEqual([])
    await button('View').click()
    await check('Mark decisions in the Performance panel').click()
    const late = decision(9, { outcome: 'dropped', reason: 'draft' })
    add(late)
    await vi.waitFor(() => expect(stamped).toHaveLength(1))
    const at = late.time - performance.timeOrigin
    expect(stamped[0]).toEqual([
      'link_followed: dropped, still a draft in the plan',
      at,
      at,
      'Decisions',
      'Microconversions',
      'tertiary-light',
    ])
    spy.mockRestore()
  })
})

describe('a lot of attempts', () => {
  test('a thousand equal ones are one row, and a paused list is not drawn again', async () => {
    const { tracker, add } = recordedTracker(Array.from({ length: 1000 }, (_, index) => equal(index + 1)))
    await open(tracker)
    await expect.element(option(/×1,000/)).toBeVisible()
    expect(rows()).toHaveLength(1)
    await button('Pause').click()
    let changes = 0
    const observer = new MutationObserver(() => changes++)
    observer.observe(shadow().querySelector('.list') as Element, {
      childList: true,
      subtree: true,
      characterData: true,
      attributes: true,
    })
    for (let number = 1001; number <= 1050; number++) add(equal(number))
    await expect.element(button('Resume (50 new)')).toBeVisible()
    observer.disconnect()
    expect(changes).toBe(0)
  })
})
