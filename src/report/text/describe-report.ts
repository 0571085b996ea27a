import type { Report } from '../report-types.ts'
import type { Block } from './document.ts'
import { experiments, splitWarnings } from './experiments-in-words.ts'
import { funnels } from './funnels-in-words.ts'
import { lifts, retire } from './lifts-in-words.ts'
import { count, duration, percent, periodInWords } from './numbers.ts'
import { costs, coverage, ready } from './operations-in-words.ts'
import { frequencies, rates, times } from './rates-in-words.ts'

/** Returns the report as headings, lines and tables. */
export function describeReport(report: Report): readonly Block[] {
  return [
    ...overview(report),
    ...rates(report),
    ...experiments(report.experiments),
    ...funnels(report.funnels),
    ...report.lifts.flatMap(lifts),
    ...retire(report.retire),
    ...times(report.times),
    ...frequencies(report.frequencies),
    ...costs(report.costs),
    ...ready(report.ready),
    ...coverage(report),
    ...notes(report.notes),
  ]
}

function overview({
  plan,
  versions,
  period,
  totals,
  quality,
  experiments: tests,
  createdAt,
}: Report): readonly Block[] {
  const title = [plan ?? 'Events', versions[0] ?? ''].join(' ').trim()
  const age = quality.newest === null ? 'none' : `${duration(Math.max(0, createdAt - quality.newest))} ago`
  const facts = [
    `${count(totals.users)} users`,
    `${count(totals.sessions)} sessions`,
    `${count(totals.events)} events (${count(totals.copies)} copies removed)`,
  ]
  const data = [
    `invalid ${percent(quality.invalid.value)}`,
    `not checked ${count(quality.unchecked)}`,
    `not in plan ${count(quality.notInPlan.events)}${quality.notInPlan.names > 0 ? ` (${count(quality.notInPlan.names)} names)` : ''}`,
    `refused ${count(quality.refused)}`,
    `bots ${count(quality.bots)}`,
    `test events ${count(quality.synthetic)}`,
    ...(quality.unreadable > 0 ? [`unreadable lines ${count(quality.unreadable)}`] : []),
    `latest event ${age}`,
  ]
  return [
    { kind: 'heading', text: `${title}: ${periodInWords(period)}` },
    {
      kind: 'lines',
      lines: [facts.join(', '), `Data: ${data.join(', ')}`, ...splitWarnings(tests)],
    },
  ]
}

const notes = (lines: readonly string[]): readonly Block[] =>
  lines.length > 0
    ? [
        { kind: 'heading', text: 'What this report cannot know' },
        { kind: 'lines', lines },
      ]
    : []
