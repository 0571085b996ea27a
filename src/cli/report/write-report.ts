import { extname } from 'node:path'
import { toHtml } from '../../report/html/to-html.ts'
import type { Report } from '../../report/report-types.ts'
import { toMarkdown } from '../../report/text/to-markdown.ts'
import { toText } from '../../report/text/to-text.ts'
import type { Call, Format } from '../command.ts'
import { oneOf } from '../read-arguments.ts'

export const reportFormats = ['text', 'md', 'html', 'json'] as const
export type ReportFormat = (typeof reportFormats)[number]

const byFormat: Readonly<Record<Format, ReportFormat>> = {
  text: 'text',
  github: 'md',
  markdown: 'md',
  json: 'json',
}

/** Returns the format of `--as`, else of the file's extension, else of `--format`. */
export function formatOf(call: Call): ReportFormat {
  const given = call.text('as')
  if (given !== undefined) return oneOf('as', given, reportFormats)
  const extension = extname(call.text('output') ?? '').slice(1)
  return reportFormats.find((format) => format === extension) ?? byFormat[call.format]
}

export function writeReport(report: Report, format: ReportFormat): string {
  switch (format) {
    case 'text':
      return toText(report)
    case 'md':
      return toMarkdown(report)
    case 'html':
      return toHtml(report)
    case 'json':
      return `${JSON.stringify(report, null, 2)}\n`
  }
}
