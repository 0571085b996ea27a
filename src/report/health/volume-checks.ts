import { count } from '../text/numbers.ts'
import { unusualTraffic } from './traffic.ts'
import { alarmLevel, type DailyVolume, daysUntilNoticed, deviationIn } from './volume.ts'
import { type Finding, incidentIn, seriesOf, type Watch, within } from './watch.ts'

/** How often an event happens, and how long an outage of it would go unnoticed. */
export interface EventHealth {
  readonly event: string
  readonly owner: string | null
  /** Mean number of events a day, over the last 28 days. */
  readonly perDay: number
  /** Days after which an outage of the event would be noticed. Null: not within a week, because it is too rare or too new. */
  readonly noticedAfterDays: number | null
}

/** Checks sessions, and each event per session. */
export async function checkVolumes(watch: Watch) {
  const { store, events } = watch
  const sessions = await sessionsOf(watch)
  const counts = await store.query<{ site_day: string; name: string; n: number }>(
    'select site_day, name, count(*) as n from report_events group by site_day, name',
  )
  const since = await shareBegins(watch)
  const level = alarmLevel(events.length)
  const volumes = events.map((event) => {
    const own = counts.filter(
      ({ name, site_day }) => name === event.wireName && site_day >= (since.get(name) ?? ''),
    )
    return { event, volume: { counts: seriesOf(watch, own, ({ n }) => n, 0), sessions } }
  })
  return {
    findings: [
      ...trafficFindings(sessions),
      ...volumes.flatMap(({ event, volume }) => deviationFindings(event, volume, level)),
    ],
    events: volumes.map(
      ({ event, volume }): EventHealth => ({
        event: event.event,
        owner: event.owner,
        perDay: perDay(volume.counts),
        noticedAfterDays: daysUntilNoticed(volume, level),
      }),
    ),
  }
}

/** Sessions of browsers on each day. */
async function sessionsOf(watch: Watch): Promise<readonly number[]> {
  const rows = await watch.store.query<{ site_day: string; n: number }>(
    `select site_day, count(distinct session_id) as n from report_events
      where session_id is not null and origin <> 'server' group by site_day`,
  )
  return seriesOf(watch, rows, ({ n }) => n, 0)
}

/**
 * Returns, for names whose rollout or sampling has changed, the first day on which all events have the present share: counts before
 * do not compare.
 */
async function shareBegins(watch: Watch): Promise<ReadonlyMap<string, string>> {
  const rows = await watch.store.query<{ name: string; site_day: string; low: number; high: number }>(
    `select * from (select name, site_day, min(share) as low, max(share) as high from health_rows
      where ${within(watch)} and origin = 'browser' group by name, site_day) as t order by site_day`,
  )
  const begins = new Map<string, string>()
  const last = new Map<string, number>()
  for (const { name, site_day, low, high } of rows) {
    const before = last.get(name) ?? high
    if (low !== high || high !== before) begins.set(name, site_day)
    last.set(name, high)
  }
  return begins
}

function trafficFindings(sessions: readonly number[]): readonly Finding[] {
  const unusual = unusualTraffic(sessions)
  const incident = incidentIn(sessions, (days) => unusualTraffic(days) !== null)
  if (!unusual || !incident) return []
  const { observed, expected } = unusual
  return [
    {
      kind: 'sessions',
      incident,
      message: `${count(observed)} sessions on the last day, where ${count(expected)} were expected. Events are judged per session and are not reported for this.`,
    },
  ]
}

function deviationFindings(
  event: Watch['events'][number],
  { counts, sessions }: DailyVolume,
  level: number,
): readonly Finding[] {
  const found = deviationIn({ counts, sessions }, level)
  if (!found) return []
  const pairs = counts.map((n, day) => ({ n, sessions: sessions[day] ?? 0 }))
  const incident = incidentIn(pairs, (days) => {
    const volume = { counts: days.map(({ n }) => n), sessions: days.map((day) => day.sessions) }
    return deviationIn(volume, level) !== null
  })
  if (!incident) return []
  const { kind, days, observed, expected } = found
  const within = days === 1 ? 'on the last day' : `in the last ${days} days`
  const happened = observed === 0 ? 'did not happen' : `happened ${count(observed)} times`
  return [
    {
      kind,
      event,
      incident,
      message: `"${event.event}" ${happened} ${within}, where ${count(Math.round(expected))} were expected for so many sessions.`,
    },
  ]
}

function perDay(counts: readonly number[]): number {
  const last = counts.slice(-28)
  return last.reduce((total, n) => total + n, 0) / Math.max(1, last.length)
}
