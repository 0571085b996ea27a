import { TanStackDevtools } from '@tanstack/react-devtools'
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import { ReactQueryDevtools } from '@tanstack/react-query-devtools/production'
import type { ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { MicroconversionDevtools, microconversionsPlugin } from 'react-microconversions/devtools/production'
import { createTestTracker } from 'react-microconversions/testing'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import '../../src/devtools/mount-overlay.tsx'
import { hosts, launcher, option, plan, shadow, tab } from '../support/overlay.tsx'

const shown = { enabled: true, because: 'it is under test' }
let unmount = () => {}

beforeEach(async () => {
  localStorage.clear()
  await page.viewport(1280, 800)
})

afterEach(async () => {
  unmount()
  await vi.waitFor(() => expect(hosts()).toHaveLength(0))
})

function render(app: ReactNode) {
  const container = document.body.appendChild(document.createElement('div'))
  const root = createRoot(container)
  root.render(app)
  unmount = () => {
    root.unmount()
    container.remove()
  }
}

test('a tab of TanStack Devtools has the panel, in its theme, and live', async () => {
  const { tracker } = createTestTracker(plan, { consent: 'granted' })
  render(
    <TanStackDevtools
      config={{ defaultOpen: true, theme: 'dark' }}
      plugins={[
        { id: 'other', name: 'Other', render: <p>Another plugin</p>, defaultOpen: false },
        { ...microconversionsPlugin(tracker, shown), defaultOpen: true },
      ]}
    />,
  )
  await expect.element(tab('Timeline')).toBeVisible()
  tracker.track('demo_booked')
  await option('demo_booked').click()
  await expect.element(page.getByRole('article', { name: 'demo_booked' })).toBeVisible()
  const section = shadow().querySelector('section') as HTMLElement
  expect(getComputedStyle(section).backgroundColor).toBe('rgb(26, 26, 29)')
  const { width, height } = section.getBoundingClientRect()
  expect(width).toBeGreaterThan(300)
  expect(height).toBeGreaterThan(100)
  expect(shadow().querySelectorAll('[role=separator]')).toHaveLength(0)
  tracker.dispose()
})

function Cities() {
  const { data } = useQuery({ queryKey: ['cities'], queryFn: () => ['Berlin'] })
  return <p>{data}</p>
}

test('beside React Query Devtools each has its own clicks, keys and focus', async () => {
  const { tracker } = createTestTracker(plan, { consent: 'granted' })
  tracker.track('demo_booked')
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Cities />
      <ReactQueryDevtools initialIsOpen={false} buttonPosition="bottom-left" />
      <MicroconversionDevtools {...shown} tracker={tracker} />
    </QueryClientProvider>,
  )
  await page.getByRole('button', { name: /open tanstack query devtools/i }).click()
  const theirs = page.getByLabelText('Tanstack query devtools')
  await expect.element(theirs.first()).toBeVisible()
  await launcher().click()
  await option('demo_booked').click()
  await page.getByRole('searchbox', { name: 'Filter attempts' }).fill('demo')
  await userEvent.keyboard('{Escape}{Escape}{Escape}')
  await expect.element(launcher()).toBeVisible()
  await expect.element(theirs.first()).toBeVisible()
  const query = page.getByRole('button', { name: /cities/ })
  await query.click()
  await expect.element(page.getByText('Query Details')).toBeVisible()
  await expect.element(launcher()).toHaveTextContent('1 fired')
  expect(shadow().querySelector('[role=tablist]')).toBeNull()
  tracker.dispose()
})
