import type { Known } from '../../engine/expectation/judge.ts'
import type { Decision } from '../../engine/record/decision.ts'
import type { RecordView } from '../../engine/record/record-view.ts'
import type { AnyPlan } from '../../plan/define-plan.ts'
import { MicroconversionError } from '../../support/errors.ts'

/** The decisions in the value passed to `expect()`. */
export interface Seen {
  readonly decisions: readonly Decision[]
  readonly known: Known
  /** Plan of the tracker; undefined if the value contains decisions only. */
  readonly plan?: AnyPlan | undefined
}

interface TrackerLike {
  readonly plan: AnyPlan
  readonly record: RecordView
}

/**
 * Reads a test tracker, the return value of `renderWithTracking`, a tracker, a Playwright fixture, a session file, or a list
 * of decisions. Throws RMC402 for anything else.
 */
export function seenBy(received: unknown): Seen {
  if (isDecisions(received)) return { decisions: received, known: {} }
  if (!isObject(received)) return refuse(received)
  const tracker = isTracker(received['tracker']) ? received['tracker'] : received
  if (isTracker(tracker)) {
    const state = tracker.record.get()
    return { decisions: state.decisions, known: state, plan: tracker.plan }
  }
  const { decisions } = received
  const given: unknown = typeof decisions === 'function' ? decisions.call(received) : decisions
  return isDecisions(given) ? { decisions: given, known: {} } : refuse(received)
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

const isTracker = (value: unknown): value is TrackerLike =>
  isObject(value) && isObject(value['record']) && typeof value['record']['get'] === 'function'

const isDecisions = (value: unknown): value is readonly Decision[] =>
  Array.isArray(value) && value.every((each) => isObject(each) && 'outcome' in each && 'event' in each)

function refuse(received: unknown): never {
  const what = received === null ? 'null' : Array.isArray(received) ? 'another list' : `${typeof received}`
  throw new MicroconversionError(
    'RMC402',
    `This matcher reads a test tracker, the return value of renderWithTracking(), a tracker, the Playwright fixture, a session file, or decisions. It was given ${what}${what === 'function' ? ': call it' : ''}.`,
  )
}
