interface Row {
  readonly description: string
  readonly table: {
    readonly category?: string
    readonly type: { readonly summary: string }
    readonly defaultValue?: { readonly summary: string }
  }
  readonly control?: 'boolean'
}

/** A row of the table in the docs, for a prop whose type the table cannot read by itself. A boolean is a switch. */
export function prop(type: string, description: string, byDefault?: string): Row {
  const defaultValue = byDefault === undefined ? {} : { defaultValue: { summary: byDefault } }
  const row = { description: asMarkdown(description), table: { type: { summary: type }, ...defaultValue } }
  return type === 'boolean' ? { ...row, control: 'boolean' } : row
}

/** Names with underscores are no emphasis, also outside of code. */
const asMarkdown = (text: string) => text.replace(/(`[^`]*`)|_/g, (_, code?: string) => code ?? '\\_')

type FixedRow = Omit<Row, 'control'> & { readonly control: false }

function fixed(category: string, row: Row): FixedRow {
  return { ...row, control: false, table: { ...row.table, category } }
}

/** A row for an argument or an option of a hook. */
export const takes = (type: string, description: string, byDefault?: string): FixedRow =>
  fixed('Takes', prop(type, description, byDefault))

/** A row for what a hook returns. */
export const gives = (type: string, description: string): FixedRow => fixed('Gives', prop(type, description))
