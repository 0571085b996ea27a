import { createTestTracker } from 'react-microconversions/testing'
import { expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import '../../src/devtools/later.ts'
import { cleanOverlay } from '../support/clean-overlay.ts'
import { mountApp, plan, shadow, tab } from '../support/overlay.tsx'

const onCleanup = cleanOverlay(1280, 900)

function mount(props = {}) {
  const { tracker } = createTestTracker(plan, { consent: 'granted' })
  const unmount = mountApp({ tracker, defaultOpen: true, ...props })
  onCleanup(tracker.dispose, unmount)
  return { track: tracker.track, unmount }
}
const add = () => page.getByRole('combobox', { name: 'Add' })
const items = () => [...shadow().querySelectorAll<HTMLElement>('.expected > li')]
const states = () => items().map((item) => item.dataset['check'])

test('events turn green as they fire, with time and value; the list outlives the panel', async () => {
  const { track } = mount()
  await tab('Checklist').click()
  await add().selectOptions('link_followed')
  await add().selectOptions('demo_booked')
  expect(states()).toEqual(['open', 'open'])
  track('link_followed', { index: 7 })
  await vi.waitFor(() => expect(states()).toEqual(['met', 'open']))
  expect(items()[0]?.textContent).toMatch(/Fired \d\d:\d\d:\d\d\.\d{3} index: 7/)
  await expect.element(page.getByText('1 of 2')).toBeVisible()
  expect(localStorage.getItem('rmc-devtools:checklist:acme')).toBe(
    '{"items":[{"event":"link_followed"},{"event":"demo_booked"}]}',
  )
  await page.getByRole('button', { name: 'Start again' }).click()
  await vi.waitFor(() => expect(states()).toEqual(['open', 'open']))
})

test('a file replaces the list, and says what is wrong with it', async () => {
  mount()
  await tab('Checklist').click()
  const file = page.getByLabelText('Open a list')
  await userEvent.upload(file, new File(['{'], 'broken.json'))
  await expect.element(page.getByText('broken.json: It is not JSON.')).toBeVisible()
  await userEvent.upload(file, new File(['demo_booked\nlink_followed'], 'release.txt'))
  await vi.waitFor(() =>
    expect(items().map((item) => item.querySelector('.name')?.textContent)).toEqual([
      'demo_booked',
      'link_followed',
    ]),
  )
})

test('a link opens its list; the tester’s own stays until a click', async () => {
  const address = location.href
  const list = (event: string) => `#rmc-checklist=${encodeURIComponent(JSON.stringify({ events: [event] }))}`
  history.replaceState(null, '', list('demo_booked'))
  onCleanup(() => history.replaceState(null, '', address))
  const { unmount } = mount({ defaultOpen: false })
  await vi.waitFor(() => expect(items()).toHaveLength(1))
  unmount()
  history.replaceState(null, '', list('chat_opened'))
  mount()
  await page.getByRole('button', { name: 'Use it instead' }).click()
  expect(items()[0]?.textContent).toContain('chat_opened')
})

test('a watched event flashes, also while the panel is closed', async () => {
  const { track } = mount()
  await tab('Checklist').click()
  await add().selectOptions('demo_booked')
  await page.getByRole('button', { name: 'Watch demo_booked' }).click()
  await page.getByRole('button', { name: 'Close' }).click()
  const flash = page.getByRole('region', { name: 'Watched events' })
  await expect.element(flash).toBeInTheDocument()
  track('link_followed', { index: 1 })
  track('demo_booked')
  await expect.element(flash).toHaveTextContent(/^demo_booked fired \d\d:/)
})

test('a watched event sounds too, if the tester wants it', async () => {
  const started = vi.spyOn(AudioScheduledSourceNode.prototype, 'start')
  const { track } = mount()
  await tab('Checklist').click()
  await add().selectOptions('link_followed')
  await page.getByRole('button', { name: 'Watch link_followed' }).click()
  const flash = page.getByRole('region', { name: 'Watched events' })
  track('link_followed', { index: 1 })
  await expect.element(flash).toHaveTextContent(/^link_followed fired/)
  expect(started).not.toHaveBeenCalled()
  await page.getByRole('checkbox', { name: 'Sound too' }).click()
  track('link_followed', { index: 2 })
  await vi.waitFor(() => expect(started).toHaveBeenCalledOnce())
  // The clicks above are gestures of the user, without which a browser plays nothing.
  const { context } = started.mock.contexts[0] as OscillatorNode
  await expect.poll(() => context.state).toBe('running')
})
