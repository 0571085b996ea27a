import { type MemoryDestination, memory } from '../destinations/memory.ts'
import { createTracker } from '../engine/tracker.ts'
import type { TrackerOptions } from '../engine/tracker-options.ts'
import type { Decision, Tracker } from '../engine/types.ts'
import type { AnyPlan } from '../plan/define-plan.ts'
import { createManualPlatform, type ManualPlatform } from './manual-platform.ts'

export type TestTrackerOptions<P extends AnyPlan> = Omit<TrackerOptions<P>, 'plan' | 'platform'> & {
  /** Default: a new one, with working storage. */
  readonly platform?: ManualPlatform | undefined
}

export interface TestTracker<P extends AnyPlan> {
  readonly tracker: Tracker<P>
  readonly platform: ManualPlatform
  /** Receives what is sent under `analytics`. */
  readonly destination: MemoryDestination
  /** Every attempt so far, fired or not. */
  readonly decisions: () => readonly Decision[]
}

/** A tracker on a manual platform with a memory destination; consent is granted unless said otherwise. */
export function createTestTracker<P extends AnyPlan>(
  plan: P,
  options: TestTrackerOptions<P> = {},
): TestTracker<P> {
  const destination = memory()
  const platform = options.platform ?? createManualPlatform()
  const tracker = createTracker<P>({
    ...options,
    consent: options.consent ?? 'granted',
    plan,
    platform,
    destinations: [destination, ...(options.destinations ?? [])],
  })
  tracker.record.watch()
  return { tracker, platform, destination, decisions: () => tracker.record.get().decisions }
}
