import type { SplitVerdict } from '../figure.ts'
import type { ExperimentReport } from '../report-types.ts'
import type { Block } from './document.ts'
import { count, percent, rateInWords } from './numbers.ts'

/** Returns a warning for the head of the report, if variants of an experiment must not be compared. */
export function splitWarnings(all: readonly ExperimentReport[]): readonly string[] {
  const broken = all.filter(({ verdict }) => verdict === 'not as planned')
  if (broken.length === 0) return []
  const names = broken.map(({ experiment }) => experiment).join(', ')
  return [
    `Warning: users are not split as planned in ${names}. Do not compare the variants; see "${heading}".`,
  ]
}

const heading = 'Experiments: are users split as planned?'

/** Describes whether the users of each experiment are split between its variants as planned. */
export function experiments(all: readonly ExperimentReport[]): readonly Block[] {
  if (all.length === 0) return []
  return [
    { kind: 'heading', text: heading },
    {
      kind: 'table',
      head: ['experiment', 'users', 'share of users', 'planned', 'split'],
      rows: all.flatMap(rowsOf),
    },
    { kind: 'lines', lines: [...all.flatMap(remarksOn), ...explanations] },
  ]
}

function rowsOf({ experiment, users, variants, verdict }: ExperimentReport) {
  return [
    { cells: [experiment, count(users), '', '', verdicts[verdict]] },
    ...variants.map(({ variant, share, planned }) => ({
      cells: [
        variant,
        count(share.k),
        rateInWords(share),
        planned > 0 ? percent(planned) : 'not planned',
        '',
      ],
      indent: true,
    })),
  ]
}

const verdicts: Readonly<Record<SplitVerdict, string>> = {
  'as planned': 'as planned',
  'not as planned': 'NOT as planned',
  'too few': 'too few users to say',
  'one variant': 'fewer than two variants, nothing to compare',
}

const explanations = [
  'As planned: chance explains the difference from the planned shares. It does not say which variant is better.',
  'Planned shares are equal, unless the report was given others.',
]

function remarksOn({ experiment, mixed, verdict, p, variants }: ExperimentReport): readonly string[] {
  const unplanned = variants.filter(({ planned }) => planned === 0)
  return [
    ...(verdict === 'not as planned'
      ? [
          `${experiment}: chance splits users like this in ${oneIn(p ?? 0)} experiments. Something else does: a variant that loses users by an error, a slow page or a redirect, or a tool that assigns by other shares. Find it before you compare the variants.`,
        ]
      : []),
    ...(mixed > 0
      ? [`${experiment}: ${count(mixed)} users saw several variants, and are in none of them.`]
      : []),
    ...unplanned.map(
      ({ variant, share }) =>
        `${experiment}: ${count(share.k)} users saw "${variant}", which is not planned. The test leaves them out.`,
    ),
  ]
}

const MOST = 1e9

/** Returns a small probability: `1 of 560,000`. */
const oneIn = (p: number): string =>
  p * MOST < 1 ? `fewer than 1 of ${count(MOST)}` : `about 1 of ${count(Number((1 / p).toPrecision(2)))}`
