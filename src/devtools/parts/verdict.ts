import type { Decision, Outcome, Reason } from '../../engine/record/decision.ts'
import { hasInvalid, isTrouble } from './words.ts'

/**
 * Result of an attempt, for a tester at a glance. `undelivered`: fired, and a destination did not get it.
 * `mistake`: dropped because of a mistake in the code or in the plan, as opposed to `dropped`, by a rule.
 */
export type Verdict = 'fired' | 'undelivered' | 'held' | 'dropped' | 'mistake' | 'shadowed'

/** Label of each verdict. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  fired: 'Fired',
  undelivered: 'Fired, not delivered',
  held: 'Held',
  dropped: 'Dropped',
  mistake: 'Dropped by mistake',
  shadowed: 'Shadow',
}

const mistakes: ReadonlySet<Reason> = new Set([
  'unknown-event',
  'invalid-properties',
  'code-threw',
  'personal-data',
  'queue-full',
  'no-destination',
  'retired',
])

/** Verdict of an attempt that has all its deliveries. */
const settled = {
  fired: 'fired',
  held: 'held',
  dropped: 'dropped',
  shadowed: 'shadowed',
} as const satisfies Record<Outcome, Verdict>

export function verdictOf({ outcome, reason, deliveries }: Decision): Verdict {
  if (outcome === 'dropped' && mistakes.has(reason)) return 'mistake'
  if (outcome === 'fired' && Object.values(deliveries).some(isTrouble)) return 'undelivered'
  return settled[outcome]
}

/** Returns the error code of a form submission that failed for another reason than invalid fields. */
export function failureCodeOf({ trigger, properties }: Pick<Decision, 'trigger' | 'properties'>) {
  const code = trigger.fact === 'failure' ? properties?.['error_code'] : undefined
  return typeof code === 'string' && code !== 'validation' ? code : undefined
}

/** Returns whether there is something to look into: a mistake, a delivery that failed, or a form that failed. */
export function isProblem(decision: Decision): boolean {
  const verdict = verdictOf(decision)
  return (
    verdict === 'mistake' ||
    verdict === 'undelivered' ||
    (decision.outcome !== 'dropped' && hasInvalid(decision)) ||
    failureCodeOf(decision) !== undefined
  )
}
