import type { AnyPlan } from '../../plan/define-plan.ts'
import type { Manifest } from '../../plan/manifest.ts'
import { MicroconversionError } from '../../support/errors.ts'
import { manifestFor, namedEvents } from '../planned-events.ts'
import type { Store } from '../store/store.ts'
import { dayIn, plusDays } from '../tables/days.ts'
import { loadEvents, storedColumns } from '../tables/load-events.ts'
import { type SurveyRow, storedDays, surveyOf } from '../tables/survey.ts'
import type { Alarm } from './alarm.ts'
import { checkIssues, checkProperties, checkUnknown } from './drift-checks.ts'
import {
  checkBots,
  checkClocks,
  checkCopies,
  checkNeverSeen,
  checkVersions,
  countVersions,
  NOT_LIVE,
} from './plan-checks.ts'
import { checkSilence } from './silence.ts'
import { checkVolumes, type EventHealth } from './volume-checks.ts'
import { type Finding, keepRows, WATCHED_DAYS, type Watch } from './watch.ts'

/** Options of `checkHealth`. */
export interface HealthOptions {
  /** The plan, or its manifest. Default: the newest manifest in the store. */
  readonly plan?: AnyPlan | Manifest | undefined
  /** IANA name of the time zone for full days: that of the collector. Default `'UTC'`. */
  readonly timeZone?: string | undefined
  /** Time of the check in epoch ms. Default: now. */
  readonly now?: number | undefined
}

/** Result of `checkHealth`: plain JSON. */
export interface Health {
  readonly schema: 'react-microconversions/health/1'
  /** Epoch ms at which it was checked. */
  readonly createdAt: number
  readonly plan: string | null
  /** Last full day, which was judged. */
  readonly day: string
  /** New alarms first. */
  readonly alarms: readonly Alarm[]
  /** How long an outage of each event would go unnoticed; the longest first. */
  readonly events: readonly EventHealth[]
  /** Sentences on what could not be checked. */
  readonly notes: readonly string[]
}

/** Full days with which the first volumes are compared. */
const MIN_DAYS = 8
const TRAFFIC_MIN_DAYS = 22
/** Columns that the checks read. */
const READ = [...storedColumns([], []), 'skew', 'rollout', 'sample_rate', 'properties'] as const

/**
 * Checks whether events still arrive as usual: silence, sessions, each event per session, invalid and unknown events, lost properties,
 * copies, clocks, bots and old versions of the plan. Rules are strict, so that a site in which nothing is wrong has an alarm less than
 * once a month. No state is stored: what was an alarm in the 7 days before is recomputed.
 *
 * Throws if the store has no full day of events (RMC633), or has several plans and none is given.
 *
 * @example
 * const store = await openStore('events')
 * const { alarms } = await checkHealth(store)
 * for (const { message, owner } of alarms.filter(({ isNew }) => isNew)) notify(owner, message)
 */
