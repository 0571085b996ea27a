import { type Expectation, type Judgement, judge, type Known } from '../engine/expectation/judge.ts'
import type { Decision } from '../engine/record/decision.ts'
import type { AnyPlan } from '../plan/define-plan.ts'
import type { EventsOf, OutputOf } from '../plan/register.ts'

type NameIn<P extends AnyPlan> = keyof EventsOf<P> & string

/** An event that a story must cause: its name, or an expectation with properties, outcome, reason or number. */
export type ExpectedEvent<P extends AnyPlan = AnyPlan> = {
  [N in NameIn<P>]: N | Expectation<N, Partial<OutputOf<EventsOf<P>[N]>>>
}[NameIn<P>]

/** An expectation on an event of any plan. */
export type WantedEvent = Expectation

/** An expectation of a story, and whether its decisions meet it. */
export interface ExpectationResult extends Pick<Judgement, 'pass' | 'message'> {
  readonly expected: WantedEvent
}

type Given = string | WantedEvent

/** Returns the `expect` parameter of a story as a list of expectations. */
export function wantedBy(expect: Given | readonly Given[] | undefined): readonly WantedEvent[] {
  const list = expect === undefined ? [] : isList(expect) ? expect : [expect]
  return list.map((each) => (typeof each === 'string' ? { event: each } : each))
}

const isList = (given: Given | readonly Given[]): given is readonly Given[] => Array.isArray(given)

export function judgeAll(
  decisions: readonly Decision[],
  wanted: readonly WantedEvent[],
  known: Known,
): readonly ExpectationResult[] {
  return wanted.map((expected) => {
    const { pass, message } = judge(decisions, expected, known)
    return { expected, pass, message }
  })
}

/** How a failed expectation counts: `error` fails the story, `todo` is a warning, `off` judges nothing. */
export type TestMode = 'error' | 'todo' | 'off'

export type ReportStatus = 'passed' | 'warning' | 'failed'

export function statusOf(results: readonly ExpectationResult[], mode: TestMode): ReportStatus {
  if (results.every(({ pass }) => pass)) return 'passed'
  return mode === 'error' ? 'failed' : 'warning'
}

/** Joins the messages of the failed expectations. */
export function failuresIn(results: readonly ExpectationResult[]): string {
  return results
    .filter(({ pass }) => !pass)
    .map(({ message }) => message)
    .join('\n\n')
}
