import type { Share } from '../statistics/rate.ts'
import type { NamedEvent } from '../tables/reading.ts'
import { percent } from '../text/numbers.ts'
import { hasRisen, lastAndBefore } from './shares.ts'
import { type Finding, incidentIn, seriesOf, type Watch, within } from './watch.ts'

const NONE: Share = { k: 0, n: 0 }
/** Paths and names may be input of strangers, and a message may be shown where text is markup. */
const isPlain = (text: string) => /^[\w.$-]{1,80}$/.test(text)

/** Checks whether more events are invalid than before. */
export async function checkIssues(watch: Watch): Promise<readonly Finding[]> {
  const rows = await watch.store.query<{ site_day: string; name: string; k: number; n: number }>(
    `select site_day, name, sum(case when not valid then 1 else 0 end) as k, count(*) as n
      from report_events where valid is not null group by site_day, name`,
  )
  const findings: Finding[] = []
  for (const event of watch.events) {
    const own = rows.filter(({ name }) => name === event.wireName)
    const days = seriesOf(watch, own, (row): Share => row, NONE)
    const incident = incidentIn(days, hasRisen)
    if (!incident) continue
    const { last, before } = lastAndBefore(days)
    const was = before.n > 0 ? percent(before.k / before.n) : 'unknown'
    const path = await mostFrequentPath(watch, event)
    findings.push({
      kind: 'issues',
      event,
      incident,
      message: `"${event.event}" is invalid in ${percent(last.k / last.n)} of ${last.n} events on the last day, before that in ${was}${path ? `; most often at ${path}` : ''}.`,
    })
  }
  return findings
}

async function mostFrequentPath(
  { store, sql, days }: Watch,
  { wireName }: NamedEvent,
): Promise<string | null> {
  const [row] = await store.query<{ issues: string }>(
    `select issues from (select issues, count(*) as n from report_events where not valid and name = ${sql.text(wireName)}
      and site_day = ${sql.text(days.at(-1) as string)} group by issues) as t order by n desc, issues limit 1`,
  )
  const [path] = JSON.parse(row?.issues ?? '[]') as readonly string[]
  return path !== undefined && isPlain(path) ? path : null
}

/** Checks whether events arrive that the plan does not have. Their names are not shown: a collector is public. */
export async function checkUnknown(watch: Watch): Promise<readonly Finding[]> {
  const rows = await watch.store.query<{ site_day: string; k: number; n: number }>(
    `select site_day, sum(case when issues = '["name"]' then 1 else 0 end) as k, count(*) as n from report_events
      where valid is not null group by site_day`,
  )
  const days = seriesOf(watch, rows, (row): Share => row, NONE)
  const incident = incidentIn(days, hasRisen)
  if (!incident) return []
  const { last } = lastAndBefore(days)
  const message = `${last.k} of ${last.n} events on the last day are not in the plan. Deploy the new plan to the collector, or find the page that sends them.`
  return [{ kind: 'unknown events', incident, message }]
}

const SAMPLE = 50
const MIN_NOW = 20
const MIN_BEFORE = 100
const ALMOST_ALL = 0.95

/** Checks whether a property that almost all events had is gone, in a sample of 50 events for each day and name. */
export async function checkProperties(watch: Watch): Promise<readonly Finding[]> {
  // `between`, because `<=` ends in an internal error of DuckDB 1.5 (TopNWindowElimination).
  const rows = await watch.store.query<{ site_day: string; name: string; properties: string }>(
    `select site_day, name, properties from (
      select site_day, name, properties, row_number() over (partition by site_day, name order by id) as place
      from (select site_day, name, id, min(properties) as properties from health_rows
        where ${within(watch)} and valid and properties <> '' group by site_day, name, id) as once
    ) as numbered where place between 1 and ${SAMPLE}`,
  )
  return watch.events.flatMap((event) => {
    const own = rows.filter(({ name }) => name === event.wireName)
    const days = watch.days.map((day) => keysIn(own.filter(({ site_day }) => site_day === day)))
    const gone = goneFrom(days).filter(isPlain)
    const incident = gone.length > 0 ? incidentIn(days, (until) => goneFrom(until).length > 0) : null
    if (!incident) return []
    const message = `"${event.event}" has lost ${gone.map((key) => `\`${key}\``).join(', ')}: almost all events had it before, none on the last day.`
    return [{ kind: 'property' as const, event, incident, message }]
  })
}

interface Keys {
  readonly events: number
  readonly of: ReadonlyMap<string, number>
}

function keysIn(rows: readonly { readonly properties: string }[]): Keys {
  const of = new Map<string, number>()
  for (const { properties } of rows)
    for (const key of Object.keys(JSON.parse(properties) as object)) of.set(key, (of.get(key) ?? 0) + 1)
  return { events: rows.length, of }
}

/** Returns the keys that the last day has lost. */
function goneFrom(days: readonly Keys[]): readonly string[] {
  const last = days.at(-1)
  if (!last || last.events < MIN_NOW) return []
  const before = days.slice(-29, -1)
  const events = before.reduce((total, day) => total + day.events, 0)
  if (events < MIN_BEFORE) return []
  const keys = new Set(before.flatMap(({ of }) => [...of.keys()]))
  const had = (key: string) => before.reduce((total, { of }) => total + (of.get(key) ?? 0), 0) / events
  return [...keys].filter((key) => !last.of.has(key) && had(key) >= ALMOST_ALL)
}
