import type { Format } from '../command.ts'
import { annotation } from '../output/annotation.ts'
import { lineOfEvent } from '../project/line-of-event.ts'
import type { LoadedPlan } from '../project/load-plan.ts'
import { type Change, type ChangeLevel, changeLevels } from './change.ts'

export interface Compared {
  readonly plan: string
  readonly from: string
  readonly to: string
  readonly changes: readonly Change[]
  /** Why the comparison fails or was not possible, or what `--fix` did; otherwise empty. */
  readonly verdict: string
  readonly fails: boolean
  readonly loaded?: LoadedPlan | undefined
}

const headings: Readonly<Record<ChangeLevel, string>> = {
  breaking: 'Breaks what reads the events',
  figures: 'Figures are not comparable from here on',
  safe: 'Additions',
  words: 'Words only',
}
const signs: Readonly<Record<ChangeLevel, string>> = { breaking: '✖', figures: '≠', safe: '+', words: '·' }
const kinds = { breaking: 'error', figures: 'warning', safe: 'notice', words: 'notice' } as const

export function renderCompared(format: Format, compared: readonly Compared[]): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(
        compared.map(({ loaded: _, ...rest }) => rest),
        null,
        2,
      )}\n`
    case 'github':
      return compared.flatMap(asAnnotations).join('')
    case 'markdown':
      return compared.map(asMarkdown).join('\n')
    case 'text':
      return compared.map(asText).join('\n')
  }
}

function groups(changes: readonly Change[]): readonly (readonly [ChangeLevel, readonly Change[]])[] {
  return changeLevels
    .map((level) => [level, changes.filter((change) => change.level === level)] as const)
    .filter(([, found]) => found.length > 0)
}

function asText({ plan, from, to, changes, verdict }: Compared): string {
  const blocks = groups(changes).map(([level, found]) =>
    [headings[level], ...found.map(({ of, message }) => `  ${signs[level]} ${of}: ${message}`)].join('\n'),
  )
  const body = blocks.length ? blocks.join('\n') : 'No changes.'
  return `Plan "${plan}": ${from} → ${to}\n\n${body}\n${verdict && `\n${verdict}\n`}`
}

/** Writes an entry for a change log. */
function asMarkdown({ plan, to, changes, verdict }: Compared): string {
  const blocks = groups(changes).map(
    ([level, found]) =>
      `### ${headings[level]}\n\n${found.map(({ of, message }) => `- \`${of}\`: ${message}\n`).join('')}`,
  )
  const body = blocks.length ? blocks.join('\n') : 'No changes.\n'
  return `## Plan ${plan} ${to}\n\n${body}${verdict && `\n${verdict}\n`}`
}

function asAnnotations({ changes, loaded, verdict, fails }: Compared): readonly string[] {
  const file = loaded?.shown
  const said = changes.map(({ level, of, event, message }) =>
    annotation({
      kind: fails || kinds[level] === 'notice' ? kinds[level] : 'notice',
      title: headings[level],
      message: `${of}: ${message}`,
      file,
      line: loaded && event !== undefined ? lineOfEvent(loaded, event) : undefined,
    }),
  )
  return fails
    ? [...said, annotation({ kind: 'error', title: 'Plan version', message: verdict, file })]
    : said
}
