import type { Decision } from '../../engine/record/decision.ts'

/** Returns the filter text that finds attempts of this event with this reason, also in the session of another person. */
export function attemptLink({ event, reason }: Pick<Decision, 'event' | 'reason'>): string {
  return `event:"${event.replaceAll('"', '')}" reason:"${reason}"`
}
