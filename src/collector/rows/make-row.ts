import { derivedId, hash } from '../../support/hash.ts'
import type { WireEvent } from '../wire/wire-event.ts'
import type { PlanCheck } from './check-plan.ts'
import { cleanJson, cleanText } from './clean.ts'
import type { Cell, EventRow } from './row.ts'

/** The request that contained an event. */
export interface Arrival {
  readonly requestId: string | null
  /** Time of receipt in epoch ms, by the server's clock. */
  readonly receivedAt: number
  /** Server's clock minus the browser's, in ms; null if the batch does not say when it was sent. */
  readonly skew: number | null
  /** Returns the day of a time in the time zone of the site. */
  readonly siteDay: (time: number) => string
}

/** Maximum skew in ms that is not corrected: part of it is the time that the request took. */
export const SMALL_SKEW_MS = 60_000
const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/
export const BUCKETS = 64
/** Maximum of a signed 32-bit column. */
export const MAX_COUNT = 2 ** 31 - 1

const count = (value: number | undefined) => (value === undefined ? null : Math.min(value, MAX_COUNT))

/** Returns the day of a time in UTC, `YYYY-MM-DD`. */
export const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10)

export function rowOf(event: WireEvent, check: PlanCheck, arrival: Arrival): EventRow {
  const { id, name, version, context, page, trigger, value } = event
  const { anonymousId, user } = context
  return cleanRow({
    kind: 'event',
    ...identityOf(id),
    name,
    plan: context.plan,
    plan_version: context.planVersion,
    event_version: version ?? context.planVersion,
    origin: 'browser',
    ...timesOf(event.time, arrival),
    session_id: context.sessionId.toLowerCase(),
    anonymous_id: anonymousId.toLowerCase(),
    user_id: context.userId ?? null,
    bucket: bucketOf(anonymousId),
    outside: check.outside,
    page_number: count(page.number),
    page_path: page.path,
    page_type: page.type ?? null,
    release: context.release ?? null,
    replay: event.replay ?? null,
    ...landingOf(context),
    device: context.device.class,
    language: context.device.language,
    time_zone: context.device.timeZone,
    visit: count(user?.visit),
    returning_user: user?.returning ?? null,
    days_since_last: count(user?.daysSinceLast),
    bot: context.bot ?? false,
    persistent: context.storage !== 'memory',
    stage: event.stage ?? null,
    intent: event.intent ?? null,
    goal: event.goal ?? null,
    status: event.shadow ? 'shadow' : 'live',
    sample_rate: event.sampleRate ?? 1,
    // Version 1 of the wire format does not say it, so that the plan does.
    rollout: event.rollout ?? check.rollout,
    amount: value?.value ?? null,
    currency: value?.currency ?? null,
    component: trigger?.component ?? 'track',
    fact: trigger?.fact ?? 'call',
    fact_key: trigger?.factKey ?? null,
    attempt_id: trigger?.attemptId ?? null,
    synthetic: trigger?.synthetic === 'delivered',
    causes: event.causes ? cleanJson(event.causes) : null,
    due_at: event.dueAt === undefined ? null : Math.round(event.dueAt),
    valid: check.valid,
    issues: cleanJson(check.issues),
    skew: arrival.skew,
    request_id: arrival.requestId,
    properties: cleanJson(event.properties),
    scope: cleanJson(event.scope ?? {}),
    traits: cleanJson(context.traits ?? {}),
    experiments: cleanJson(context.experiments ?? {}),
    consent: cleanJson(context.consent),
  })
}

export function identityOf(id: string): Pick<EventRow, 'id' | 'given_id'> {
  const lower = id.toLowerCase()
  return UUID.test(lower) ? { id: lower, given_id: null } : { id: derivedId(id), given_id: id }
}

export function timesOf(told: number, { receivedAt, skew, siteDay }: Arrival) {
  const raw = Math.round(told)
  const correction = skew !== null && Math.abs(skew) > SMALL_SKEW_MS ? skew : 0
  const time = Math.max(0, Math.min(raw + correction, receivedAt))
  return {
    time,
    time_raw: raw,
    received_at: receivedAt,
    day: dayOf(raw),
    site_day: siteDay(time),
  }
}

export const bucketOf = (user: string) => Number.parseInt(hash(`bucket|${user}`).slice(0, 2), 16) % BUCKETS

function landingOf({ landing }: WireEvent['context']) {
  const { source, medium, name, term, content, click } = landing?.campaign ?? {}
  return {
    landing_path: landing?.path ?? null,
    referrer_class: landing?.referrerClass ?? null,
    utm_source: source ?? null,
    utm_medium: medium ?? null,
    utm_campaign: name ?? null,
    utm_term: term ?? null,
    utm_content: content ?? null,
    click: click ?? null,
  }
}

export function cleanRow(row: EventRow): EventRow {
  const clean = ([column, cell]: readonly [string, Cell]) =>
    [column, typeof cell === 'string' ? cleanText(cell) : cell] as const
  return Object.fromEntries(Object.entries<Cell>(row).map(clean)) as unknown as EventRow
}
