import type { AnyTracker } from '../../engine/tracker-api.ts'
import { newId } from '../../platform/browser.ts'

/** One use of an embed, from its opening to its outcome. */
export interface EmbedAttempt {
  readonly id: string
  /** Facts that were reported. */
  readonly told: Set<string>
  /** Time of the first fact, by the page's clock; undefined before it. */
  startedAtMs?: number | undefined
  /** Ids of the steps seen, in order. */
  readonly steps: string[]
  /** Index of the step in view, from 1; 0 before the first. */
  step: number
  stepAtMs: number
}

const newAttempt = (): EmbedAttempt => ({ id: newId(), told: new Set(), steps: [], step: 0, stepAtMs: 0 })

/** The attempts of the present page, by component and name: they outlive re-mounts, and end with the page scope. */
const attempts = new WeakMap<AnyTracker, Map<string, EmbedAttempt>>()

function attemptsOf(tracker: AnyTracker): Map<string, EmbedAttempt> {
  const known = attempts.get(tracker)
  if (known) return known
  const created = new Map<string, EmbedAttempt>()
  attempts.set(tracker, created)
  tracker.onPageEnd(() => created.clear())
  return created
}

/** Returns the present attempt. `anew` begins another one. */
export function attemptOf(
  tracker: AnyTracker,
  key: string,
  anew?: (last: EmbedAttempt) => boolean,
): EmbedAttempt {
  const all = attemptsOf(tracker)
  const last = all.get(key)
  const present = last && !anew?.(last) ? last : newAttempt()
  all.set(key, present)
  return present
}

/** Seconds since the first fact, rounded to tenths. Begins the time if it has not begun. */
export function secondsSince(attempt: EmbedAttempt): number {
  const nowMs = performance.now()
  attempt.startedAtMs ??= nowMs
  return Math.round((nowMs - attempt.startedAtMs) / 100) / 10
}
