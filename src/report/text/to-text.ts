import type { Report } from '../report-types.ts'
import { describeReport } from './describe-report.ts'
import type { Block } from './document.ts'
import { printable } from './printable.ts'

/**
 * Returns a report as text for a terminal. Control characters in names are removed.
 *
 * @example
 * console.log(toText(await report(store, { plan })))
 */
export function toText(report: Report): string {
  return `${describeReport(report).map(textOf).join('\n\n')}\n`
}

function textOf(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return printable(block.text)
    case 'lines':
      return block.lines.map((line) => printable(line)).join('\n')
    case 'table':
      return tableOf(block)
  }
}

function tableOf({ head, rows }: Extract<Block, { kind: 'table' }>): string {
  const lines = [
    head,
    ...rows.map(({ cells, indent }) =>
      cells.map((cell, index) => `${indent && index === 0 ? '  ' : ''}${printable(cell)}`),
    ),
  ]
  const widths = head.map((_, column) => Math.max(...lines.map((cells) => [...(cells[column] ?? '')].length)))
  return lines
    .map((cells) =>
      cells
        .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - [...cell].length))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
