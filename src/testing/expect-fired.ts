import type { Decision, Properties } from '../engine/types.ts'
import type { AnyPlan } from '../plan/define-plan.ts'
import type { EventsOf, OutputOf } from '../plan/register.ts'
import { didYouMean } from '../support/nearest.ts'
import { outcomeAdvice, unknownWords } from '../support/unknown-outcome.ts'
import type { TestTracker } from './test-tracker.ts'

/**
 * Returns the first decision of that event that fired, with at least these properties. Else it throws: what was attempted
 * instead, why it did not fire, in which properties the closest attempt differs, and why a form that was submitted has no
 * success. For any test runner.
 */
export function expectFired<P extends AnyPlan, N extends keyof EventsOf<P> & string>(
  tracking: TestTracker<P>,
  event: N,
  properties?: Partial<OutputOf<EventsOf<P>[N]>> | undefined,
): Decision {
  const decisions = tracking.decisions()
  const attempts = decisions.filter((decision) => decision.event === event)
  const wanted: Properties = { ...properties }
  const fired = attempts.find((attempt) => attempt.outcome === 'fired' && gaps(attempt, wanted).length === 0)
  if (fired) return fired
  throw new Error(
    `${event} did not fire${withProperties(wanted)}. ${whyNot(attempts, wanted, event, decisions)}${whyUnknown(tracking, event)}`,
  )
}

function whyNot(
  attempts: readonly Decision[],
  wanted: Properties,
  event: string,
  decisions: readonly Decision[],
): string {
  if (attempts.length === 0) {
    const others = [...new Set(decisions.map((decision) => decision.event))]
    const seen = others.length ? `Attempted were: ${others.join(', ')}.` : 'Nothing was.'
    return `It was never attempted.${didYouMean(event, others)} ${seen}`
  }
  // Of those that differ least, the last: what came before it is its cause.
  const closest = attempts.reduce((best, attempt) =>
    gaps(attempt, wanted).length <= gaps(best, wanted).length ? attempt : best,
  )
  const differences = gaps(closest, wanted)
  const which = attempts.length === 1 ? 'Its one attempt' : `The closest of its ${attempts.length} attempts`
  const but = differences.length ? `, with ${differences.join(', ')}` : ''
  return `${which} (no. ${closest.number}) was ${verdictOf(closest)}${but}.`
}

/** Explains the unknown outcome of the latest form whose success is the event. */
function whyUnknown<P extends AnyPlan>({ tracker }: TestTracker<P>, event: string): string {
  const { unknownOutcomes = [] } = tracker.record.get()
  const latest = unknownOutcomes.findLast((unknown) => unknown.event === event)
  if (!latest) return ''
  return ` The form "${latest.form}" was submitted, and its outcome is unknown: ${unknownWords[latest.why]}. ${outcomeAdvice}`
}

/** What became of it and why, as far as the decision knows. */
function verdictOf({ outcome, reason, frequency, consent, issues = [] }: Decision): string {
  const closed = frequency.filter(({ open }) => !open)
  const details = {
    frequency: closed.map(
      ({ rule, per, count }) =>
        `at most ${rule.max} per ${typeof per === 'string' ? per : `${per.windowMs} ms`}, ${count} before it`,
    ),
    'consent-denied': Object.entries(consent).map(([category, state]) => `${category} ${state}`),
    'consent-pending': Object.entries(consent).map(([category, state]) => `${category} ${state}`),
    'invalid-properties': issues.map(({ message }) => message),
    'code-threw': issues.map(({ message }) => message),
  } as Partial<Record<string, readonly string[]>>
  const detail = details[reason] ?? []
  return `${outcome}: ${reason}${detail.length ? ` (${detail.join('; ')})` : ''}`
}

/** `tier "team" for "pro"`: each property that is not as wanted. */
function gaps({ properties = {} }: Decision, wanted: Properties): readonly string[] {
  return Object.entries(wanted).flatMap(([name, value]) => {
    const found = properties[name]
    return json(found) === json(value) ? [] : [`${name} ${json(found)} for ${json(value)}`]
  })
}

function withProperties(wanted: Properties): string {
  return Object.keys(wanted).length ? ` with ${json(wanted)}` : ''
}

/** The same text for the same value, whatever the order of its names. */
function json(value: unknown): string {
  return JSON.stringify(value, inOrder) ?? String(value)
}

function inOrder(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
