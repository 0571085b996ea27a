import { judgePlan } from '../engine/expectation/judge-plan.ts'
import type { AnyTracker } from '../engine/tracker-api.ts'
import { attempt } from '../support/attempt.ts'

/** The `beforeEach` and `afterEach` hooks of a test runner. */
export interface RunnerHooks {
  readonly beforeEach: (run: () => void) => unknown
  readonly afterEach: (run: () => void) => unknown
}

interface Made {
  readonly tracker: AnyTracker
  readonly strict: boolean
}

const made = new Set<Made>()
/** Functions that unmount what was rendered, such as Testing Library's `cleanup`. */
const cleanups = new Set<() => void>()
/** Number of running tests: tests of one file may run concurrently. */
let running = 0
let hooked = false

/**
 * Disposes each test tracker at the end of the test that created it. The first call in a test file registers the hooks; later
 * calls do nothing. With concurrent tests, the trackers end when the last running test ends.
 */
export function endTrackersWithTests({ beforeEach, afterEach }: RunnerHooks): void {
  if (hooked) return
  hooked = true
  beforeEach(() => {
    running++
  })
  afterEach(() => {
    running--
    if (running === 0) endAll()
  })
}

/**
 * Registers the tracker for disposal at the end of the current test. A tracker created outside a test, as in `beforeAll`, is
 * shared by several tests and is not disposed.
 */
export function endWithTest(tracker: AnyTracker, strict: boolean): void {
  if (running > 0) made.add({ tracker, strict })
}

/**
 * Runs a function at the end of the current test, before its trackers are disposed, so that what unmounting reports still counts.
 * Testing Library itself unmounts only in runners with a global `afterEach`.
 */
export function cleanUpWithTest(cleanup: () => void): void {
  if (running > 0) cleanups.add(cleanup)
}

function endAll(): void {
  for (const cleanup of cleanups) cleanup()
  cleanups.clear()
  const ended = [...made]
  made.clear()
  const faults = ended
    .filter(({ strict }) => strict)
    .map(({ tracker }) => judgePlan(tracker.record.get().decisions, tracker.plan))
    .filter(({ pass }) => !pass)
  for (const { tracker } of ended) tracker.dispose()
  if (faults.length > 0) throw new Error(faults.map(({ message }) => message).join('\n\n'))
}

// Like Testing Library, register hooks without set-up if the runner has globals. `attempt`: a runner throws if this module is
// first loaded inside a test.
const runner = globalThis as Partial<RunnerHooks>
if (typeof runner.beforeEach === 'function' && typeof runner.afterEach === 'function')
  attempt(() => endTrackersWithTests(runner as RunnerHooks))
