import { MicroconversionError } from '../support/errors.ts'
import { didYouMean } from '../support/nearest.ts'
import type { Dialect } from './sql/dialect.ts'
import type { Column } from './store/columns.ts'

/**
 * A way to divide users: `device`, `source`, `campaign`, `landing`, `returning`, `page_type`, a key of an event's scope, such as
 * `scope.plan`, or the variant of an experiment, such as `experiment.hero`.
 */
export type Segment =
  | 'device'
  | 'source'
  | 'campaign'
  | 'landing'
  | 'returning'
  | 'page_type'
  | `scope.${string}`
  | `experiment.${string}`

const stored: Readonly<Record<string, readonly Column[]>> = {
  device: ['device'],
  source: ['utm_source', 'referrer_class'],
  campaign: ['utm_campaign'],
  landing: ['landing_path'],
  returning: ['returning_user'],
  page_type: ['page_type'],
}
const known = Object.keys(stored)

/** Returns the segments, each once. Throws a `MicroconversionError` (RMC608) for an unknown one. */
export function checkedSegments(given: readonly Segment[]): readonly Segment[] {
  const segments = [...new Set(given)]
  for (const segment of segments) {
    if (known.includes(segment) || /^(?:scope|experiment)\../.test(segment)) continue
    throw new MicroconversionError(
      'RMC608',
      `"${segment}" is no segment.${didYouMean(segment, known) || ` Use ${known.join(', ')}, a key of the scope such as scope.plan, or an experiment such as experiment.hero.`}`,
    )
  }
  return segments
}

/** Returns the column of the report's tables that holds a segment. */
export function columnOf(segments: readonly Segment[], segment: Segment): string {
  return `segment_${segments.indexOf(segment)}`
}

/** Value of an experiment for who saw more than one of its variants: such users belong to none of them. */
export const SEVERAL_VARIANTS = 'several variants'

export const isExperiment = (segment: Segment): boolean => segment.startsWith('experiment.')

/** Returns the stored columns that hold a segment. */
export const storedColumnsOf = (segment: Segment): readonly Column[] =>
  stored[segment] ?? [isExperiment(segment) ? 'experiments' : 'scope']

/** Returns the value that a stored row `e` has for a segment, as SQL. */
export function segmentOfRow(sql: Dialect, segment: Segment): string {
  switch (segment) {
    case 'device':
      return 'e.device'
    case 'source':
      return "coalesce(nullif(e.utm_source, ''), e.referrer_class)"
    case 'campaign':
      return 'e.utm_campaign'
    case 'landing':
      return 'e.landing_path'
    case 'returning':
      return `case when e.returning_user then 'returning' when not e.returning_user then 'new' else null end`
    case 'page_type':
      return 'e.page_type'
    default: {
      const dot = segment.indexOf('.')
      const column = isExperiment(segment) ? 'e.experiments' : 'e.scope'
      return sql.jsonText(column, segment.slice(dot + 1))
    }
  }
}
