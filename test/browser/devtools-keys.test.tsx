import { memory } from 'react-microconversions/destinations'
import { createTestTracker } from 'react-microconversions/testing'
import { describe, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import '../../src/devtools/later.ts'
import { cleanOverlay } from '../support/clean-overlay.ts'
import { decision, mountApp, plan, recordedTracker, rows, shadow, tab } from '../support/overlay.tsx'

const onCleanup = cleanOverlay()

const focused = () => shadow().activeElement
const chosen = () => shadow().querySelector('[role=tab][aria-selected=true]')?.textContent
const dialog = (name: string) => page.getByRole('dialog', { name })

async function open() {
  const { tracker } = createTestTracker(plan, {
    consent: { analytics: 'granted', marketing: 'denied' },
    destinations: [memory({ name: 'crm' }), memory({ name: 'ads', consent: 'marketing' })],
  })
  for (let index = 1; index <= 3; index++) tracker.track('link_followed', { index })
  tracker.track('demo_booked')
  onCleanup(tracker.dispose, mountApp({ tracker }))
  await page.getByRole('button', { name: 'Open microconversions' }).click()
  await vi.waitFor(() => expect(focused()?.role).toBe('listbox'))
  return tracker
}

describe('keys', () => {
  test('list, tabs, filter, pause and help, from the moment it opens', async () => {
    await open()
    const active = () => rows().findIndex((row) => row.classList.contains('active'))
    await userEvent.keyboard('jj')
    await vi.waitFor(() => expect(active()).toBe(1))
    await userEvent.keyboard('k{Enter}')
    await expect.element(page.getByRole('article', { name: 'demo_booked' })).toBeVisible()
    await userEvent.keyboard('j')
    await expect.element(page.getByRole('article', { name: 'link_followed' })).toBeVisible()
    await userEvent.keyboard('{Escape}p')
    await expect.element(page.getByRole('button', { name: 'Resume (0 new)' })).toBeVisible()
    await userEvent.keyboard('p7')
    await vi.waitFor(() => expect(chosen()).toBe('User'))
    await userEvent.keyboard('/')
    await vi.waitFor(() => expect((focused() as HTMLInputElement).type).toBe('search'))
    expect(chosen()).toBe('Timeline')
    await userEvent.keyboard('2p?j')
    expect((focused() as HTMLInputElement).value).toBe('2p?j')
    expect(chosen()).toBe('Timeline')
    await userEvent.keyboard('{Escape}')
    tab('Timeline').element().focus()
    await userEvent.keyboard('?')
    await expect.element(dialog('Keyboard shortcuts')).toBeVisible()
    await userEvent.keyboard('{Escape}')
    await expect.element(dialog('Keyboard shortcuts')).not.toBeInTheDocument()
    expect(focused()).toBe(tab('Timeline').element())
  })

  test('never act while the focus is in the page, and never reach it', async () => {
    await open()
    const heard: string[] = []
    const onKey = ({ key }: KeyboardEvent) => heard.push(key)
    window.addEventListener('keydown', onKey)
    onCleanup(() => window.removeEventListener('keydown', onKey))
    await userEvent.keyboard('9p?{Escape}{Control>}k{/Control}{Escape}')
    expect(heard.filter((key) => key !== 'Escape')).toEqual([])
    await page.getByLabelText('App field').click()
    await userEvent.keyboard('2')
    expect(chosen()).toBe('Checklist')
    expect(heard).toContain('2')
  })
})

describe('the command palette', () => {
  async function command(words: string) {
    await userEvent.keyboard('{Control>}k{/Control}')
    await expect.element(dialog('Commands')).toBeVisible()
    await userEvent.keyboard(`${words}{Enter}`)
    await expect.element(dialog('Commands')).not.toBeInTheDocument()
  }

  test('has every tab, every event, every destination, consent and the session', async () => {
    const tracker = await open()
    await command('why demo')
    await vi.waitFor(() => expect(chosen()).toBe('Why not?'))
    await expect.element(page.getByRole('combobox', { name: 'Event' })).toHaveValue('demo_booked')
    await command('deliveries crm')
    await expect.element(page.getByRole('article', { name: 'crm' })).toBeVisible()
    await command('attempts link')
    await vi.waitFor(() => expect(page.getByRole('searchbox').element()).toHaveValue('event:"link_followed"'))
    await command('deny analytics')
    expect(tracker.consent.get()['analytics']).toBe('denied')
    await command('dock right')
    await expect.element(page.getByRole('button', { name: 'Dock at the bottom' })).toBeVisible()
  })

  test('copies the chosen attempt, and shows what a destination got of it', async () => {
    const written: string[] = []
    vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (text) => void written.push(text))
    await open()
    await userEvent.keyboard('jj{Control>}k{/Control}copy ticket{Enter}')
    await expect.element(page.getByText(/^Copied: ticket: link_followed, attempt \d+$/)).toBeVisible()
    expect(written).toEqual([expect.stringMatching(/^\*\*link\\_followed\*\*, attempt \d+/)])
    await userEvent.keyboard('{Escape}')
    await command('payload crm')
    await expect.element(page.getByRole('article', { name: 'link_followed' })).toHaveTextContent(/Captured/)
  })

  test('leaves the settings for what it shows', async () => {
    await open()
    await command('settings')
    await expect.element(page.getByRole('combobox', { name: 'Button position' })).toBeVisible()
    await command('attempts link')
    await expect.element(page.getByRole('searchbox')).toHaveValue('event:"link_followed"')
  })

  test('a click beside it closes it, and the focus comes back', async () => {
    await open()
    await page.getByRole('button', { name: 'Commands' }).click()
    await expect.element(page.getByRole('combobox', { name: 'Command' })).toBeVisible()
    await userEvent.click(shadow().querySelector('.backdrop') as Element, { position: { x: 5, y: 200 } })
    await vi.waitFor(() => expect(focused()).toBe(page.getByRole('button', { name: 'Commands' }).element()))
  })
})

