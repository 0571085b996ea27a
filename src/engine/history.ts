import type { Duration } from '../plan/after.ts'
import { durationMs } from '../plan/after.ts'
import type { History, JourneyStep } from './types.ts'

/** The steps of one event, oldest first, in the present session, in a time before now, or ever. */
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
