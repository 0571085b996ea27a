import { createRoot } from 'react-dom/client'
import {
  MicroconversionDevtools,
  MicroconversionPanel,
  urlFlag,
} from 'react-microconversions/devtools/production'
import { createTestTracker } from 'react-microconversions/testing'
import { describe, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { cleanOverlay } from '../support/clean-overlay.ts'
import {
  decision,
  decisions,
  hosts,
  launcher,
  mountApp,
  plan,
  recordedTracker,
  rows,
  shadow,
  tab,
  variedDecisions,
} from '../support/overlay.tsx'

const onCleanup = cleanOverlay()

type Props = Parameters<typeof mountApp>[0]

function mount(props: Props = {}) {
  const unmount = mountApp({ tracker: recordedTracker(variedDecisions()).tracker, ...props })
  onCleanup(unmount)
  return unmount
}
const region = () => page.getByRole('region', { name: 'Microconversions' })
const box = () => region().element().getBoundingClientRect()
const stored = () => JSON.parse(localStorage.getItem('rmc-devtools') ?? 'null')
const settings = () => page.getByRole('button', { name: 'Settings', exact: true })
const separator = (name: string) => page.getByRole('separator', { name: `${name} of the panel` })
const focused = () => shadow().activeElement
const field = () => page.getByLabelText('App field')

async function openPanel(props: Props = {}) {
  const unmount = mount({ defaultOpen: true, ...props })
  await expect.element(tab('Timeline')).toBeVisible()
  return unmount
}

/** The panel docks at the bottom by default. */
const float = () => localStorage.setItem('rmc-devtools', JSON.stringify({ layout: 'floating' }))

/** Something to drop onto. */
function target(style: string) {
  const element = document.createElement('div')
  element.style.cssText = `position: fixed; width: 20px; height: 20px; ${style}`
  document.body.append(element)
  onCleanup(() => element.remove())
  return element
}

describe('the place of the button', () => {
  test.each([
    ['top-left', { left: 12, top: 12 }],
    ['top', { middle: 640, top: 12 }],
    ['right', { right: 1268, centre: 400 }],
    ['bottom-right', { right: 1268, bottom: 788 }],
  ] as const)('%s', async (position, expected) => {
    mount({ position })
    await expect.element(launcher()).toBeVisible()
    const { left, right, top, bottom, width, height } = launcher().element().getBoundingClientRect()
    expect({ left, right, top, bottom, middle: left + width / 2, centre: top + height / 2 }).toMatchObject(
      Object.fromEntries(Object.entries(expected).map(([name, px]) => [name, expect.closeTo(px, 0)])),
    )
  })

  test('is changed with the arrow keys, and remembered; a drag is no click', async () => {
    const unmount = mount()
    await expect.element(launcher()).toBeVisible()
    expect(localStorage).toHaveLength(0)
    ;(launcher().element() as HTMLElement).focus()
    await userEvent.keyboard('{ArrowLeft}{ArrowUp}')
    expect(region().element().getAttribute('data-position')).toBe('top')
    expect(focused()).toBe(launcher().element())
    unmount()
    mount()
    await expect.element(launcher()).toBeVisible()
    expect(region().element().getAttribute('data-position')).toBe('top')

    await userEvent.dragAndDrop(launcher(), target('left: 100px; top: 700px'))
    await vi.waitFor(() => expect(region().element().getAttribute('data-position')).toBe('bottom-left'))
    expect(shadow().querySelector('[role=tablist]')).toBeNull()
    ;(launcher().element() as HTMLElement).focus()
    await userEvent.keyboard('{Enter}')
    await expect.element(tab('Timeline')).toBeVisible()
    expect(box().left).toBe(0)
    expect(stored()).toEqual({ open: true, position: 'bottom-left' })
  })

  test('the panel is carried by its head, also by a tab, which is not chosen then', async () => {
    float()
    await openPanel()
    await userEvent.dragAndDrop(tab('Journey'), target('left: 100px; top: 100px'))
    await vi.waitFor(() => expect(region().element().getAttribute('data-position')).toBe('top-left'))
    await vi.waitFor(() => expect([box().left, box().top]).toEqual([12, 12]))
    await expect.element(tab('Timeline')).toHaveAttribute('aria-selected', 'true')
    await tab('Journey').click()
    await expect.element(tab('Journey')).toHaveAttribute('aria-selected', 'true')
  })
})

test('while consent is pending and events are held, the head says so, with the line that sends them', async () => {
  const { tracker } = createTestTracker(plan, { consent: 'pending' })
  onCleanup(tracker.dispose)
  await openPanel({ tracker })
  const notice = page.getByText(
    /^Consent is pending, .* held\. To send: tracker\.consent\.update\('granted'\)$/,
  )
  await expect.element(notice).not.toBeInTheDocument()
  for (const index of [1, 2]) tracker.track('link_followed', { index })
  await expect.element(notice).toHaveTextContent('2 events held')
  tracker.consent.update('granted')
  await expect.element(notice).not.toBeInTheDocument()
  expect(tracker.record.get().decisions.map(({ outcome }) => outcome)).toContain('fired')
})

describe('a docked panel', () => {
  test.each([
    ['Bottom', 'paddingBottom', 360],
    ['Left', 'paddingLeft', 480],
    ['Right', 'paddingRight', 480],
  ] as const)(
    '%s: the page makes room, without an attribute, until it is closed',
    async (name, padding, size) => {
      await openPanel()
      await settings().click()
      await page.getByRole('radio', { name }).click({ force: true })
      const root = document.documentElement
      await vi.waitFor(() => expect(getComputedStyle(root)[padding]).toBe(`${size}px`))
      expect(root.hasAttribute('style')).toBe(false)
      const { left, right, top, bottom } = box()
      expect([left, right, top, bottom]).toEqual([
        name === 'Right' ? 800 : 0,
        name === 'Left' ? 480 : 1280,
        name === 'Bottom' ? 440 : 0,
        800,
      ])
      expect(document.documentElement.scrollWidth).toBe(1280)
      await page.getByRole('button', { name: 'Close' }).click()
      await vi.waitFor(() => expect(getComputedStyle(root)[padding]).toBe('0px'))
      expect(document.adoptedStyleSheets).toHaveLength(0)
    },
  )

  test('without room it is a sheet at the bottom, wherever it is otherwise', async () => {
    localStorage.setItem('rmc-devtools', JSON.stringify({ layout: 'right' }))
    await page.viewport(360, 640)
    await openPanel()
    await vi.waitFor(() => expect([box().left, box().right, box().bottom]).toEqual([0, 360, 640]))
    expect(getComputedStyle(document.documentElement).paddingBottom).toBe('320px')
  })

  test('the head docks it at the right and back; below 900 px it is at the bottom', async () => {
    await openPanel()
    await page.getByRole('button', { name: 'Dock at the right' }).click()
    await vi.waitFor(() => expect([box().left, box().top]).toEqual([800, 0]))
    await page.viewport(899, 800)
    await vi.waitFor(() => expect([box().left, box().right, box().bottom]).toEqual([0, 899, 800]))
    await page.viewport(1280, 800)
    await vi.waitFor(() => expect(box().left).toBe(800))
    await page.getByRole('button', { name: 'Dock at the bottom' }).click()
    await vi.waitFor(() => expect([box().left, box().top]).toEqual([0, 440]))
  })

  test.each(['bottom', 'floating', 'right'])(
    '%s: a detail neither widens it nor moves the tabs',
    async (layout) => {
      localStorage.setItem('rmc-devtools', JSON.stringify({ layout }))
      await openPanel()
      await vi.waitFor(() => expect(rows().length).toBeGreaterThan(0))
      const places = () =>
        [box(), tab('Session').element().getBoundingClientRect()].map(({ left, width }) => [left, width])
      const before = places()
      await rows()[0]?.click()
      await expect.element(page.getByRole('article')).toBeVisible()
      expect(places()).toEqual(before)
    },
  )
})

test('the sheet of a phone rests at three heights: by tap, by key and by drag', async () => {
  await page.viewport(360, 640)
  await openPanel()
  const heights = (height: number) => vi.waitFor(() => expect(box().height).toBeCloseTo(height, 0))
  await heights(320)
  await separator('Height').click()
  await heights(632)
  ;(separator('Height').element() as HTMLElement).focus()
  await userEvent.keyboard('{ArrowDown}{ArrowDown}')
  await heights(179)
  await expect.element(separator('Height')).toHaveAttribute('aria-valuetext', 'Low')
  await userEvent.dragAndDrop(separator('Height'), target('left: 170px; top: 250px'))
  await heights(320)
  expect(stored()).toBeNull()
})

test('the chosen tab stays in sight when the panel becomes narrow', async () => {
  await page.viewport(1280, 800)
  await openPanel()
  await tab('Session').click()
  await page.viewport(360, 640)
  const list = () => shadow().querySelector('[role=tablist]')?.getBoundingClientRect() as DOMRect
  const chosen = () => tab('Session').element().getBoundingClientRect()
  await vi.waitFor(() => {
    expect(chosen().right).toBeLessThanOrEqual(list().right)
    expect(chosen().left).toBeGreaterThanOrEqual(list().left)
  })
})

describe('room for what the tab shows', () => {
  const boxOf = (selector: string) => (shadow().querySelector(selector) as Element).getBoundingClientRect()

  test('docked at the bottom of a laptop, the timeline has five whole rows beside a detail', async () => {
    const { tracker } = recordedTracker(decisions(20))
    onCleanup(mountApp({ tracker, defaultOpen: true }))
    await page.getByRole('option').first().click()
    await expect.element(page.getByRole('article')).toBeVisible()
    await vi.waitFor(() => expect(boxOf('.because').top).toBeGreaterThanOrEqual(boxOf('.head').top))
    const list = boxOf('.list')
    const whole = rows().filter((row) => {
      const { top, bottom } = row.getBoundingClientRect()
      return top >= list.top && bottom <= list.bottom
    })
    expect(whole.length).toBeGreaterThanOrEqual(5)
    await expect.element(page.getByText('20 attempts')).toBeVisible()
  })

  test('on the smallest phone the plan shows an event below its filters', async () => {
    const { tracker } = recordedTracker(decisions(2))
    onCleanup(mountApp({ tracker, defaultOpen: true }))
    await tab('Plan').click()
    await page.viewport(320, 640)
    await vi.waitFor(() => expect(boxOf('.planned .name').bottom).toBeLessThan(innerHeight))
  })

  test.each([390, 320])('at %d px the choices of the plan are not cut off', async (width) => {
    const { tracker } = recordedTracker(decisions(2))
    onCleanup(mountApp({ tracker, defaultOpen: true }))
    await tab('Plan').click()
    await page.viewport(width, 640)
    await expect.element(page.getByLabelText('Sort by')).toBeVisible()
    const cut = [...shadow().querySelectorAll<HTMLSelectElement>('.plan-filter select')].filter((select) => {
      const whole = select.cloneNode(true) as HTMLSelectElement
      whole.style.cssText = 'position: absolute; flex: none; inline-size: max-content; max-inline-size: none'
      select.after(whole)
      const { width: wanted } = whole.getBoundingClientRect()
      whole.remove()
      return select.getBoundingClientRect().width < wanted
    })
    expect(cut).toEqual([])
  })

  test('the answers about consent are as wide for each answer', async () => {
    const { tracker } = recordedTracker(decisions(2))
    onCleanup(mountApp({ tracker, defaultOpen: true }))
    await tab('User').click()
    await expect.element(page.getByRole('group', { name: 'marketing' })).toBeVisible()
    const widths = [...shadow().querySelectorAll('.user .switch')].map(
      (choice) => choice.getBoundingClientRect().width,
    )
    expect(widths).toHaveLength(2)
    expect(new Set(widths).size).toBe(1)
  })

  test('a long name leaves the buttons of its detail whole, and is not cut', async () => {
    const event = 'enterprise_plan_comparison_table_scrolled_to_its_end'
    const { tracker } = recordedTracker([decision(1, { event })])
    onCleanup(mountApp({ tracker, defaultOpen: true }))
    await page.getByRole('option').first().click()
    await expect.element(page.getByRole('article')).toBeVisible()
    await expect.element(page.getByRole('group', { name: 'Share' })).toBeVisible()
    const name = boxOf('.detail-head .name')
    expect(name.height).toBeLessThan(34) // one line
    expect(name.right).toBeLessThan(boxOf('.detail-head .back').left)
  })
})

describe('the size', () => {
  test('by keyboard: the edge follows the arrow; within bounds; remembered', async () => {
    float()
    const unmount = await openPanel()
    await expect.element(separator('Height')).toHaveAttribute('aria-valuenow', '560')
    ;(separator('Height').element() as HTMLElement).focus()
    await userEvent.keyboard('{ArrowUp}{ArrowUp}')
    await expect.element(separator('Height')).toHaveAttribute('aria-valuenow', '608')
    expect(box().height).toBe(608)
    await userEvent.keyboard('{End}')
    await expect.element(separator('Height')).toHaveAttribute('aria-valuenow', '776')
    await userEvent.keyboard('{Home}')
    await expect.element(separator('Height')).toHaveAttribute('aria-valuenow', '180')
    ;(separator('Width').element() as HTMLElement).focus()
    await userEvent.keyboard('{ArrowRight}')
    await expect.element(separator('Width')).toHaveAttribute('aria-valuenow', '876')
    unmount()
    await openPanel()
    await vi.waitFor(() => expect([box().width, box().height]).toEqual([876, 180]))
  })

  test('by pointer, from the middle in both directions', async () => {
    float()
    await openPanel({ position: 'bottom' })
    const { right, width } = box()
    await userEvent.dragAndDrop(separator('Width'), target(`left: ${right - 1 - 60}px; top: 500px`), {
      sourcePosition: { x: 4, y: 200 },
      targetPosition: { x: 1, y: 1 },
    })
    await vi.waitFor(() => expect(Math.abs(box().width - width)).toBeGreaterThan(60))
    expect(box().left + box().width / 2).toBeCloseTo(640, 0)
  })
})

describe('the settings', () => {
  test('theme and density at once; Escape gives the focus back; starting over', async () => {
    float()
    await openPanel()
    await settings().click()
    await expect.element(page.getByRole('group', { name: 'Theme' })).toBeVisible()
    await page.getByRole('radio', { name: 'Dark' }).click({ force: true })
    await page.getByRole('radio', { name: 'Compact' }).click({ force: true })
    await page.getByRole('combobox', { name: 'Button position' }).selectOptions('top-left')
    await vi.waitFor(() =>
      expect(getComputedStyle(region().element()).backgroundColor).toBe('rgb(26, 26, 29)'),
    )
    await vi.waitFor(() => expect(box().top).toBe(12))
    expect(stored()).toEqual({ layout: 'floating', theme: 'dark', density: 'compact', position: 'top-left' })
    await page.getByRole('button', { name: 'Reset settings' }).click()
    await vi.waitFor(() =>
      expect(getComputedStyle(region().element()).backgroundColor).toBe('rgb(255, 255, 255)'),
    )
    expect(stored()).toBeNull()
    await userEvent.keyboard('{Escape}')
    await vi.waitFor(() => expect(focused()).toBe(settings().element()))
    await expect.element(tab('Timeline')).toHaveAttribute('aria-selected', 'true')
    await settings().click()
    await tab('Plan').click()
    await expect.element(page.getByText(/of 4 planned events/)).toBeVisible()
  })

  test('a control names the view that it controls only once that is there: it may still be loading', async () => {
    await openPanel()
    const missing = new Set<string>()
    const observer = new MutationObserver(() => {
      for (const control of shadow().querySelectorAll('[aria-controls]')) {
        const id = control.getAttribute('aria-controls') as string
        if (!shadow().getElementById(id)) missing.add(id)
      }
    })
    observer.observe(shadow(), { subtree: true, childList: true, attributes: true })
    onCleanup(() => observer.disconnect())

    await settings().click()
    await expect.element(settings()).toHaveAttribute('aria-controls')
    await tab('Plan').click()
    await expect.element(tab('Plan')).toHaveAttribute('aria-controls')
    expect([...missing]).toEqual([])
  })

  test('the props are the beginning; what somebody chose goes before them', async () => {
    localStorage.setItem('rmc-devtools', JSON.stringify({ position: 'top' }))
    mount({ theme: 'dark', position: 'left' })
    await expect.element(launcher()).toBeVisible()
    expect(getComputedStyle(launcher().element()).backgroundColor).toBe('rgb(26, 26, 29)')
    expect(region().element().getAttribute('data-position')).toBe('top')
  })
})

describe('the shortcut', () => {
  const chord = '{Alt>}{Shift>}m{/Shift}{/Alt}'

  test('opens from anywhere but a field, and gives the focus back', async () => {
    mount()
    await expect.element(launcher()).toHaveAttribute('aria-keyshortcuts', 'Alt+Shift+M')
    await field().click()
    await userEvent.keyboard(chord)
    await expect.element(launcher()).toBeVisible()
    const button = target('left: 0; top: 0')
    button.tabIndex = 0
    button.focus()
    await userEvent.keyboard(chord)
    await expect.element(tab('Timeline')).toBeVisible()
    expect(focused()?.role).toBe('listbox')
    await userEvent.keyboard(chord)
    await expect.element(launcher()).toBeVisible()
    expect(document.activeElement).toBe(button)
  })

  test('is edited by pressing it, brings back what is hidden, and cannot go while it does', async () => {
    const info = vi.spyOn(console, 'info').mockReturnValue()
    const unmount = await openPanel()
    await settings().click()
    const input = page.getByRole('textbox', { name: 'Shortcut' })
    await input.click()
    await userEvent.keyboard('k')
    await expect.element(page.getByText('Use two of')).toBeVisible()
    await userEvent.keyboard('{Control>}{Alt>}k{/Alt}{/Control}')
    await expect.element(input).toHaveValue('Ctrl+Alt+K')
    await page.getByRole('checkbox', { name: 'No button while closed' }).click()
    await page.getByRole('button', { name: 'Close' }).click()
    await vi.waitFor(() => expect(shadow().querySelector('section')).toBeNull())
    unmount()
    mount()
    await vi.waitFor(() => expect(info).toHaveBeenCalledWith(expect.stringContaining('Ctrl+Alt+K')))
    await userEvent.keyboard(chord)
    expect(shadow().querySelector('section')).toBeNull()
    await userEvent.keyboard('{Control>}{Alt>}k{/Alt}{/Control}')
    await expect.element(tab('Timeline')).toBeVisible()
    await settings().click()
    await input.click()
    await userEvent.keyboard('{Backspace}')
    await expect.element(input).toHaveValue('none')
    await expect.element(page.getByRole('checkbox', { name: 'No button while closed' })).toBeDisabled()
    expect(stored()).toMatchObject({ shortcut: '' })
    expect(stored()).not.toHaveProperty('hidden')
    await page.getByRole('button', { name: 'Close' }).click()
    await expect.element(launcher()).toBeVisible()
  })

  test('one that would clash is refused aloud', async () => {
    const error = vi.spyOn(console, 'error').mockReturnValue()
    // @ts-expect-error a letter alone
    mount({ shortcut: 'm' })
    await expect.element(launcher()).toHaveAttribute('aria-keyshortcuts', 'Alt+Shift+M')
    expect(error).toHaveBeenCalledWith(expect.stringContaining('[RMC302]'))
  })
})

describe('storage', () => {
  test('what is stored may be nonsense', async () => {
    localStorage.setItem(
      'rmc-devtools',
      JSON.stringify({ position: 'moon', width: -3, tab: 'gone', open: true }),
    )
    const unmount = mount()
    await expect.element(tab('Timeline')).toHaveAttribute('aria-selected', 'true')
    expect(region().element().getAttribute('data-position')).toBe('bottom-right')
    unmount()
    localStorage.setItem('rmc-devtools', 'null{')
    mount()
    await expect.element(launcher()).toBeVisible()
  })

  test('may be blocked', async () => {
    const blocked = () => {
      throw new DOMException('denied', 'SecurityError')
    }
    vi.spyOn(Storage.prototype, 'getItem').mockImplementation(blocked)
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(blocked)
    mount()
    await launcher().click()
    await expect.element(tab('Timeline')).toBeVisible()
  })

  test('has the view and the filters, and nothing of any event', async () => {
    await openPanel()
    await page.getByRole('searchbox').fill('demo_bookd')
    await vi.waitFor(() => expect(rows()).toHaveLength(1))
    await rows()[0]?.click()
    await tab('Plan').click()
    expect(stored()).toEqual({ tab: 'plan' })
    expect(Object.keys(localStorage).sort()).toEqual(['rmc-devtools', 'rmc-devtools:timeline'])
    expect(localStorage.getItem('rmc-devtools:timeline')).toBe('{"text":"demo_bookd"}')
  })
})

describe('under a modal dialog', () => {
  function dialogIn(parent: Node) {
    const dialog = document.createElement('dialog')
    dialog.append(document.createElement('button'))
    parent.appendChild(dialog)
    onCleanup(() => dialog.remove())
    return dialog
  }

  async function isUsable() {
    await launcher().click()
    await expect.element(tab('Timeline')).toBeVisible()
    await page.getByRole('searchbox').fill('link')
    await userEvent.keyboard('{Escape}{Escape}')
    await expect.element(launcher()).toBeVisible()
  }

  test('the overlay can be used, and is back in its place afterwards', async () => {
    mount()
    await expect.element(launcher()).toBeVisible()
    const outer = dialogIn(document.body)
    const inner = dialogIn(document.body)
    outer.showModal()
    await isUsable()
    expect(outer.open).toBe(true)
    inner.showModal()
    await isUsable()
    inner.close()
    await vi.waitFor(() => expect(hosts()[0]?.parentElement).toBe(outer))
    await isUsable()
    outer.remove()
    await vi.waitFor(() => expect(hosts()[0]?.parentElement).toBe(document.body))
    await isUsable()
  })

  test('also where the app lives in a shadow root', async () => {
    mount()
    await expect.element(launcher()).toBeVisible()
    const app = document.body.appendChild(document.createElement('div'))
    onCleanup(() => app.remove())
    const dialog = dialogIn(app.attachShadow({ mode: 'open' }))
    dialog.showModal()
    await vi.waitFor(() => expect(dialog.querySelector('rmc-devtools')).not.toBeNull())
    await isUsable()
    dialog.close()
    await vi.waitFor(() => expect(hosts()[0]?.parentElement).toBe(document.body))
  })

  test('a popover of the app stays open while the overlay is used', async () => {
    mount()
    await expect.element(launcher()).toBeVisible()
    const popover = target('inset: 0 auto auto 0; margin: 0')
    popover.popover = 'auto'
    popover.showPopover()
    let outside = 0
    const controller = new AbortController()
    onCleanup(() => controller.abort())
    const count = (event: Event) => {
      if (!popover.contains(event.target as Node)) outside++
    }
    for (const type of ['pointerdown', 'mousedown', 'focusin', 'wheel']) {
      document.addEventListener(type, count, { capture: true, signal: controller.signal })
    }
    document.addEventListener('click', count, { signal: controller.signal })
    await isUsable()
    expect(outside).toBe(0)
  })
})

describe('what the user does', () => {
  test('is not what happens in the overlay', async () => {
    const heard: string[] = []
    const controller = new AbortController()
    onCleanup(() => controller.abort())
    await openPanel()
    for (const type of ['pointerdown', 'pointermove', 'mousemove', 'keydown', 'keyup', 'wheel', 'scroll']) {
      document.addEventListener(type, () => heard.push(type), { capture: true, signal: controller.signal })
    }
    await page.getByRole('searchbox').click()
    await userEvent.keyboard('li')
    await tab('Plan').hover()
    await tab('Plan').click()
    await userEvent.dragAndDrop(separator('Height'), tab('Plan'), { sourcePosition: { x: 300, y: 4 } })
    tab('Plan')
      .element()
      .dispatchEvent(new WheelEvent('wheel', { bubbles: true, composed: true }))
    // On its way to the overlay the pointer crosses the page.
    expect(heard.filter((type) => !/move$/.test(type))).toEqual([])
    heard.length = 0
    await field().click()
    await userEvent.keyboard('a')
    expect(heard).toEqual(expect.arrayContaining(['pointermove', 'pointerdown', 'keydown', 'keyup']))
  })
})

describe('in a production build', () => {
  const never = async () => {
    await new Promise((done) => setTimeout(done, 300))
    expect(hosts()).toHaveLength(0)
  }
  const render = (props: object) => {
    const container = document.body.appendChild(document.createElement('div'))
    const root = createRoot(container)
    const { tracker } = recordedTracker([])
    // As plain JavaScript may call it.
    const Devtools = MicroconversionDevtools as (props: {
      tracker: unknown
    }) => ReturnType<typeof MicroconversionDevtools>
    root.render(<Devtools tracker={tracker} {...props} />)
    onCleanup(() => {
      root.unmount()
      container.remove()
    })
  }

  test.each([
    ['nobody is named', { because: 'staging' }],
    ['no reason is given', { enabled: true }],
    ['the reason is empty', { enabled: true, because: '' }],
  ])('it stays away, aloud, where %s', async (_, props) => {
    const error = vi.spyOn(console, 'error').mockReturnValue()
    render(props)
    await never()
    expect(localStorage).toHaveLength(0)
    // Said once, however often it is left out.
    for (const [message] of error.mock.calls) expect(message).toContain('[RMC301]')
  })

  test('it stays away for those whom `enabled` does not let see it', async () => {
    render({ enabled: () => false, because: 'staging' })
    render({ enabled: () => 'yes', because: 'staging' })
    await never()
  })

  test('it says why it is there', async () => {
    render({ enabled: () => true, because: 'this is staging', defaultOpen: true })
    await expect.element(page.getByText('Visible because: this is staging')).toBeVisible()
  })

  test('a flag in the address lasts for the tab, until it is switched off', async () => {
    const address = location.href
    const visit = (query: string) => history.replaceState(null, '', `?${query}`)
    onCleanup(() => history.replaceState(null, '', address))
    const enabled = urlFlag('look')
    expect(enabled()).toBe(false)
    visit('look')
    expect(enabled()).toBe(true)
    visit('')
    expect(enabled()).toBe(true)
    visit('look=off')
    expect(enabled()).toBe(false)
    visit('')
    expect(enabled()).toBe(false)
  })
})

describe('embedded', () => {
  test('the panel fills its element, has nothing to close or move, and keeps its own memory', async () => {
    const container = document.body.appendChild(document.createElement('div'))
    container.style.cssText = 'position: absolute; left: 40px; top: 50px; width: 700px; height: 300px'
    const root = createRoot(container)
    const { tracker } = recordedTracker(variedDecisions())
    root.render(<MicroconversionPanel enabled because="it is under test" tracker={tracker} />)
    onCleanup(() => {
      root.unmount()
      container.remove()
    })
    await expect.element(tab('Timeline')).toBeVisible()
    const { left, top, width, height } = box()
    expect([left, top, width, height]).toEqual([40, 50, 700, 300])
    expect(shadow().querySelectorAll('[role=separator]')).toHaveLength(0)
    expect(page.getByRole('button', { name: 'Close' }).elements()).toHaveLength(0)
    await tab('Plan').click()
    await userEvent.keyboard('{Escape}')
    await expect.element(tab('Plan')).toBeVisible()
    expect(Object.keys(localStorage)).toEqual(['rmc-devtools:embedded'])
    await settings().click()
    await expect.element(page.getByRole('group', { name: 'Theme' })).toBeVisible()
    expect(page.getByRole('group', { name: 'Panel' }).elements()).toHaveLength(0)
  })
})
