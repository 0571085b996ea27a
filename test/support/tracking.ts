import { onTestFinished, vi } from 'vitest'
import type { AnyPlan } from '../../src/plan/define-plan.ts'
import { createManualPlatform, type ManualPlatform } from '../../src/testing/manual-platform.ts'
import {
  createTestTracker,
  type TestTracker,
  type TestTrackerOptions,
} from '../../src/testing/test-tracker.ts'

export const SECOND_MS = 1_000
export const MINUTE_MS = 60 * SECOND_MS
export const HOUR_MS = 60 * MINUTE_MS

/** On the manual platform everything asynchronous is a promise: some hundred turns end every chain of them. */
export async function drain(turns = 300): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await undefined
}

/** Keeps advice from the console until the test ends; returns what was said so far. */
export function listenToAdvice(): () => readonly string[] {
  const said = vi.spyOn(console, 'error').mockImplementation(() => {})
  onTestFinished(() => said.mockRestore())
  return () => said.mock.calls.map(([message]) => String(message))
}

/** A test tracker that ends with the test. */
export function openTracker<P extends AnyPlan>(plan: P, options: TestTrackerOptions<P> = {}): TestTracker<P> {
  const tracking = createTestTracker(plan, options)
  onTestFinished(() => tracking.tracker.dispose())
  return tracking
}

/** As many tabs of one browser as asked for, each with a tracker of its own. */
export function openTabs<P extends AnyPlan>(
  plan: P,
  count: number,
  options: TestTrackerOptions<P> = {},
): readonly TestTracker<P>[] {
  listenToAdvice() // each tab is a page of its own, but here they share one list of live trackers
  const first = options.platform ?? createManualPlatform()
  const platforms: readonly ManualPlatform[] = [
    first,
    ...Array.from({ length: count - 1 }, () => first.openTab()),
  ]
  return platforms.map((platform) => openTracker(plan, { ...options, platform }))
}
