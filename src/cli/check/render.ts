import type { Format } from '../command.ts'
import { annotation } from '../output/annotation.ts'
import type { Finding } from '../output/finding.ts'
import { plural } from '../output/words.ts'
import { lineOfEvent } from '../project/line-of-event.ts'
import type { LoadedPlan } from '../project/load-plan.ts'
import type { Level } from '../project/settings.ts'

export interface CheckedPlan {
  readonly loaded: LoadedPlan
  readonly findings: readonly Finding[]
}

export function renderChecked(format: Format, checked: readonly CheckedPlan[]): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(checked.map(asJson), null, 2)}\n`
    case 'github':
      return checked.flatMap(asAnnotations).join('')
    case 'markdown':
      return checked.map(asMarkdown).join('\n')
    case 'text':
      return checked.map(asText).join('\n')
  }
}

const signs: Readonly<Record<Level, string>> = { error: '✖', warning: '!', advice: '·' }

function asText({ loaded, findings }: CheckedPlan): string {
  const width = Math.max(...findings.map(({ rule }) => rule.length)) + 2
  const lines = findings.map(
    ({ rule, level, message }) => `  ${signs[level]} ${rule.padEnd(width)}${message}`,
  )
  const list = lines.length ? `\n${lines.join('\n')}\n\n` : ''
  return `${headline(loaded)}\n${list}${summary(findings)}\n`
}

function asMarkdown({ loaded, findings }: CheckedPlan): string {
  const lines = findings.map(({ rule, level, message }) => `- **${level}** \`${rule}\`: ${message}\n`)
  return `## ${headline(loaded)}\n\n${lines.join('')}${lines.length ? '\n' : ''}${summary(findings)}\n`
}

const kinds = { error: 'error', warning: 'warning', advice: 'notice' } as const

function asAnnotations({ loaded, findings }: CheckedPlan): readonly string[] {
  return findings.map(({ rule, level, message, events: [first], file = loaded.shown, line }) =>
    annotation({
      ...{ kind: kinds[level], title: rule, message, file },
      line: line ?? (first === undefined ? undefined : lineOfEvent(loaded, first)),
    }),
  )
}

function asJson({ loaded: { plan, shown }, findings }: CheckedPlan): object {
  const { name, version, events } = plan
  return { plan: name, version, file: shown, events: events.size, findings }
}

function headline({ plan: { name, version, events }, shown }: LoadedPlan): string {
  const macro = [...events.values()].filter((event) => event.macro).length
  return `Plan "${name}" ${version}, ${shown}: ${plural(events.size, 'event')}, ${plural(macro, 'macro conversion')}`
}

function summary(findings: readonly Finding[]): string {
  const count = (wanted: Level) => findings.filter(({ level }) => level === wanted).length
  if (findings.length === 0) return 'Nothing to report.'
  const counts = [
    plural(count('error'), 'error'),
    plural(count('warning'), 'warning'),
    plural(count('advice'), 'piece of advice', 'pieces of advice'),
  ]
  return `${counts.join(', ')}. Only errors fail; with --strict, warnings do too.`
}
