import { emptyRow } from '../../collector/rows/empty-row.ts'
import type { EventRow } from '../../collector/rows/row.ts'
import { demoPlan } from './demo-plan.ts'
import type { Random } from './random.ts'

export type Device = 'mobile' | 'desktop' | 'tablet'

/** A session of a simulated user. */
export interface Visit {
  readonly sessionId: string
  readonly user: string
  readonly device: Device
  readonly outside: string
  readonly skew: number
  readonly source: string
  readonly campaign: string | null
  /** Number of the visit, from 1. */
  readonly number: number
}

const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10)

/** Returns the row of an event, as a collector stores it. */
export function rowOfVisit(random: Random, visit: Visit, name: string, time: number): EventRow {
  const planned = demoPlan.events.get(name)
  const raw = time - visit.skew
  return {
    ...common,
    id: random.uuid(),
    name,
    time,
    time_raw: raw,
    received_at: time + 40 + random.below(2_000),
    day: dayOf(raw),
    site_day: dayOf(time),
    session_id: visit.sessionId,
    anonymous_id: visit.user,
    outside: visit.outside,
    utm_source: visit.campaign && visit.source,
    utm_medium: visit.campaign && (visit.source === 'ads' ? 'cpc' : 'email'),
    utm_campaign: visit.campaign,
    referrer_class: visit.campaign ? 'none' : visit.source,
    device: visit.device,
    visit: visit.number,
    returning_user: visit.number > 1,
    stage: planned?.stage ?? null,
    status: planned?.status === 'shadow' ? 'shadow' : 'live',
    rollout: planned?.rollout ?? 1,
    skew: visit.skew,
  }
}

const common: EventRow = {
  ...emptyRow,
  kind: 'event',
  plan: demoPlan.name,
  plan_version: demoPlan.version,
  event_version: demoPlan.version,
  page_number: 1,
  page_path: '/',
  page_type: 'home',
  release: '1.0.0',
  landing_path: '/',
  language: 'en',
  time_zone: 'Europe/Berlin',
  bot: false,
  persistent: true,
  sample_rate: 1,
  component: 'track',
  fact: 'call',
  synthetic: false,
  valid: true,
  properties: '{}',
  scope: '{}',
  traits: '{}',
  consent: '{"analytics":"granted"}',
}
