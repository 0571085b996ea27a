import type { PlannedEvent } from '../plan/define-plan.ts'
import type { SchemaIssue } from '../plan/standard-schema.ts'
import { attempt } from '../support/attempt.ts'
import { copyOf } from '../support/copy-of.ts'
import { messageOf } from '../support/message-of.ts'
import { isWhole, MAX_ISSUES, type PlainCopy, plainCopy, shortened, UNREADABLE } from './plain-copy.ts'
import { runCode } from './run-code.ts'
import type { Checked, Issue, Occurrence, Properties } from './types.ts'

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
  const whole = asWhole(given.properties)
  const { value, issues, leftOut } = whole.lost.length
    ? { value: {}, issues: whole.lost, leftOut: undefined }
    : validate(planned, given)
  const { value: properties, lost, changed } = plainCopy(value)
  const wrong = without(issues, lost)
  const converted = without(whole.changed, changed)
  if (wrong.length === 0 && converted.some(isWhole) && Object.keys(properties).length === 0) wrong.push(EMPTY)
  const scope = plainCopy(given.scope)
  const inScope = [...scope.lost, ...scope.changed].map((issue) => within('scope', issue))
  const chosen = id ?? (planned?.id && runCode('id', () => planned.id?.(copyOf(properties))))
  return {
    ...given,
    properties,
    scope: scope.value,
    checked: {
      issues: [...wrong, ...[...converted, ...inScope].map(cleaned), ...idIssues(chosen)],
      invalid: [...new Set(wrong.map(pathOf))],
      leftOut,
      id: isEventId(chosen) ? chosen : undefined,
    },
  }
}

/** Both, without what the second says of a path of the first. */
function without(first: readonly SchemaIssue[], second: readonly SchemaIssue[]): SchemaIssue[] {
  const known = new Set(first.map(pathOf))
  return [...first, ...second.filter((issue) => !known.has(pathOf(issue)))]
}

/** Issues of what was given as properties, if it is no plain object: no schema is asked about a number or a promise. */
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

/** None for an id that can be used, and for no id. */
export const idIssues = (id: unknown): readonly Issue[] =>
  id === undefined || id === null || isEventId(id) ? [] : [BAD_ID]

/** Marks an occurrence that could not be checked because code of the plan threw. */
export function unchecked(given: Occurrence, error: unknown): Occurrence {
  return {
    ...given,
    properties: plainCopy(given.properties).value,
    scope: plainCopy(given.scope).value,
    checked: { issues: [{ message: messageOf(error) }], invalid: [''], threw: true },
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

/** An event without a schema accepts no properties: those of a fact are left out, those given by hand are an issue. */
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
  if (result instanceof Promise) {
    result.catch(() => {})
    const issues = unreadable(properties)
    return { value: properties, issues: issues.length ? issues : [{ message: 'the schema is asynchronous' }] }
  }
  if (!result.issues) return { value: result.value, issues: [] }
  const issues = [...result.issues].slice(0, MAX_ISSUES).map(asIssue)
  return { value: properties, issues: issues.length ? issues : [{ message: 'the schema refused them' }] }
}

/** No schema can read it either: its properties are at fault. */
const unreadable = (properties: Properties) =>
  plainCopy(properties).lost.filter(({ message }) => message === UNREADABLE)

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
