/**
 * The part of Standard Schema v1 (https://standardschema.dev) that a plan needs; zod, valibot, ArkType and others
 * implement it. Copied, as the specification suggests, so that the public types have no dependency.
 */
export interface StandardSchema<In = unknown, Out = In> {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    readonly validate: (value: unknown) => SchemaResult<Out> | Promise<SchemaResult<Out>>
    readonly types?: { readonly input: In; readonly output: Out } | undefined
  }
}

/** Result of a validation. `issues` is absent on success. */
export type SchemaResult<Out> =
  | { readonly value: Out; readonly issues?: undefined }
  | { readonly issues: readonly SchemaIssue[] }

/** One reason why a value is invalid. */
export interface SchemaIssue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

/** Creates a schema that checks nothing at run time: only types, for plans without a validator. */
export function typed<T extends object>(): StandardSchema<T> {
  return {
    '~standard': {
      version: 1,
      vendor: 'react-microconversions',
      validate: (value) => ({ value: value as T }),
    },
  }
}
