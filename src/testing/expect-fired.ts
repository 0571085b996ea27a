import { judge } from '../engine/expectation/judge.ts'
import type { Decision } from '../engine/record/decision.ts'
import type { AnyPlan } from '../plan/define-plan.ts'
import type { EventsOf, OutputOf } from '../plan/register.ts'
import type { TestTracker } from './test-tracker.ts'

/**
 * Returns the first decision in which the event fired with at least these properties. Works with any test runner. If there is
 * none, throws an `Error` that lists the attempts, why they did not fire, how the properties of the closest attempt differ, and
 * why a submitted form has no success.
 *
 * @example
 * expectFired(tracking, 'pricing_clicked', { tier: 'pro' })
 */
export function expectFired<P extends AnyPlan, N extends keyof EventsOf<P> & string>(
  tracking: TestTracker<P>,
  event: N,
  properties?: Partial<OutputOf<EventsOf<P>[N]>> | undefined,
): Decision {
  const expectation = { event, properties: { ...properties } }
  const { matches, message } = judge(tracking.decisions(), expectation, tracking.tracker.record.get())
  const [first] = matches
  if (!first) throw new Error(message)
  return first
}
