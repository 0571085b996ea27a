import { afterEach, beforeEach, expect, vi } from 'vitest'
import { page } from 'vitest/browser'
import { forgetChoices, hosts } from './overlay.tsx'

type Cleanup = () => void

/**
 * Begins each test of this file without remembered choices, in a viewport of this size. The returned function takes
 * what is to be called after the test, last first.
 */
export function cleanOverlay(width = 1280, height = 800): (...cleanups: readonly Cleanup[]) => void {
  let cleanups: Cleanup[] = []

  beforeEach(async () => {
    forgetChoices()
    await page.viewport(width, height)
  })

  afterEach(async () => {
    for (const cleanup of cleanups.reverse()) cleanup()
    cleanups = []
    await vi.waitFor(() => expect(hosts()).toHaveLength(0))
    forgetChoices()
    vi.restoreAllMocks()
  })

  return (...added) => void cleanups.push(...added)
}
