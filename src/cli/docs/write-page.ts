import type { Cell, PlanPage, Table } from './plan-page.ts'

export type PageFormat = 'md' | 'html' | 'mdx'

export const pageFormats: readonly PageFormat[] = ['md', 'html', 'mdx']

export function writePage(page: PlanPage, format: PageFormat): string {
  return { md: asMarkdown, html: asHtml, mdx: asMdx }[format](page)
}

/** Escapes Markdown. An underscore within a word needs no escape. */
const escapedMarkdown = (text: string) => text.replaceAll(/[\\|<>{}*`[\]]|(?<!\w)_|_(?!\w)/g, '\\$&')

function asMarkdown({ heading, note, tables }: PlanPage): string {
  const cell = ({ text, code }: Cell) => (code ? `\`${text.replaceAll('|', '\\|')}\`` : escapedMarkdown(text))
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`
  const table = ({ heading: name, columns, rows }: Table) =>
    [
      `## ${escapedMarkdown(name)}\n\n`,
      row(columns),
      row(columns.map(() => '---')),
      ...rows.map((cells) => row(cells.map(cell))),
    ].join('')
  return [`# ${escapedMarkdown(heading)}\n\n${note}\n`, ...tables.map(table)].join('\n')
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escapedHtml = (text: string) => text.replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? sign)

function htmlTable({ columns, rows }: Table, escaped: (text: string) => string): string {
  const cell = ({ text, code }: Cell) => `<td>${code ? `<code>${escaped(text)}</code>` : escaped(text)}</td>`
  const head = columns.map((column) => `<th scope="col">${escaped(column)}</th>`).join('')
  const body = rows.map((cells) => `    <tr>${cells.map(cell).join('')}</tr>\n`).join('')
  return `<table>\n  <thead>\n    <tr>${head}</tr>\n  </thead>\n  <tbody>\n${body}  </tbody>\n</table>\n`
}

const style =
  'body{font:16px/1.5 system-ui,sans-serif;margin:2rem;color-scheme:light dark}table{border-collapse:collapse}th,td{border:1px solid #8888;padding:.3rem .6rem;text-align:start;vertical-align:top}'

function asHtml({ heading, note, tables }: PlanPage): string {
  const body = tables.map(
    (table) => `<h2>${escapedHtml(table.heading)}</h2>\n${htmlTable(table, escapedHtml)}`,
  )
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapedHtml(heading)}</title>
<style>${style}</style>
<h1>${escapedHtml(heading)}</h1>
<p>${escapedHtml(note).replaceAll(/`([^`]*)`/g, '<code>$1</code>')}</p>
${body.join('')}</html>
`
}

/** Writes tables as elements and texts as expressions: MDX needs a plugin for Markdown tables, and reads braces as code. */
function asMdx({ title, heading, note, tables }: PlanPage): string {
  const value = (text: string) => (text ? `{${JSON.stringify(text)}}` : '')
  const body = tables.map((table) => `## ${escapedMarkdown(table.heading)}\n\n${htmlTable(table, value)}`)
  return [
    `import { Meta } from '@storybook/addon-docs/blocks'\n`,
    `<Meta title=${JSON.stringify(title)} />\n`,
    `{/* ${note.replaceAll('*/', '')} */}\n`,
    `# ${escapedMarkdown(heading)}\n`,
    ...body,
  ].join('\n')
}
