import type { Anomaly } from '../../engine/types.ts'
import type { After } from '../../plan/after.ts'

/** `after 2 × article_viewed in a session`, `3d after pricing_viewed without trial_started`. */
export function afterInWords({
  event,
  times = 1,
  within = 'session',
  without,
}: After<object, string>): string {
  if (without !== undefined) return `${within} after ${event}, without ${without}`
  const span = within === 'session' ? 'in a session' : `within ${within}`
  return times === 1 ? `after ${event}, once ${span}` : `after ${times} × ${event} ${span}`
}

export function anomalyInWords({ kind, funnel, missing }: Anomaly): string {
  if (kind === 'double-macro') return 'a macro conversion for the second time in this session'
  return kind === 'skipped-step'
    ? `before ${missing}, which precedes it in ${funnel}`
    : `the end of ${funnel}, which never began: there was no ${missing}`
}
