import { cleanup, configure } from '@testing-library/react'
import type { ReactElement } from 'react'
import type { TrackedEvent } from 'react-microconversions'
import { renderWithTracking } from 'react-microconversions/testing'
import { afterEach, beforeEach, expect, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { eventually, plan, soon } from '../browser/react/plan.ts'

export const field = (label: string) => page.getByLabelText(label)
export const press = (name: string) => userEvent.click(page.getByRole('button', { name }))
export const type = (label: string, text: string) => userEvent.fill(field(label), text)

/** For each test: StrictMode, no submission that navigates, and the rejections of handlers stay out of the runner. */
export function guardForms(): void {
  configure({ reactStrictMode: true })
  const types = ['submit', 'unhandledrejection']
  const prevent = (event: Event) => event.preventDefault()
  beforeEach(() => {
    // The runner says there what it leaves to the listener.
    for (const level of ['error', 'warn'] as const) vi.spyOn(console, level).mockImplementation(() => {})
    for (const type of types) window.addEventListener(type, prevent)
  })
  afterEach(() => {
    cleanup()
    vi.restoreAllMocks()
    for (const type of types) window.removeEventListener(type, prevent)
  })
}

/** Looks at the memory destination alone. */
export function openForm(ui: ReactElement) {
  const tracking = renderWithTracking(ui, { plan })
  const arrived = async (): Promise<readonly TrackedEvent[]> => {
    await tracking.tracker.flush()
    return tracking.destination.events
  }
  const names = async () => (await arrived()).map((event) => event.name.replace('form_', ''))
  return {
    ...tracking,
    arrived,
    /** Exactly these, in this order, without `form_`, and nothing follows. */
    async expectNames(...expected: string[]) {
      await eventually(async () => expect(await names()).toEqual(expected))
      await soon()
      expect(await names()).toEqual(expected)
    },
    /** Properties, by the name without `form_`. */
    of: async (name: string) =>
      (await arrived()).filter((one) => one.name === `form_${name}`).map(({ properties }) => properties),
  }
}
