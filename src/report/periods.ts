import { MicroconversionError } from '../support/errors.ts'
import type { ReportOptions } from './report-options.ts'
import type { Period } from './report-types.ts'
import { dayIn, isDay, lengthOf, periodBefore, plusDays } from './tables/days.ts'
import { type SurveyRow, storedDays } from './tables/survey.ts'

/** The periods of a report. */
export interface Periods {
  readonly period: Period
  readonly baseline: Period | null
  /** Sentences on what the store does not have. */
  readonly notes: readonly string[]
}

const DAYS = 28

/** Returns the days to report, and those to compare with. */
export function choosePeriods(
  survey: readonly SurveyRow[],
  plan: string | null,
  options: ReportOptions,
): Periods {
  const stored = storedDays(survey, plan, options.timeZone ?? 'UTC')
  if (!stored)
    throw new MicroconversionError(
      'RMC601',
      `The store has no events${plan === null ? '' : ` of the plan "${plan}"`}, so there is nothing to report. Check the folder or table, and the name of the plan.`,
    )
  const period = checked('period', options.period) ?? latest(stored, options)
  const given = checked('baseline', options.baseline)
  const baseline = given ?? periodBefore(period)
  if (baseline.to >= period.from)
    throw badPeriod('baseline', baseline, `ends after the period begins (${period.from})`)
  const [days, wanted] = [lengthOf(baseline), lengthOf(period)]
  if (days !== wanted)
    throw badPeriod(
      'baseline',
      baseline,
      `has ${days} days, and the period has ${wanted}; both need the same number`,
    )
  if (given || stored.from <= baseline.from) return { period, baseline, notes: [] }
  return {
    period,
    baseline: null,
    notes: [
      `No comparison: events begin on ${stored.from}, and the ${wanted} days before this period begin on ${baseline.from}.`,
    ],
  }
}

function latest(stored: Period, { timeZone = 'UTC', now = Date.now() }: ReportOptions): Period {
  const yesterday = plusDays(dayIn(timeZone, now), -1)
  // If all events are of today, today has to do.
  const to = stored.from > yesterday || stored.to < yesterday ? stored.to : yesterday
  const from = plusDays(to, 1 - DAYS)
  return { from: from < stored.from ? stored.from : from, to }
}

function checked(name: string, period: Period | undefined): Period | undefined {
  if (!period) return undefined
  for (const day of [period.from, period.to])
    if (!isDay(day)) throw badPeriod(name, period, `has "${day}", which is no day; write YYYY-MM-DD`)
  if (period.from > period.to) throw badPeriod(name, period, 'ends before it begins')
  return period
}

const badPeriod = (name: string, { from, to }: Period, why: string) =>
  new MicroconversionError('RMC603', `The ${name} ${from} to ${to} ${why}.`)