describe('what is always in sight', () => {
  test('consent, changed with one click; the visit; the queue; what is kept', async () => {
    const tracker = await open()
    const consent = page.getByRole('group', { name: 'Consent' })
    await expect.element(consent.getByRole('button', { name: 'marketing denied' })).toBeVisible()
    await consent.getByRole('button', { name: 'marketing denied' }).click()
    await expect.element(consent.getByRole('button', { name: 'marketing granted' })).toBeVisible()
    expect(tracker.consent.get()['marketing']).toBe('granted')
    await expect.element(page.getByRole('button', { name: /^Visit 1, session / })).toBeVisible()
    await page.getByRole('button', { name: 'None queued' }).click()
    await vi.waitFor(() => expect(chosen()).toBe('Network'))
    await page.getByRole('button', { name: 'Keep over reloads' }).click()
    await expect
      .element(page.getByRole('button', { name: 'Keep over reloads' }))
      .toHaveAttribute('aria-pressed', 'true')
    expect(Object.keys(sessionStorage)).toContain('rmc-devtools:kept:acme')
  })

  test('a lost delivery is said as a loss', async () => {
    const { tracker } = recordedTracker([])
    const record = tracker.record.get()
    Object.assign(record, { delivered: { http: { expired: 353 } } })
    onCleanup(mountApp({ tracker, defaultOpen: true }))
    await expect.element(page.getByRole('button', { name: '353 deliveries lost, none queued' })).toBeVisible()
    // On the smallest phone the loss is in sight without scrolling the line.
    await page.viewport(320, 640)
    await vi.waitFor(() => {
      const right = shadow().querySelector('.lost')?.getBoundingClientRect().right
      expect(right).toBeLessThan(290)
    })
  })
})

describe('the list holds still', () => {
  const numbered = (number: number) => decision(number, { event: `event_${number}` })
  const first = () => rows()[0]?.textContent ?? ''

  test('under the pointer, and while it is scrolled', async () => {
    const { tracker, add } = recordedTracker(Array.from({ length: 40 }, (_, index) => numbered(index + 1)))
    onCleanup(mountApp({ tracker, defaultOpen: true }))
    await vi.waitFor(() => expect(first()).toContain('event_40'))
    // The first row: the driver may scroll to any other before it moves there, and a scrolled list holds still, too.
    await userEvent.hover(rows()[0] as Element)
    add(numbered(41), numbered(42), numbered(43))
    await expect.element(page.getByRole('button', { name: '3 new' })).toBeVisible()
    expect(first()).toContain('event_40')
    await userEvent.hover(tab('Timeline'))
    await vi.waitFor(() => expect(first()).toContain('event_43'))
    const list = shadow().querySelector('.list') as HTMLElement
    list.scrollTop = list.scrollHeight
    await vi.waitFor(() => expect(rows().at(-1)?.textContent).toMatch(/event_1\b/))
    add(numbered(44))
    await page.getByRole('button', { name: '1 new' }).click()
    await vi.waitFor(() =>
      expect([list.scrollTop, first()]).toEqual([0, expect.stringContaining('event_44')]),
    )
  })
})

test('a view that loads leaves the old one in its place', async () => {
  await open()
  const empty: string[] = []
  const observer = new MutationObserver(() => {
    const view = shadow().querySelector('.view')
    if (view && view.textContent === '') empty.push(view.outerHTML)
  })
  observer.observe(shadow(), { childList: true, subtree: true })
  onCleanup(() => observer.disconnect())
  for (const name of ['Plan', 'User', 'Session', 'Checklist', 'Timeline']) {
    await tab(name).click()
    await expect
      .poll(() => shadow().querySelector('.view')?.getAttribute('aria-labelledby'))
      .toContain(name.toLowerCase())
  }
  expect(empty).toEqual([])
})
