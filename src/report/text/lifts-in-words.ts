import type { LiftRow, MacroLifts, RetireCandidate } from '../report-types.ts'
import { liftCharts } from './charts.ts'
import type { Block } from './document.ts'
import { count, ratioInWords } from './numbers.ts'

/** Describes what predicts a macro conversion. */
export function lifts({ macro, conversions, adjust, rows }: MacroLifts): readonly Block[] {
  return [
    { kind: 'heading', text: `What predicts ${macro} (${count(conversions)} first conversions)` },
    {
      kind: 'table',
      head: ['event', 'lift', 'conversions after it', 'verdict'],
      rows: rows.map((row) => ({
        cells: [
          row.event,
          ratioInWords(row.lift),
          `${count(row.lift.k)} of ${count(row.lift.n)}`,
          verdictOf(row),
        ],
      })),
      charts: liftCharts({ macro, conversions, adjust, rows }),
    },
    {
      kind: 'lines',
      lines: [
        'Lift 2: users who had done it converted twice as often as users who had been here as long and had not.',
        'It predicts, it is no cause: keen users do more of everything. Only an experiment shows a cause.',
        ...(adjust.length > 0 ? [`Differences by ${adjust.join(', ')} are taken out.`] : []),
      ],
    },
  ]
}

function verdictOf({ lift, owner, weeks, afterwards, users }: LiftRow): string {
  const late =
    afterwards > users / 2 ? ` (${count(afterwards)} of ${count(users)} users did it after converting)` : ''
  switch (lift.verdict) {
    case 'required':
      return 'required: none converts without it'
    case 'too few':
      return `too few to say${weeks === null ? '' : `, about ${count(weeks)} more weeks`}`
    case 'no difference':
      return `makes no difference: retire?${owner ? ` (owner: ${owner})` : ''}${late}`
    default:
      return `${lift.verdict}${late}`
  }
}

/** Describes the events that make no difference for any macro conversion. */
export function retire(candidates: readonly RetireCandidate[]): readonly Block[] {
  if (candidates.length === 0) return []
  return [
    { kind: 'heading', text: 'Candidates to retire' },
    {
      kind: 'table',
      head: ['event', 'owner', 'events', 'version'],
      rows: candidates.map(({ event, owner, events, version }) => ({
        cells: [event, owner ?? 'none', count(events), version ?? '–'],
      })),
    },
    {
      kind: 'lines',
      lines: [
        "They make no difference for any macro conversion. To retire one, set `status: 'deprecated'` in the plan.",
      ],
    },
  ]
}
