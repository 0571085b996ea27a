import type { Report } from '../report-types.ts'
import { describeReport } from './describe-report.ts'
import type { Block } from './document.ts'
import { printable } from './printable.ts'

/**
 * Returns a report as GitHub-flavored Markdown, such as for a pull request or a wiki. Names and values are escaped.
 *
 * @example
 * await writeFile('report.md', toMarkdown(await report(store, { plan })))
 */
export function toMarkdown(report: Report): string {
  const [title, ...rest] = describeReport(report)
  const blocks = rest.map((block) => markdownOf(block, '##'))
  return `${[...(title ? [markdownOf(title, '#')] : []), ...blocks].join('\n\n')}\n`
}

function markdownOf(block: Block, level: string): string {
  switch (block.kind) {
    case 'heading':
      return `${level} ${escaped(block.text)}`
    case 'lines':
      return block.lines.map((line) => `- ${escaped(line)}`).join('\n')
    case 'table':
      return tableOf(block)
  }
}

function tableOf({ head, rows }: Extract<Block, { kind: 'table' }>): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    line(head.map(escaped)),
    line(head.map((_, index) => (index === 0 ? '---' : '---:'))),
    ...rows.map(({ cells, indent }) =>
      line(cells.map((cell, index) => `${indent && index === 0 ? '&nbsp;&nbsp;' : ''}${escaped(cell)}`)),
    ),
  ].join('\n')
}

/** Escapes what Markdown or HTML would read as markup. Addresses and mentions do not become links. */
const escaped = (text: string): string =>
  printable(text)
    .replaceAll(/[\\`*_{}[\]<>()#|~!&]/g, (found) =>
      found === '<' ? '&lt;' : found === '>' ? '&gt;' : found === '&' ? '&amp;' : `\\${found}`,
    )
    .replaceAll('@', '&#64;')
    .replaceAll('://', '&#58;//')