export async function checkHealth(store: Store, options: HealthOptions = {}): Promise<Health> {
  const { now = Date.now(), timeZone = 'UTC' } = options
  const manifest = await manifestFor(store, options.plan)
  const plan = manifest?.plan ?? null
  const parsed = { ...store, rows: await store.parsed(READ) }
  const survey = await surveyOf(parsed)
  const days = watchedDays(survey, plan, { timeZone, now })
  const [from, to] = [days[0] as string, days.at(-1) as string]
  const once = await loadEvents({
    store: parsed,
    plan,
    period: { from, to },
    baseline: null,
    segments: [],
    survey,
  })
  await store.keep(
    'report_events',
    `select e.name as name, e.origin as origin, e.time as time, e.site_day as site_day, e.session_id as session_id, e.plan_version as plan_version,
      e.release as release, e.valid as valid, e.issues as issues from ${once} as e`,
  )
  const named = await namedEvents(store, manifest, undefined)
  const events = named.filter(({ event }) => !NOT_LIVE.has(manifest?.events[event]?.status ?? 'live'))
  const watch: Watch = { store, sql: store.dialect, plan, events, days, survey, now }
  await keepRows({ ...watch, store: parsed })
  const volumes = await checkVolumes(watch)
  const versions = await countVersions(watch)
  const manifests = (await store.manifests()).filter((each) => each.plan === plan)
  const findings = [
    ...(await checkSilence(watch)),
    ...volumes.findings,
    ...(await checkNeverSeen(watch, versions, manifests)),
    ...(await checkIssues(watch)),
    ...(await checkUnknown(watch)),
    ...(await checkProperties(watch)),
    ...checkVersions(watch, versions),
    ...(await checkCopies(watch)),
    ...(await checkClocks(watch)),
    ...(await checkBots(watch)),
  ]
  const releases = await releasesIn(watch)
  return {
    schema: 'react-microconversions/health/1',
    createdAt: now,
    plan,
    day: to,
    alarms: findings
      .map((finding) => alarmOf(finding, watch, releases))
      .sort((a, b) => Number(b.isNew) - Number(a.isNew)),
    events: [...volumes.events].sort((a, b) => (b.noticedAfterDays ?? 99) - (a.noticedAfterDays ?? 99)),
    notes: notesOn(days.length, manifest),
  }
}

/** Returns the full days to read. The first day of a store is left out: it is seldom full. */
function watchedDays(
  survey: readonly SurveyRow[],
  plan: string | null,
  { timeZone, now }: { readonly timeZone: string; readonly now: number },
): readonly string[] {
  const to = plusDays(dayIn(timeZone, now), -1)
  const first = storedDays(survey, plan, timeZone)?.from
  if (first === undefined || first >= to)
    throw new MicroconversionError(
      'RMC633',
      `The store has no full day of events${plan === null ? '' : ` of the plan "${plan}"`}, so that nothing can be checked. Check the folder or table, and the name of the plan; a new store can be checked after two days.`,
    )
  const earliest = plusDays(to, 1 - WATCHED_DAYS)
  const days = Array.from({ length: WATCHED_DAYS }, (_, index) => plusDays(earliest, index))
  return days.filter((day) => day > first)
}

interface Release {
  readonly release: string
  readonly day: string
}

/** Returns the releases that appeared within the watched days, newest first. */
async function releasesIn({ store, days }: Watch): Promise<readonly Release[]> {
  const rows = await store.query<{ release: string; day: string }>(
    `select * from (select release, min(site_day) as day, min(time) as first_time from report_events
      where release is not null group by release) as t order by first_time desc, release`,
  )
  return rows.filter(({ day }) => day > (days[0] as string))
}

function alarmOf(
  { kind, event, incident, message }: Finding,
  { days }: Watch,
  releases: readonly Release[],
): Alarm {
  const since = days[Math.max(0, days.length - 1 - incident.daysAgo)] as string
  // A release of the day before may have been deployed in the evening.
  const release = releases.find(({ day }) => day <= since && day >= plusDays(since, -1))?.release
  return {
    kind,
    event: event?.event ?? null,
    owner: event?.owner ?? null,
    since,
    isNew: incident.isNew,
    // Releases come from the wire, and an alarm may be shown where text is markup.
    release: release !== undefined && /^[\w.+-]{1,80}$/.test(release) ? release : null,
    message,
  }
}

function notesOn(days: number, manifest: Manifest | null): readonly string[] {
  return [
    ...(days < MIN_DAYS
      ? [`Only ${days} full days are stored: events per session are judged from the eighth day on.`]
      : []),
    ...(days < TRAFFIC_MIN_DAYS
      ? [`Only ${days} full days are stored: sessions are judged after three weeks.`]
      : []),
    ...(manifest
      ? []
      : ['The store has no plan: events that never happened are not known. Give it as `plan`.']),
  ]
}
