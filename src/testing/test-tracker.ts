import { type MemoryDestination, memory } from '../destinations/memory.ts'
import type { Decision } from '../engine/record/decision.ts'
import { createTracker } from '../engine/tracker.ts'
import type { Tracker } from '../engine/tracker-api.ts'
import type { TrackerOptions } from '../engine/tracker-options.ts'
import type { AnyPlan } from '../plan/define-plan.ts'
import { createManualPlatform, type ManualPlatform } from './manual-platform.ts'
import { endWithTest } from './test-end.ts'

/** Options of `createTestTracker`: those of `createTracker`, with a manual platform; `consent` is `'granted'` by default. */
export type TestTrackerOptions<P extends AnyPlan> = Omit<TrackerOptions<P>, 'plan' | 'platform'> & {
  /** Platform of the tracker. Default: a new manual platform with working storage. */
  readonly platform?: ManualPlatform | undefined
  /** Fails the test at its end if an event is not in the plan or has invalid properties. Default false. */
  readonly strict?: boolean | undefined
}

/** A tracker for tests, with its platform, its destination and its decisions. */
export interface TestTracker<P extends AnyPlan> {
  /** The tracker, as `createTracker` returns it. */
  readonly tracker: Tracker<P>
  /** Moves time, storage, tabs and page life by hand. */
  readonly platform: ManualPlatform
  /** Keeps the events that it receives; needs consent for `analytics`. */
  readonly destination: MemoryDestination
  /** Returns the decision of every attempt so far, oldest first, fired or not. */
  readonly decisions: () => readonly Decision[]
}

/**
 * Creates a tracker on a manual platform with a memory destination. Consent is `granted` unless you pass `consent`. The tracker
 * is disposed at the end of the test if the runner has global hooks, or if you import a set-up entry such as
 * `react-microconversions/testing/vitest`.
 *
 * @example
 * const tracking = createTestTracker(plan)
 * tracking.tracker.track('demo_booked')
 * expect(tracking).toHaveFired('demo_booked')
 */
export function createTestTracker<P extends AnyPlan>(
  plan: P,
  { strict = false, ...options }: TestTrackerOptions<P> = {},
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
  endWithTest(tracker, strict)
  return { tracker, platform, destination, decisions: () => tracker.record.get().decisions }
}
