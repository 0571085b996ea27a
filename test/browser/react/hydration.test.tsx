import { hydrateRoot, type Root } from 'react-dom/client'
import { createTestTracker } from 'react-microconversions/testing'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { ServerApp, serverHtml } from '../../support/server-app.tsx'
import { eventually, patient, plan, sent, soon } from './plan.ts'

let root: Root | undefined
let container: HTMLElement

const stay = (event: Event) => event.preventDefault()

beforeEach(() => {
  window.addEventListener('submit', stay)
  container = document.body.appendChild(document.createElement('div'))
  container.innerHTML = serverHtml
})

afterEach(() => {
  root?.unmount()
  container.remove()
  window.removeEventListener('submit', stay)
  vi.restoreAllMocks()
})

it.each(['granted', 'pending', 'denied'] as const)(
  'takes over what the server sent, without a word, and works (%s)',
  async (consent) => {
    const complain = vi.spyOn(console, 'error')
    const recovered = vi.fn()
    const { tracker, destination } = createTestTracker(plan, { consent })
    const nodes = [...container.querySelectorAll('*')]
    root = hydrateRoot(container, <ServerApp tracker={tracker} book={sent} />, {
      onRecoverableError: recovered,
    })
    await expect.element(page.getByText(consent), patient).toBeVisible()
    await soon()
    expect(complain.mock.calls).toEqual([])
    expect(recovered).not.toHaveBeenCalled()
    expect([...container.querySelectorAll('*')]).toEqual(nodes)

    await userEvent.click(page.getByRole('link', { name: 'See pricing' }))
    await userEvent.click(page.getByRole('link', { name: 'Plans' }))
    await userEvent.fill(page.getByLabelText('Email'), 'ada@example.com')
    await userEvent.click(page.getByRole('button', { name: 'Book' }))
    const video = page.getByTestId('player').element()
    for (const [name, value] of Object.entries({ paused: false, readyState: 4 })) {
      Object.defineProperty(video, name, { configurable: true, value })
    }
    video.dispatchEvent(new Event('playing'))
    if (consent === 'pending') await userEvent.click(page.getByRole('button', { name: 'Allow' }))

    const expected = [
      'page_view',
      'form_step',
      ...['pricing_clicked', 'pricing_clicked'],
      ...['form_start', 'form_field', 'form_submit'],
      'video_start',
      'form_success',
    ].sort()
    await eventually(async () => {
      await tracker.flush()
      const names = destination.events.map(({ name }) => name).sort()
      expect(names).toEqual(consent === 'denied' ? [] : expected)
    })
    expect(complain.mock.calls).toEqual([])
  },
)
