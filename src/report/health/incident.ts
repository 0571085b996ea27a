/** Days without an alarm after which the next one is a new incident. */
const QUIET_DAYS = 7

/** Since when there is an alarm, in days before the judged one, and whether that is a new incident. */
export interface Incident {
  readonly daysAgo: number
  readonly isNew: boolean
}

/**
 * Judges the last day again on each day before, because no state is stored: `judge(ago)` says whether there was an alarm so many days
 * ago. An incident begins with an alarm after 7 days without one. Looks back `MAX_DAYS_AGO` days at most.
 */
export function incidentOf(judge: (ago: number) => boolean): Incident | null {
  if (!judge(0)) return null
  let daysAgo = 0
  for (let ago = 1; ago <= MAX_DAYS_AGO && ago - daysAgo <= QUIET_DAYS; ago++) if (judge(ago)) daysAgo = ago
  return { daysAgo, isNew: daysAgo === 0 }
}

export const MAX_DAYS_AGO = 14
