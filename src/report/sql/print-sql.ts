import type { Manifest } from '../../plan/manifest.ts'
import { measureFunnels } from '../measures/funnels.ts'
import { measureLifts } from '../measures/lifts.ts'
import { measureRates } from '../measures/rates.ts'
import { measureFrequencies, measureTimes } from '../measures/times.ts'
import { measureCoverage } from '../measures/totals.ts'
import { isFunnelByUser, namedEvents, partialNames, plannedFunnels } from '../planned-events.ts'
import type { Period } from '../report-types.ts'
import type { Segment } from '../segment.ts'
import { endOfDay } from '../tables/days.ts'
import { loadEvents } from '../tables/load-events.ts'
import { isByUser, type Reading, wireNames } from '../tables/reading.ts'
import { keepTally, summarize } from '../tables/summarize.ts'
import { clickhouse, clickhouseSettings } from './clickhouse.ts'
import { duckdb } from './duckdb.ts'
import { recordingStore } from './recording-store.ts'

/** Measures whose SQL can be printed; `tables` are those that all others read. */
export const sqlNames = ['tables', 'rates', 'funnels', 'times', 'frequencies', 'lifts', 'coverage'] as const
export type SqlName = (typeof sqlNames)[number]

/** Options of `sqlOf`. */
export interface SqlOptions {
  readonly dialect: 'duckdb' | 'clickhouse'
  /** Name of the table with the rows. */
  readonly table: string
  readonly manifest: Manifest
  readonly period: Period
  readonly by: readonly Segment[]
}

/** Returns the statements of a report, as a report runs them. Those after `tables` read the tables that `tables` creates. */
export async function sqlOf(
  name: SqlName,
  { dialect, table, manifest, period, by }: SqlOptions,
): Promise<string> {
  const sql = dialect === 'duckdb' ? duckdb : clickhouse
  const store = recordingStore(sql, table)
  const events = await namedEvents(store, manifest, undefined)
  const { plan } = manifest
  const day = {
    plan,
    kind: 'event',
    siteDay: period.to,
    day: period.to,
    rows: 1,
    bots: 0,
    synthetic: 0,
    fromServers: 1,
    // Events of bots and tests, so that the statements leave them out.
    all: 2,
    firstReceived: null,
  } as const
  const survey = [{ ...day, day: period.from }, day]
  const base = { store, sql, plan, period, segments: by, survey }
  const reading: Reading = { ...base, baseline: null, events, by, until: endOfDay('UTC', period.to) }
  const byUser: Reading = { ...reading, events: events.filter(isByUser) }
  const measures: Readonly<Record<SqlName, () => Promise<unknown>>> = {
    async tables() {
      const watched = partialNames(manifest)
      const once = await loadEvents({ ...base, baseline: null, watched })
      await keepTally(store, once)
      const steps = wireNames(plannedFunnels(manifest, events, {}).flatMap((funnel) => funnel.steps))
      await summarize({ store, events: once, period, segments: by, watched, names: wireNames(events), steps })
    },
    rates: () => measureRates(reading),
    funnels: () => measureFunnels(reading, plannedFunnels(manifest, events, {}).filter(isFunnelByUser)),
    times: () => measureTimes(byUser),
    frequencies: () => measureFrequencies(byUser),
    lifts: () => measureLifts(byUser, []),
    coverage: () => measureCoverage(reading),
  }
  await measures[name]()
  const settings = Object.entries(dialect === 'clickhouse' ? clickhouseSettings : {})
  const head = settings.map(([key, value]) => `set ${key} = ${value}`)
  return [...head, ...store.statements].map((statement) => `${indented(statement)};\n`).join('\n')
}

/** Removes the indentation that a statement has from the code. */
const indented = (statement: string): string => statement.replaceAll(/\n {4}/g, '\n')
