import type { ReadyEvent } from '../report-types.ts'
import { upperShareOf } from '../statistics/poisson.ts'
import { isMasked } from '../tables/masked.ts'
import { inList, isOutside, type Reading } from '../tables/reading.ts'
import { countsBy, keyOf } from './counts.ts'
import { estimatesOf } from './estimated.ts'
import { rateFigure } from './figures.ts'

const MIN_DAYS = 7
const MIN_EVENTS = 100
const MAX_INVALID = 0.01
/** Maximum number of rows with masks to read. */
const MAX_MASKED = 1_000

type Row = {
  readonly name: string
  readonly n: number
  readonly days: number
  readonly checked: number
  readonly invalid: number
}

/** Returns whether events in shadow or rollout can go to all users. */
export async function measureReady(reading: Reading): Promise<readonly ReadyEvent[]> {
  const { store, sql, period } = reading
  const events = reading.events.filter(({ shadow, rollout }) => shadow || rollout < 1)
  if (events.length === 0) return []
  const named = `e.name in (${inList(
    sql,
    events.map(({ wireName }) => wireName),
  )})`
  const rows = await store.query<Row>(
    `select e.name as name, sum(e.n) as n, count(distinct e.site_day) as days,
      sum(case when e.valid is not null then e.n else 0 end) as checked,
      sum(case when not coalesce(e.valid, true) then e.n else 0 end) as invalid
    from report_tally as e where e.site_day >= ${sql.text(period.from)} and ${named} group by e.name`,
  )
  const strangersOf = await countsBy(
    store,
    ['name'],
    `select e.name as name, count(distinct e.anonymous_id) as n from report_watched as e
      where ${isOutside('e.name', "coalesce(e.outside, '')")} group by e.name`,
  )
  const masked = await maskedIn(reading)
  const estimates = await estimatesOf({ ...reading, events })
  const judged: ReadyEvent[] = []
  for (const event of events) {
    const row = rows.find(({ name }) => name === event.wireName)
    const { n = 0, days = 0, checked = 0, invalid = 0 } = row ?? {}
    const strangers = strangersOf.get(keyOf(event.wireName)) ?? 0
    const personalData = [...(masked.get(event.wireName) ?? [])].sort()
    const upper = upperShareOf({ k: invalid, n: checked })
    const reasons = [
      ...(days < MIN_DAYS ? [`Seen on ${days} of at least ${MIN_DAYS} days.`] : []),
      ...(n < MIN_EVENTS ? [`${n} of at least ${MIN_EVENTS} events.`] : []),
      ...(checked > 0 && upper >= MAX_INVALID
        ? [`Up to ${(upper * 100).toFixed(1)} % may be invalid; at most 1 % is fine.`]
        : []),
      ...(checked === 0 ? ['None could be checked against the plan.'] : []),
      ...(personalData.length > 0 ? [`Personal data was masked in ${personalData.join(', ')}.`] : []),
      ...(strangers > 0 ? [`${strangers} users sent it whom the rollout excludes.`] : []),
    ]
    judged.push({
      event: event.event,
      status: event.shadow ? 'shadow' : 'rollout',
      rollout: event.rollout,
      days,
      events: n,
      expectedEvents: Math.round(estimates.get(event.wireName)?.estimated ?? 0),
      invalid: { ...rateFigure({ k: invalid, n: checked }), high: checked > 0 ? upper : null },
      personalData,
      strangers,
      ready: reasons.length === 0,
      reasons,
    })
  }
  return judged
}

/** Returns, by name, the paths of properties in which the tracker has masked personal data. */
async function maskedIn({ store }: Reading): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const rows = await store.query<{ name: string; masked: string }>(
    `select name, masked from report_watched where masked is not null limit ${MAX_MASKED}`,
  )
  const found = new Map<string, Set<string>>()
  for (const { name, masked } of rows) {
    const paths = found.get(name) ?? new Set()
    found.set(name, paths)
    collect(JSON.parse(masked), 'properties', paths)
  }
  return found
}

function collect(value: unknown, path: string, paths: Set<string>): void {
  if (typeof value === 'string') {
    if (isMasked(value)) paths.add(path)
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, each] of Object.entries(value))
      collect(each, Array.isArray(value) ? path : `${path}.${key}`, paths)
  }
}
