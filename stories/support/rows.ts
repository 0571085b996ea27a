interface Row {
  readonly description: string
  readonly table: {
    readonly category?: string
    readonly type: { readonly summary: string }
    readonly defaultValue?: { readonly summary: string }
  }
}

/** A row of the table in the docs, for a prop whose type the table cannot read by itself. */
export function prop(type: string, description: string, byDefault?: string): Row {
  const defaultValue = byDefault === undefined ? {} : { defaultValue: { summary: byDefault } }
  return { description, table: { type: { summary: type }, ...defaultValue } }
}

type FixedRow = Row & { readonly control: false }

function fixed(category: string, row: Row): FixedRow {
  return { ...row, control: false, table: { ...row.table, category } }
}

/** What a hook takes. */
export const takes = (type: string, description: string, byDefault?: string): FixedRow =>
  fixed('Takes', prop(type, description, byDefault))

/** What a hook gives. */
export const gives = (type: string, description: string): FixedRow => fixed('Gives', prop(type, description))
