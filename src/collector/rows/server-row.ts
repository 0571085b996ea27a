import type { ServerEvent } from '../../plan/server-event.ts'
import type { PlanCheck } from './check-plan.ts'
import { cleanJson } from './clean.ts'
import { emptyRow } from './empty-row.ts'
import { type Arrival, bucketOf, cleanRow, identityOf, timesOf } from './make-row.ts'
import type { EventRow } from './row.ts'

/** Returns the row of a server's event: without page, landing and device, and perhaps without a user. */
export function serverRow(event: ServerEvent, check: PlanCheck, arrival: Arrival): EventRow {
  const { id, name, plan, planVersion, version, userId, sessionId, value } = event
  const anonymousId = event.anonymousId?.toLowerCase()
  return cleanRow({
    ...emptyRow,
    kind: 'event',
    ...identityOf(id),
    name,
    plan,
    plan_version: planVersion,
    event_version: version,
    origin: 'server',
    ...timesOf(event.time, arrival),
    session_id: sessionId?.toLowerCase() ?? null,
    ...(anonymousId !== undefined && { anonymous_id: anonymousId, bucket: bucketOf(anonymousId) }),
    user_id: userId ?? null,
    outside: check.outside,
    bot: false,
    stage: event.stage ?? null,
    intent: event.intent ?? null,
    goal: event.goal ?? null,
    status: event.shadow ? 'shadow' : 'live',
    sample_rate: 1,
    rollout: 1,
    amount: value?.value ?? null,
    currency: value?.currency ?? null,
    component: 'server',
    fact: 'call',
    synthetic: false,
    valid: check.valid,
    issues: cleanJson(check.issues),
    properties: cleanJson(event.properties),
    scope: '{}',
    traits: '{}',
    consent: cleanJson(event.consent),
  })
}
