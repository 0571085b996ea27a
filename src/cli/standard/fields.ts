import type { JsonSchema } from '../../plan/json-schema.ts'

declare const type: unique symbol

/** Schema of a property of a standard event; `T` is the type of the property. */
export interface Field<T> {
  readonly [type]?: (value: T) => T
  readonly schema: JsonSchema
  /** True if the property may be absent although its type requires it: `texts: false` leaves out texts of the page. */
  readonly leftOut?: boolean
}

export interface OptionalField<T> extends Field<T> {
  readonly optional: true
}

/** A field for each property of `T` and no other, so that the compiler compares schemas and types of facts. */
export type FieldsOf<T> = {
  readonly [K in keyof T]-?: {} extends Pick<T, K> ? OptionalField<NonNullable<T[K]>> : Field<T[K]>
}

export const text = (description: string): Field<string> => ({ schema: { type: 'string', description } })

/** Returns a field for text of the page, which trackers leave out with `texts: false`. */
export const written = (description: string): Field<string> => ({ ...text(description), leftOut: true })

export const flag = (description: string): Field<boolean> => ({ schema: { type: 'boolean', description } })

/** Returns a field for an integer, from `minimum` (default 0). */
export const whole = (description: string, minimum = 0): Field<number> => ({
  schema: { type: 'integer', minimum, description },
})

export const seconds = (description: string): Field<number> => ({
  schema: { type: 'number', minimum: 0, description: `${description}, in seconds` },
})

export const percent = (description: string): Field<number> => ({
  schema: { type: 'number', minimum: 0, maximum: 100, description: `${description}, 0-100` },
})

export const share = (description: string): Field<number> => ({
  schema: { type: 'number', minimum: 0, maximum: 1, description: `${description}, 0-1` },
})

export const amount = (description: string): Field<number> => ({ schema: { type: 'number', description } })

/** Returns a field whose possible values are the keys of `values`. */
export const oneOf = <T extends string>(
  description: string,
  values: Readonly<Record<T, true>>,
): Field<T> => ({
  schema: { enum: Object.keys(values), description },
})

export const optional = <T>(field: Field<T>): OptionalField<T> => ({ ...field, optional: true })

/** Returns the schema of an object with these fields; other fields are permitted. */
export function objectOf<T>(fields: FieldsOf<T>): JsonSchema {
  const entries = Object.entries(fields) as [string, Field<unknown> & { readonly optional?: true }][]
  const required = entries.filter(([, field]) => !field.optional && !field.leftOut).map(([name]) => name)
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([name, { schema }]) => [name, schema])),
    ...(required.length && { required }),
  }
}
