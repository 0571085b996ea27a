import type { Report } from '../report-types.ts'
import { describeReport } from '../text/describe-report.ts'
import type { Block } from '../text/document.ts'
import { drawChart } from './draw-chart.ts'
import { escaped } from './escaped.ts'
import { styles } from './styles.ts'

/**
 * Returns a report as one HTML file with charts, for a browser or for print. It has no script, makes no request, and has a policy that
 * permits neither. Names and values are escaped.
 *
 * @example
 * await writeFile('report.html', toHtml(await report(store, { plan })))
 */
export function toHtml(report: Report): string {
  const blocks = describeReport(report)
  const [title] = blocks
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${escaped(title?.kind === 'heading' ? title.text : 'Report')}</title>
<style>${styles}</style>
</head>
<body>
<main>
${sectionsOf(blocks).map(htmlOfSection).join('\n')}
</main>
</body>
</html>
`
}

interface Section {
  readonly heading: string
  readonly content: readonly Block[]
}

function sectionsOf(blocks: readonly Block[]): readonly Section[] {
  const sections: { heading: string; content: Block[] }[] = []
  for (const block of blocks) {
    if (block.kind === 'heading') sections.push({ heading: block.text, content: [] })
    else sections.at(-1)?.content.push(block)
  }
  return sections
}

function htmlOfSection({ heading, content }: Section, index: number): string {
  const level = index === 0 ? 'h1' : 'h2'
  const inner = content.map((block) => htmlOf(block, heading)).join('\n')
  return `<section>\n<${level}>${escaped(heading)}</${level}>\n${inner}\n</section>`
}

function htmlOf(block: Block, heading: string): string {
  switch (block.kind) {
    case 'heading':
      return ''
    case 'lines':
      return block.lines.map((line) => `<p>${escaped(line)}</p>`).join('\n')
    case 'table':
      return [
        ...(block.charts ?? []).map((chart) => `<figure>${drawChart(chart)}</figure>`),
        tableOf(block, heading),
      ].join('\n')
  }
}

/** A wide table scrolls by itself, which a keyboard must reach. */
function tableOf({ head, rows }: Extract<Block, { kind: 'table' }>, heading: string): string {
  const header = head.map((cell) => `<th scope="col">${escaped(cell)}</th>`).join('')
  const body = rows.map(({ cells: [name = '', ...cells], indent }) => {
    const others = cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')
    return `<tr><th scope="row"${indent ? ' class="indent"' : ''}>${escaped(name)}</th>${others}</tr>`
  })
  return `<div class="table" role="region" tabindex="0" aria-label="${escaped(`Table: ${heading}`)}">
<table>
<thead><tr>${header}</tr></thead>
<tbody>
${body.join('\n')}
</tbody>
</table>
</div>`
}
