import type { PlannedEvent } from '../../plan/define-plan.ts'
import { draw } from '../../plan/draw.ts'
import type { Who } from '../who/who.ts'

/** Ids that rollout and sampling draw by. */
export interface Units {
  readonly user: string
  readonly session: string
  readonly event: string
}

export const unitsOf = ({ user, session }: Who, event: string): Units => ({
  user: user.id,
  session: session.id,
  event,
})

/**
 * Draws rollout and sampling. Returns the reason if a unit does not take part in the event. Without `units`, nothing is
 * drawn: only an event in which none takes part has a reason.
 */
export function drawnOut(event: string, planned: PlannedEvent, units: Units | undefined) {
  const { goal = event, rollout = 1, sampleRate = 1, sampleBy = 'user' } = planned
  const isOut = (by: 'rollout' | 'sample', share: number, unit: keyof Units) =>
    share < 1 && (units ? draw(by, goal, units[unit]) : 0) >= share
  if (isOut('rollout', rollout, 'user')) return 'not-in-rollout'
  return isOut('sample', sampleRate, sampleBy) ? 'sampled-out' : undefined
}
