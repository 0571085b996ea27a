import { type Duration, durationMs } from '../../support/duration.ts'
import type { History, JourneyStep } from './journey-view.ts'

/** Returns the steps of one event, oldest first: of the present session, of a time before now, or all. */
export function stepsOf(
  { steps, session, now }: History,
  event: string,
  within?: Duration | 'session' | undefined,
): readonly JourneyStep[] {
  const since =
    within === undefined || within === 'session' ? Number.NEGATIVE_INFINITY : now - durationMs(within)
  return steps.filter(
    (step) => step.event === event && step.time > since && (within !== 'session' || step.session === session),
  )
}
