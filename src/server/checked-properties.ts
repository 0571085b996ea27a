import type { PlannedEvent } from '../plan/define-plan.ts'
import type { SchemaIssue } from '../plan/standard-schema.ts'
import { attempt } from '../support/attempt.ts'
import { ignoreRejection, isPromise } from '../support/is-promise.ts'

/** Properties as they are sent, and the paths of invalid ones. */
export interface CheckedProperties {
  readonly value: Readonly<Record<string, unknown>>
  readonly issues: readonly string[]
}

const ALL = ''

/**
 * Validates properties by the event's schema, and copies what the schema returned as JSON: dates and bigints become texts. Without
 * an event, nothing is checked.
 */
export function checkedProperties(planned: PlannedEvent | undefined, given: object): CheckedProperties {
  const { value, issues } = planned ? validated(planned, given) : { value: given, issues: [] }
  const copy = attempt(() => JSON.parse(JSON.stringify(value, bigintAsText)) as unknown)
  const isObject = typeof copy === 'object' && copy !== null && !Array.isArray(copy)
  return isObject ? { value: copy as CheckedProperties['value'], issues } : { value: {}, issues: [ALL] }
}

function validated(
  { properties: schema }: PlannedEvent,
  given: object,
): { value: unknown; issues: string[] } {
  // An event without a schema has no properties.
  if (!schema) return { value: {}, issues: Object.keys(given ?? {}) }
  const answer = attempt(() => schema['~standard'].validate(given))
  ignoreRejection(answer)
  if (!answer || isPromise(answer)) return { value: given, issues: [ALL] }
  if (!answer.issues) return { value: answer.value, issues: [] }
  return { value: given, issues: [...new Set(answer.issues.map(pathOf))] }
}

const pathOf = ({ path = [] }: SchemaIssue): string =>
  path.map((part) => String(typeof part === 'object' ? part.key : part)).join('.')

const bigintAsText = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)
