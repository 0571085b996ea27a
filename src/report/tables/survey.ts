import type { Period } from '../report-types.ts'
import type { Store } from '../store/store.ts'
import { dayIn, lengthOf, plusDays } from './days.ts'

/** Numbers of stored rows of one plan, day of the site, and day of the browser's clock. */
export interface SurveyRow {
  /** Empty for refused events and unreadable lines. */
  readonly plan: string
  readonly kind: 'event' | 'refused' | 'unreadable'
  readonly siteDay: string
  readonly day: string
  /** Rows of users, copies included. */
  readonly rows: number
  readonly bots: number
  readonly synthetic: number
  /** Rows that a server reported. */
  readonly fromServers: number
  /** All rows; refused ones without copies. */
  readonly all: number
  /** Time at which the collector received the first row of a browser, in epoch ms; null without one. */
  readonly firstReceived: number | null
}

type Found = {
  readonly kind: string | null
  readonly plan: string | null
  readonly site_day: string | null
  readonly day: string | null
  readonly users: number
  readonly servers: number
  readonly received: number | null
  readonly n: number
}

/** Counts all stored rows in one pass, because a pass over many files takes time. */
export async function surveyOf(store: Store): Promise<readonly SurveyRow[]> {
  const found = await store.query<Found>(
    `select kind, plan, site_day, day, count(*) as n,
      sum(case when coalesce(bot, false) or coalesce(synthetic, false) then 0 else 1 end) as users,
      sum(case when origin = 'server' then 1 else 0 end) as servers,
      min(case when origin = 'browser' then received_at else null end) as received
    from ${store.rows} where coalesce(kind, '') <> 'erased' group by kind, plan, site_day, day`,
  )
  const isEvent = ({ kind }: Found) => kind === 'event'
  const others = found.some((row) => isEvent(row) && row.users < row.n) ? await othersOf(store) : []
  const refused = found.some(({ kind }) => kind === 'refused') ? await refusedOf(store) : []
  return found.map((row) => {
    const isSame = ({ plan, site_day, day }: Pick<Found, 'plan' | 'site_day' | 'day'>) =>
      plan === row.plan && site_day === row.site_day && day === row.day
    const other = others.find(isSame)
    return {
      plan: row.plan ?? '',
      kind: row.kind === 'event' || row.kind === 'refused' ? row.kind : 'unreadable',
      siteDay: row.site_day ?? '',
      day: row.day ?? '',
      rows: isEvent(row) ? row.users : 0,
      bots: (isEvent(row) && other?.bots) || 0,
      synthetic: (isEvent(row) && other?.synthetic) || 0,
      fromServers: isEvent(row) ? row.servers : 0,
      all: (row.kind === 'refused' && refused.find(isSame)?.n) || row.n,
      firstReceived: row.received,
    }
  })
}

/** Below this share of the events, and of the events a day, those of days before the collector's first are single late ones. */
const LATE_SHARE = 0.1

/**
 * Returns the first and the last day with events of a plan; undefined without any. Days before the collector received its first event
 * count only if they have many events, which were imported: a browser may deliver single events weeks later.
 */
export function storedDays(
  survey: readonly SurveyRow[],
  plan: string | null,
  timeZone: string,
): Period | undefined {
  const own = survey.filter((row) => row.rows > 0 && (plan === null || row.plan === plan))
  const days = own.map(({ siteDay }) => siteDay).sort()
  const [first, to] = [days[0], days.at(-1)]
  if (!first || !to) return undefined
  const received = own.reduce((least, row) => Math.min(least, row.firstReceived ?? least), Infinity)
  const begins = received < Infinity ? dayIn(timeZone, received) : first
  if (begins <= first || begins > to) return { from: first, to }
  const early = { from: first, to: plusDays(begins, -1) }
  const since = { from: begins, to }
  const [before, after] = [eventsIn(own, early), eventsIn(own, since)]
  const fewAtAll = before < LATE_SHARE * (before + after)
  const fewADay = before / lengthOf(early) < (LATE_SHARE * after) / lengthOf(since)
  return { from: fewAtAll && fewADay ? begins : first, to }
}

const eventsIn = (rows: readonly SurveyRow[], { from, to }: Period): number =>
  rows.reduce((sum, row) => (row.siteDay >= from && row.siteDay <= to ? sum + row.rows : sum), 0)

type Others = Pick<Found, 'plan' | 'site_day' | 'day'> & {
  readonly bots: number
  readonly synthetic: number
}

/** Counts the events of bots and of tests, without copies: to count ids takes long, and most stores have few of these. */
const othersOf = ({ query, rows }: Store) =>
  query<Others>(
    `select plan, site_day, day, count(distinct case when bot then id else null end) as bots,
      count(distinct case when synthetic and not coalesce(bot, false) then id else null end) as synthetic
    from ${rows} where kind = 'event' and (bot or synthetic) group by plan, site_day, day`,
  )

/** Counts refused events without copies, which a compaction that was killed leaves. */
const refusedOf = ({ query, rows }: Store) =>
  query<Pick<Found, 'plan' | 'site_day' | 'day' | 'n'>>(
    `select plan, site_day, day, count(distinct id) as n from ${rows} where kind = 'refused' group by plan, site_day, day`,
  )
