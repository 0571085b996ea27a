import type { Figure } from '../figure.ts'
import type { EventRates, FunnelReport, LiftRow, MacroLifts, Report } from '../report-types.ts'
import type { Chart, Mark } from './chart.ts'
import { count, percent } from './numbers.ts'
import { segmentInWords } from './segment-in-words.ts'

/** Maximum lines of a chart of days: more are no overview. */
const MAX_LINES = 8

/** Returns charts of how often each event happens: its share with segments, and its days. */
export function rateCharts({ rates, releases }: Pick<Report, 'rates' | 'releases'>): readonly Chart[] {
  const marks = rates.flatMap(({ event, now, segments }) => [
    ...markOf(event, now),
    ...segments.flatMap((segment) =>
      markOf(segmentInWords(segment), segment.now).map((mark) => ({
        ...mark,
        indent: true,
      })),
    ),
  ])
  const lines = rates
    .filter(hasDays)
    .slice(0, MAX_LINES)
    .map(({ event: name, days }) => ({ name, days }))
  return [
    ...(marks.length > 0
      ? [{ shape: 'shares' as const, label: 'Share of users with each event, with its 95 % interval', marks }]
      : []),
    ...(lines.length > 0
      ? [
          {
            shape: 'days' as const,
            label:
              'Share of users with each event by day, over the band in which 19 of 20 days would be by chance',
            lines,
            releases,
          },
        ]
      : []),
  ]
}

const hasDays = ({ days }: EventRates) => days.filter(({ n }) => n > 0).length > 1

/** Returns no mark for a figure without a value. */
const markOf = (name: string, { value, low, high }: Figure): readonly Mark[] =>
  value === null ? [] : [{ name, value, low: low ?? 0, high }]

/** Returns a chart of the users at each step. */
export function funnelCharts({ name, steps }: FunnelReport): readonly Chart[] {
  const bars = steps.map(({ event, users, ofEntry }, index) => ({
    name: event,
    value: users,
    text: index === 0 ? count(users) : `${count(users)} (${percent(ofEntry.value)})`,
  }))
  return [{ shape: 'bars', label: `Users at each step of ${name}`, bars }]
}

/** Returns a chart of the lifts that can be judged. */
export function liftCharts({ macro, rows }: MacroLifts): readonly Chart[] {
  const marks = rows.filter(isJudged).flatMap(({ event, lift }) => markOf(event, lift))
  if (marks.length === 0) return []
  return [
    {
      shape: 'ratios',
      label: `Lift of ${macro} with its 95 % interval; in the band, a step makes no difference`,
      marks,
    },
  ]
}

const isJudged = ({ lift }: LiftRow) => lift.verdict !== 'too few' && lift.verdict !== 'required'
