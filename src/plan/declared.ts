import { attempt } from '../support/attempt.ts'
import { ignoreRejection, isPromise } from '../support/is-promise.ts'
import type { PlannedEvent } from './define-plan.ts'

/** A property that a schema declares. */
export interface Declared {
  readonly name: string
  readonly optional: boolean
}

type Schema = NonNullable<PlannedEvent['properties']>

const known = new WeakMap<Schema, readonly Declared[] | undefined>()

/**
 * Returns the properties that a schema declares; undefined if the schema does not describe itself, as a Standard Schema
 * need not.
 */
export function declaredBy(schema: PlannedEvent['properties']): readonly Declared[] | undefined {
  if (!schema) return []
  if (!known.has(schema))
    known.set(
      schema,
      attempt(() => read(schema)),
    )
  return known.get(schema)
}

/**
 * Reads `shape`, which zod has, or `entries`, which valibot has, or else the JSON Schema as which ArkType and newer
 * versions of zod describe themselves.
 */
function read(schema: Schema): readonly Declared[] | undefined {
  const { shape, entries } = schema as { readonly shape?: object; readonly entries?: object }
  const { jsonSchema } = schema['~standard'] as {
    readonly jsonSchema?: {
      readonly input: (options: { target: string }) => { readonly properties?: object }
    }
  }
  const named = shape ?? entries ?? attempt(() => jsonSchema?.input({ target: 'draft-2020-12' }).properties)
  if (!named || typeof named !== 'object') return undefined
  // Properties that an empty object lacks are required.
  const answer = schema['~standard'].validate({})
  if (isPromise(answer)) {
    ignoreRejection(answer)
    return undefined
  }
  const missing = new Set((answer.issues ?? []).map(({ path }) => firstKey(path)))
  return Object.keys(named).map((name) => ({ name, optional: !missing.has(name) }))
}

/** Returns the first key of a path: `seats` for `['seats', 0]`. An empty text without a path. */
export function firstKey(path: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined): string {
  const part = path?.[0]
  return part === undefined ? '' : String(typeof part === 'object' ? part.key : part)
}

/** Returns a schema that declares these properties and accepts any values for them. */
export function declaredSchema(declared: readonly Declared[]): Schema {
  const required = declared.filter(({ optional }) => !optional).map(({ name }) => name)
  const schema = {
    shape: Object.fromEntries(declared.map(({ name }) => [name, {}])),
    '~standard': {
      version: 1,
      vendor: 'react-microconversions',
      validate(value: unknown) {
        const given = Object(value)
        const issues = required
          .filter((name) => !(name in given))
          .map((name) => ({ message: 'is required', path: [name] }))
        return issues.length > 0 ? { issues } : { value }
      },
    },
  }
  return schema as Schema
}
