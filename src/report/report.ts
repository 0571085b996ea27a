import { measureCosts } from './measures/costs.ts'
import { checkedSplits, measureExperiments } from './measures/experiments.ts'
import { measureFunnels, type PlannedFunnel } from './measures/funnels.ts'
import { measureLifts } from './measures/lifts.ts'
import { measureRates } from './measures/rates.ts'
import { readSpend } from './measures/read-spend.ts'
import { measureReady } from './measures/ready.ts'
import { retireCandidates } from './measures/retire.ts'
import { measureFrequencies, measureTimes } from './measures/times.ts'
import {
  measureCoverage,
  measureQuality,
  measureReleases,
  measureTotals,
  measureVersions,
} from './measures/totals.ts'
import { choosePeriods } from './periods.ts'
import { isFunnelByUser, manifestFor, namedEvents, partialNames, plannedFunnels } from './planned-events.ts'
import type { ReportOptions } from './report-options.ts'
import type { Report } from './report-types.ts'
import { checkedSegments } from './segment.ts'
import type { Store } from './store/store.ts'
import { endOfDay } from './tables/days.ts'
import { loadEvents, storedColumns } from './tables/load-events.ts'
import { isByUser, type Reading, wireNames } from './tables/reading.ts'
import { keepTally, summarize } from './tables/summarize.ts'
import { surveyOf } from './tables/survey.ts'

/**
 * Measures stored events: how often each event happens, with its uncertainty, funnels, times, and which events predict a macro
 * conversion. Returns plain JSON; `toText`, `toMarkdown` and `toHtml` show it. Throws if the store has no events, if an option is out
 * of range, or if the store has several plans and none is given. One report at a time for each store.
 *
 * @example
 * const store = await openStore('events')
 * const result = await report(store, { plan, by: ['device'] })
 * console.log(toText(result))
 */
export async function report(store: Store, options: ReportOptions = {}): Promise<Report> {
  const { by = [], adjust = [], spend, timeZone = 'UTC', now = Date.now() } = options
  const segments = checkedSegments([...by, ...adjust])
  const spending = spend === undefined ? null : readSpend(spend)
  const splits = checkedSplits(options.splits)
  const manifest = await manifestFor(store, options.plan)
  const plan = manifest?.plan ?? null
  const watched = partialNames(manifest)
  const parsed = { ...store, rows: await store.parsed(storedColumns(segments, watched)) }
  const survey = await surveyOf(parsed)
  const { period, baseline, notes } = choosePeriods(survey, plan, options)
  const once = await loadEvents({ store: parsed, plan, period, baseline, segments, survey, watched })
  await keepTally(store, once)
  const events = await namedEvents(store, manifest, options.goals)
  const funnels = plannedFunnels(manifest, events, options)
  const named = { names: wireNames(events), steps: wireNames(funnels.flatMap(({ steps }) => steps)) }
  await summarize({ store, events: once, period, segments, watched, ...named })
  const reading: Reading = {
    ...{ store, sql: store.dialect, plan, period, baseline, events, by, segments, survey },
    until: Math.min(now, endOfDay(timeZone, period.to)),
  }
  const totals = await measureTotals(reading)
  const byUser: Reading = { ...reading, events: events.filter(isByUser) }
  const lifts = await measureLifts(byUser, adjust)
  const live: Reading = { ...reading, events: events.filter(({ shadow }) => !shadow) }
  const liveByUser: Reading = { ...live, events: live.events.filter(isByUser) }
  return {
    schema: 'react-microconversions/report/1',
    createdAt: now,
    plan,
    versions: await measureVersions(reading),
    period,
    baseline,
    totals,
    quality: await measureQuality(reading),
    experiments: await measureExperiments(reading, splits),
    rates: await measureRates(live),
    funnels: await measureFunnels(reading, funnels.filter(isFunnelByUser)),
    times: await measureTimes(liveByUser),
    frequencies: await measureFrequencies(liveByUser),
    lifts,
    retire: await retireCandidates(reading, lifts),
    costs: spending && (await measureCosts(liveByUser, spending)),
    ready: await measureReady(reading),
    coverage: await measureCoverage(reading),
    releases: await measureReleases(reading),
    notes: [...notes, ...limits(reading, manifest !== null, funnels)],
  }
}

/** Returns sentences on what the events cannot show. */
function limits({ events }: Reading, planned: boolean, funnels: readonly PlannedFunnel[]): readonly string[] {
  const sampled = events.filter((event) => !isByUser(event)).map(({ event }) => event)
  const leftOut = funnels.filter((funnel) => !isFunnelByUser(funnel)).map(({ name }) => name)
  return [
    'Users who refused analytics send no events: their number is not known.',
    ...(planned ? [] : ['Without a plan there are no funnels and no macro conversions; give it as `plan`.']),
    ...(sampled.length > 0
      ? [
          `Sampled by session or event, so that only totals are estimated, nothing by user: ${sampled.join(', ')}.`,
        ]
      : []),
    ...(leftOut.length > 0 ? [`Funnels with such a step are left out: ${leftOut.join(', ')}.`] : []),
  ]
}
