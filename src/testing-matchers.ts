export type { Expectation, Judgement, Known } from './engine/expectation/judge.ts'
export { judge } from './engine/expectation/judge.ts'
export { judgeOrder } from './engine/expectation/judge-order.ts'
export { judgePlan } from './engine/expectation/judge-plan.ts'
export type { TrackingExpectation } from './testing/matchers/expect-tracking.ts'
export { expectTracking } from './testing/matchers/expect-tracking.ts'
export type {
  EventNameOf,
  MicroconversionMatchers,
  PlanOf,
  SomeProperties,
} from './testing/matchers/matcher-types.ts'
export type { MatcherResult } from './testing/matchers/matchers.ts'
export { matchers } from './testing/matchers/matchers.ts'
