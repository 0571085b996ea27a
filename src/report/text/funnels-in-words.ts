import type { FunnelReport } from '../report-types.ts'
import { funnelCharts } from './charts.ts'
import type { Block } from './document.ts'
import { count, duration, percent, rateInWords } from './numbers.ts'
import { segmentInWords } from './segment-in-words.ts'

/** Describes how many users reach each step of each funnel. */
export function funnels(all: readonly FunnelReport[]): readonly Block[] {
  return all.flatMap((funnel): readonly Block[] => {
    const { name, within, steps, segments } = funnel
    return [
      { kind: 'heading', text: `Funnel ${name}${within === null ? '' : `, within ${within} of any entry`}` },
      {
        kind: 'table',
        head: ['step', 'users', 'of the step before', 'of entry', 'median time'],
        rows: [
          ...stepRows(steps).map((cells) => ({ cells })),
          ...segments.flatMap(({ by, value, steps: own }) => [
            { cells: [segmentInWords({ by, value }), '', '', '', ''] },
            ...stepRows(own).map((cells) => ({ cells, indent: true })),
          ]),
        ],
        charts: funnelCharts(funnel),
      },
    ]
  })
}

const stepRows = (steps: FunnelReport['steps']) =>
  steps.map(({ event, users, ofPrevious, ofEntry, between }, index) => [
    event,
    count(users),
    index === 0 ? '' : rateInWords(ofPrevious),
    index === 0 ? '' : percent(ofEntry.value),
    between ? duration(between.median) : '',
  ])
