import { type Expectation, type Judgement, judge } from '../../engine/expectation/judge.ts'
import { judgeOrder } from '../../engine/expectation/judge-order.ts'
import { judgePlan } from '../../engine/expectation/judge-plan.ts'
import type { Properties } from '../../engine/pipeline/occurrence.ts'
import type { Reason } from '../../engine/record/decision.ts'
import type { AnyPlan } from '../../plan/define-plan.ts'
import { MicroconversionError } from '../../support/errors.ts'
import { didYouMean } from '../../support/nearest.ts'
import { type Seen, seenBy } from './received.ts'

/** Result of a matcher, as `expect.extend` needs it. */
export interface MatcherResult {
  readonly pass: boolean
  readonly message: () => string
}

function resultOf({ pass, message }: Judgement): MatcherResult {
  return { pass, message: () => (pass ? `Expected the contrary, but:\n${message}` : message) }
}

/** Throws RMC403 for an event that is not in the plan: with a misspelt name, `not` would always pass. */
function checkName({ plan, decisions }: Seen, name: string): void {
  if (!plan || plan.events.has(name) || decisions.some(({ event }) => event === name)) return
  const names = [...plan.events.keys()]
  throw new MicroconversionError(
    'RMC403',
    `The plan "${plan.name}" has no event "${name}", and it was never attempted: an assertion on it proves nothing.${didYouMean(name, names)}`,
  )
}

function meets(received: unknown, expectation: Expectation): MatcherResult {
  const seen = seenBy(received)
  checkName(seen, expectation.event)
  return resultOf(judge(seen.decisions, expectation, seen.known))
}

/** Matchers for `expect.extend` of Vitest, Jest, Playwright, and runners with the same interface. */
export const matchers = {
  toHaveFired: (received: unknown, event: string, properties?: Properties) =>
    meets(received, { event, properties }),

  toHaveFiredTimes: (received: unknown, event: string, times: number, properties?: Properties) =>
    meets(received, { event, times, properties }),

  toHaveFiredInOrder(received: unknown, events: readonly string[]): MatcherResult {
    const seen = seenBy(received)
    for (const event of events) checkName(seen, event)
    return resultOf(judgeOrder(seen.decisions, events, seen.known))
  },

  toHaveDropped: (received: unknown, event: string, reason?: Reason, properties?: Properties) =>
    meets(received, { event, outcome: 'dropped', reason, properties }),

  toHaveBeenHeld: (received: unknown, event: string, properties?: Properties) =>
    meets(received, { event, outcome: 'held', properties }),

  toMatchPlan(received: unknown, plan?: AnyPlan): MatcherResult {
    const seen = seenBy(received)
    return resultOf(judgePlan(seen.decisions, plan ?? seen.plan))
  },
}
