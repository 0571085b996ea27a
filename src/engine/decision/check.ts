import type { PlannedEvent } from '../../plan/define-plan.ts'
import type { SchemaIssue } from '../../plan/standard-schema.ts'
import { attempt } from '../../support/attempt.ts'
import { copyOf } from '../../support/copy-of.ts'
import { isEventId, MAX_ID_LENGTH } from '../../support/event-id.ts'
import { ignoreRejection, isPromise } from '../../support/is-promise.ts'
import { messageOf } from '../../support/message-of.ts'
import { noScope, type Occurrence, type Properties } from '../pipeline/occurrence.ts'
import type { Checked, Issue } from './issue.ts'
import { isWhole, MAX_ISSUES, type PlainCopy, plainCopy, shortened, UNREADABLE } from './plain-copy.ts'
import { runCode } from './run-code.ts'

/**
 * Validates the properties, and copies what the schema returned, in one step: later changes by the caller or the schema
 * do not affect the occurrence. Throws if code of the plan throws.
 */
export function check(planned: PlannedEvent | undefined, given: Occurrence, id?: unknown): Occurrence {
  const whole = asWhole(given.properties)
  const { value, issues, leftOut } = whole.lost.length
    ? { value: {}, issues: whole.lost, leftOut: undefined }
    : validate(planned, given)
  const { value: properties, lost, changed } = plainCopy(value)
  const found = without(issues, lost)
  const converted = without(whole.changed, changed)
  const isEmpty = () => converted.some(isWhole) && Object.keys(properties).length === 0
  const wrong = found.length === 0 && isEmpty() ? [EMPTY] : found
  const scope = given.scope === noScope ? unchanged : plainCopy(given.scope)
  const isAround = Object.keys(scope.value).length > 0
  const inScope = [...scope.lost, ...scope.changed].map((issue) => within('scope', issue))
  const chosen = id ?? (planned?.id && runCode('id', () => planned.id?.(copyOf(properties))))
  return {
    ...given,
    properties,
    scope: isAround ? scope.value : noScope,
    checked: {
      issues: [...wrong, ...converted.map(cleaned), ...inScope.map(cleaned), ...idIssues(chosen)],
      leftOut,
      id: isEventId(chosen) ? chosen : undefined,
    },
  }
}

const unchanged: PlainCopy = { value: noScope, lost: [], changed: [] }

/** Joins both lists, without issues of the second one whose path the first one has. */
function without(first: readonly SchemaIssue[], second: readonly SchemaIssue[]): readonly SchemaIssue[] {
  if (second.length === 0) return first
  const known = new Set(first.map(pathOf))
  return [...first, ...second.filter((issue) => !known.has(pathOf(issue)))]
}

/** Returns the issues of properties that are not a plain object: no schema is asked about a number or a promise. */
function asWhole(given: unknown): Pick<PlainCopy, 'lost' | 'changed'> {
  const isPlain = attempt(() => {
    const prototype: unknown = Object.getPrototypeOf(given)
    return typeof given === 'object' && (prototype === Object.prototype || prototype === null)
  })
  if (isPlain) return { lost: [], changed: [] }
  const { lost, changed } = plainCopy(given, 0)
  return { lost: lost.filter(isWhole), changed: changed.filter(isWhole) }
}

export const cleaned = (issue: SchemaIssue): Issue => ({ ...issue, kind: 'cleaned' })

/** Returns the issue of an unusable id; none for a usable id, and for no id. */
export const idIssues = (id: unknown): readonly Issue[] =>
  id === undefined || id === null || isEventId(id) ? [] : [BAD_ID]

/** Marks an occurrence that could not be checked because code of the plan threw. */
export function unchecked(given: Occurrence, error: unknown): Occurrence {
  return {
    ...given,
    properties: plainCopy(given.properties).value,
    scope: plainCopy(given.scope).value,
    checked: { issues: [{ message: messageOf(error) }], threw: true },
  }
}

const EMPTY: SchemaIssue = { message: 'is an instance of a class without fields of its own', path: [] }
const BAD_ID: Issue = {
  message: `the id is no text of 1 to ${MAX_ID_LENGTH} characters, none of them a control character`,
  kind: 'id',
}

interface Validated extends Pick<Checked, 'leftOut'> {
  readonly value: unknown
  readonly issues: readonly SchemaIssue[]
}

/**
 * Validates properties by the event's schema. An event without a schema accepts no properties: those of a fact are left
 * out, those of a call by hand are an issue.
 */
function validate(planned: PlannedEvent | undefined, { properties, trigger }: Occurrence): Validated {
  if (!planned) return { value: properties, issues: [] }
  const schema = planned.properties
  if (!schema) {
    const names = attempt(() => Object.keys(properties))
    if (!names) return { value: {}, issues: [{ message: UNREADABLE }] }
    return trigger.component === 'track'
      ? { value: {}, issues: names.slice(0, MAX_ISSUES).map(undeclared) }
      : { value: {}, issues: [], leftOut: names.length ? names : undefined }
  }
  let result: ReturnType<(typeof schema)['~standard']['validate']>
  try {
    result = runCode('properties', () => schema['~standard'].validate(properties))
  } catch (error) {
    const issues = unreadable(properties)
    if (issues.length) return { value: properties, issues }
    throw error
  }
  if (isPromise(result)) {
    ignoreRejection(result)
    const issues = unreadable(properties)
    return { value: properties, issues: issues.length ? issues : [{ message: 'the schema is asynchronous' }] }
  }
  if (!result.issues) return { value: result.value, issues: [] }
  const issues = [...result.issues].slice(0, MAX_ISSUES).map(asIssue)
  return { value: properties, issues: issues.length ? issues : [{ message: 'the schema refused them' }] }
}

/** Returns the properties that cannot be read by any schema: then the properties are at fault, not the schema. */
const unreadable = (properties: Properties) =>
  plainCopy(properties).lost.filter(({ message }) => message === UNREADABLE)

const undeclared = (name: string): SchemaIssue => ({ message: 'not declared', path: [shortened(name)] })

/** Copies message and path alone: libraries add values such as the input. */
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

/** Returns a path such as `items.0.price`; an empty text if the issue concerns all properties. */
export const pathOf = ({ path = [] }: SchemaIssue): string =>
  path.map((part) => String(keyOf(part))).join('.')

/** Returns the paths of invalid properties, each once. */
export const invalidPaths = (issues: readonly Issue[]): readonly string[] => [
  ...new Set(issues.filter(({ kind }) => !kind).map(pathOf)),
]
