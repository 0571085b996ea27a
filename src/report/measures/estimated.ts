import { inList, type Reading } from '../tables/reading.ts'

/** No plan takes less: a smaller share is made up by a stranger, whose one event must not count for all others. */
const LEAST_SHARE = 1e-6

/** Number of events of the period, and of those that there would be without rollout and sampling. */
export interface Estimate {
  readonly events: number
  readonly estimated: number
  /** True if some were sent with a share below 1. */
  readonly isPartial: boolean
}

/**
 * Returns the estimates by name. Each event counts 1 ÷ its own share, because the plan may have had other shares when it was sent; one
 * that does not say its share counts by the plan's.
 */
export async function estimatesOf({
  store,
  sql,
  events,
  period,
}: Reading): Promise<ReadonlyMap<string, Estimate>> {
  const names = inList(
    sql,
    events.map(({ wireName }) => wireName),
  )
  const planned = new Map(
    events.map(({ wireName, rollout, sampleRate }) => [wireName, rollout * sampleRate] as const),
  )
  const rows = await store.query<{ name: string; share: number | null; n: number }>(
    `select * from (select name, share, sum(n) as n from report_tally
      where site_day >= ${sql.text(period.from)} and name in (${names}) group by name, share) as t order by name, share`,
  )
  const found = new Map<string, Estimate>()
  for (const { name, share: own, n } of rows) {
    const share = own ?? planned.get(name) ?? 1
    const { events: before, estimated, isPartial } = found.get(name) ?? none
    found.set(name, {
      events: before + n,
      estimated: estimated + n / (share < LEAST_SHARE ? 1 : share),
      isPartial: isPartial || share < 1,
    })
  }
  return found
}

const none: Estimate = { events: 0, estimated: 0, isPartial: false }
