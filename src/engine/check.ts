import type { PlannedEvent } from '../plan/define-plan.ts'
import type { SchemaIssue } from '../plan/standard-schema.ts'
import { copyOf } from '../support/copy-of.ts'
import { MAX_ISSUES, plainCopy, shortened, UNREADABLE } from './plain-copy.ts'
import type { Checked, Occurrence } from './types.ts'

/** Maximum length of a text in GA4 (https://support.google.com/analytics/answer/9267744). */
const MAX_ID_LENGTH = 100

/** True if servers, vendors and storage keys can carry the id. */
export const isEventId = (id: unknown): id is string =>
  typeof id === 'string' && id.length <= MAX_ID_LENGTH && /\S/.test(id) && !/[\p{Cc}\p{Cs}]/u.test(id)

/**
 * Validates what the caller gave, and copies what the schema returned, in one step: whatever happens to either later, the
 * occurrence stays as it was. Throws where code of the plan does.
 */
export function check(planned: PlannedEvent | undefined, given: Occurrence, id?: unknown): Occurrence {
  const { value, issues = [], leftOut } = validate(planned, given)
  const { value: properties, lost, changed } = plainCopy(value)
  const known = new Set(issues.map(pathOf))
  const wrong = [...issues, ...lost.filter((issue) => !known.has(pathOf(issue)))]
  const scope = plainCopy(given.scope)
  const inScope = [...scope.lost, ...scope.changed].map((issue) => within('scope', issue))
  const chosen = id ?? planned?.id?.(copyOf(properties))
  const badId = chosen !== undefined && chosen !== null && !isEventId(chosen)
  return {
    ...given,
    properties,
    scope: scope.value,
    checked: {
      issues: [...wrong, ...changed, ...inScope, ...(badId ? [BAD_ID] : [])],
      invalid: [...new Set(wrong.map(pathOf))],
      leftOut,
      id: isEventId(chosen) ? chosen : undefined,
      broken: lost.some(({ message, path }) => message === UNREADABLE && path?.length === 0),
    },
  }
}

/** Marks an occurrence that could not be checked because code of the plan threw. */
export function unchecked(given: Occurrence, error: unknown): Occurrence {
  return {
    ...given,
    properties: plainCopy(given.properties).value,
    scope: plainCopy(given.scope).value,
    checked: { issues: [{ message: `code of the plan threw: ${error}` }], invalid: [''], broken: true },
  }
}

const BAD_ID: SchemaIssue = {
  message: `the id is no text of 1 to ${MAX_ID_LENGTH} characters, none of them a control character: the event has an id of the tracker`,
}

interface Validated extends Pick<Checked, 'leftOut'> {
  readonly value: unknown
  readonly issues?: readonly SchemaIssue[] | undefined
}

/** An event without a schema accepts no properties: those of a fact are left out, those given by hand are an issue. */
function validate(planned: PlannedEvent | undefined, { properties, trigger }: Occurrence): Validated {
  if (!planned) return { value: properties }
  const schema = planned.properties
  if (!schema) {
    const names = Object.keys(properties)
    return trigger.component === 'track'
      ? { value: {}, issues: names.slice(0, MAX_ISSUES).map(undeclared) }
      : { value: {}, leftOut: names.length ? names : undefined }
  }
  const result = schema['~standard'].validate(properties)
  if (result instanceof Promise) {
    result.catch(() => {})
    return { value: properties, issues: [{ message: 'the schema is asynchronous' }] }
  }
  if (!result.issues) return { value: result.value }
  const issues = [...result.issues].slice(0, MAX_ISSUES).map(asIssue)
  return { value: properties, issues: issues.length ? issues : [{ message: 'the schema refused them' }] }
}

const undeclared = (name: string): SchemaIssue => ({ message: 'not declared', path: [shortened(name)] })

/** Without what a library keeps beside them, such as the input. */
function asIssue({ message, path }: SchemaIssue): SchemaIssue {
  return { message: String(message).slice(0, 500), ...(path && { path: [...path].map(keyOf) }) }
}

function within(name: string, { message, path = [] }: SchemaIssue): SchemaIssue {
  return { message, path: [name, ...path] }
}

function keyOf(part: PropertyKey | { readonly key: PropertyKey }): PropertyKey {
  const key = typeof part === 'object' ? part.key : part
  return shortened(typeof key === 'symbol' ? String(key) : key)
}

/** `items.0.price`; empty where it concerns all of them. */
export const pathOf = ({ path = [] }: SchemaIssue): string =>
  path.map((part) => String(keyOf(part))).join('.')
