import type { Figure, RateVerdict } from '../figure.ts'
import type { CostReport, CostRow, Period } from '../report-types.ts'
import { costPer } from '../statistics/poisson.ts'
import { isTooFew, type Share } from '../statistics/rate.ts'
import { isOutside, namesRelation, type Reading } from '../tables/reading.ts'
import { figureOf, rateFigure } from './figures.ts'
import type { Spending } from './read-spend.ts'

/** Returns the cost per event of each campaign, and what matches nothing on either side. */
export async function measureCosts(reading: Reading, spending: readonly Spending[]): Promise<CostReport> {
  const { store, period } = reading
  const inPeriod = spending.filter(({ date }) => date >= period.from && date <= period.to)
  const days = await store.query<{ campaign: string; day: string }>(
    `select distinct campaign, site_day as day from report_tally
      where campaign is not null and site_day >= ${reading.sql.text(period.from)}`,
  )
  return {
    rows: await rowsOf(reading, inPeriod),
    withoutSessions: unmatched(
      inPeriod.map(({ campaign, date }) => ({ campaign, day: date })),
      days,
      period,
    ),
    withoutCost: unmatched(
      days,
      inPeriod.map(({ campaign, date }) => ({ campaign, day: date })),
      period,
    ),
  }
}

async function rowsOf(
  { store, sql, events }: Reading,
  spending: readonly Spending[],
): Promise<readonly CostRow[]> {
  const users = await store.query<{ campaign: string; n: number }>(
    'select campaign, count(*) as n from report_users where now = 1 and campaign is not null group by campaign',
  )
  const did = await store.query<{ campaign: string; name: string; n: number }>(
    `select u.campaign as campaign, d.name as name, count(*) as n from report_did as d
      join report_users as u on u.now = d.now and u.anonymous_id = d.anonymous_id
      where d.now = 1 and d.excluded = 0 and u.campaign is not null group by u.campaign, d.name`,
  )
  const outside = await store.query<{ campaign: string; name: string; n: number }>(
    `select u.campaign as campaign, t.name as name, count(*) as n from report_users as u cross join ${namesRelation(sql, events)} as t
      where u.now = 1 and u.campaign is not null and u.outside <> '' and ${isOutside('t.name', 'u.outside')}
      group by u.campaign, t.name`,
  )
  return totals(spending).flatMap(({ campaign, currency, spent }) => {
    const all = users.find((row) => row.campaign === campaign)?.n ?? 0
    return events.map(({ event, wireName }): CostRow => {
      const of = (rows: typeof did) =>
        rows.find((row) => row.campaign === campaign && row.name === wireName)?.n ?? 0
      const share = { k: of(did), n: all - of(outside) }
      return { campaign, currency, spent, event, cost: costFigure(spent, share, all) }
    })
  })
}

/** Returns the cost per event: of what was spent on all users, the part for those whom rollout and sampling take. */
function costFigure(spent: number, { k, n }: Share, all: number): Figure<RateVerdict> {
  if (n === 0 && all > 0) return rateFigure({ k, n })
  const part = all > 0 ? n / all : 1
  return figureOf(costPer(spent * part, k), { k, n }, isTooFew({ k, n }) ? 'too few' : 'ok')
}

interface Total {
  readonly campaign: string
  readonly currency: string
  spent: number
}

/** Adds up by campaign and currency: sums of two currencies have no meaning. */
function totals(spending: readonly Spending[]): readonly Total[] {
  const sums = new Map<string, Total>()
  for (const { campaign, currency, cost } of spending) {
    const key = JSON.stringify([campaign, currency])
    const sum = sums.get(key) ?? { campaign, currency, spent: 0 }
    sum.spent += cost
    sums.set(key, sum)
  }
  return [...sums.values()].sort((a, b) => b.spent - a.spent)
}

interface CampaignDay {
  readonly campaign: string
  readonly day: string
}

/** Returns the campaigns with days that have no match: `spring`, or `summer (2 days)` if other days match. */
function unmatched(
  days: readonly CampaignDay[],
  others: readonly CampaignDay[],
  { from, to }: Period,
): readonly string[] {
  const known = new Set(others.map(({ campaign, day }) => JSON.stringify([campaign, day])))
  const campaigns = new Set(others.map(({ campaign }) => campaign))
  const missing = new Map<string, Set<string>>()
  for (const { campaign, day } of days)
    if (day >= from && day <= to && !known.has(JSON.stringify([campaign, day])))
      missing.set(campaign, (missing.get(campaign) ?? new Set()).add(day))
  return [...missing]
    .map(([campaign, { size }]) =>
      campaigns.has(campaign) ? `${campaign} (${size} ${size === 1 ? 'day' : 'days'})` : campaign,
    )
    .sort()
}
