import type { PlannedEvent } from '../../plan/define-plan.ts'
import { attempt } from '../../support/attempt.ts'

export interface Declared {
  readonly name: string
  readonly optional: boolean
}

type Schema = NonNullable<PlannedEvent['properties']>

const known = new WeakMap<Schema, readonly Declared[] | undefined>()

/** The properties that a schema names; undefined where it does not say: a Standard Schema need not. */
export function declaredBy(schema: PlannedEvent['properties']): readonly Declared[] | undefined {
  if (!schema) return []
  if (!known.has(schema))
    known.set(
      schema,
      attempt(() => read(schema)),
    )
  return known.get(schema)
}

/** Zod and ArkType describe themselves as JSON Schema; zod has a `shape` besides, valibot has `entries`. */
function read(schema: Schema): readonly Declared[] | undefined {
  const { shape, entries } = schema as { readonly shape?: object; readonly entries?: object }
  const { jsonSchema } = schema['~standard'] as {
    readonly jsonSchema?: {
      readonly input: (options: { target: string }) => { readonly properties?: object }
    }
  }
  const named = shape ?? entries ?? attempt(() => jsonSchema?.input({ target: 'draft-2020-12' }).properties)
  if (!named || typeof named !== 'object') return undefined
  // What a schema asks of nothing at all is what it cannot do without.
  const answer = schema['~standard'].validate({})
  if (answer instanceof Promise) {
    answer.catch(() => {})
    return undefined
  }
  const missing = new Set((answer.issues ?? []).map(({ path }) => firstKey(path)))
  return Object.keys(named).map((name) => ({ name, optional: !missing.has(name) }))
}

/** `seats` of `['seats', 0]`. */
export function firstKey(path: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined): string {
  const part = path?.[0]
  return part === undefined ? '' : String(typeof part === 'object' ? part.key : part)
}
