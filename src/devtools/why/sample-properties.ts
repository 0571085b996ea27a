import type { Properties } from '../../engine/pipeline/occurrence.ts'
import type { SchemaIssue, StandardSchema } from '../../plan/standard-schema.ts'

/** Maximum repairs, of one value each. A schema that needs more keeps the values found so far. */
const MAX_REPAIRS = 60
const MAX_GUESSES = 300
const MAX_DEPTH = 6

/**
 * Generates properties that the schema accepts. Reads the issues of the validator, and tries values at their paths
 * until they disappear. Values named in a message, such as `expected "starter" | "pro"`, come first. Returns the best
 * result found.
 */
export function sampleProperties(schema: StandardSchema<object, object> | undefined): Properties {
  let given: Properties = {}
  for (let repair = 0; schema && repair < MAX_REPAIRS; repair++) {
    const issue = issuesOf(schema, given).find(({ path }) => path && path.length > 0)
    const repaired = issue && repairedAt(schema, given, issue)
    if (!repaired) return given
    given = repaired
  }
  return given
}

/**
 * Tries values at the path of an issue. A wrong guess can help too: `at least 5 characters` appears only once the value
 * is a string.
 */
function repairedAt(
  schema: StandardSchema<object, object>,
  given: Properties,
  issue: SchemaIssue,
): Properties | undefined {
  const path = keysOf(issue)
  const place = path.join('\n')
  const tried = new Set<string>()
  const messages = new Set(messagesIn(issue))
  for (const hint of messages) {
    for (const candidate of candidates(hint)) {
      const id = JSON.stringify(candidate)
      if (tried.has(id)) continue
      tried.add(id)
      const next = withValue(given, path, candidate) as Properties
      const left = issuesOf(schema, next).filter((other) => keysOf(other).join('\n') === place)
      if (left.length === 0) return next
      for (const message of left.flatMap((other) => messagesIn(other))) messages.add(message)
    }
    if (tried.size > MAX_GUESSES) return undefined
  }
  return undefined
}

/** Returns the messages of an issue, and those of the branches of a union. */
function messagesIn(issue: unknown, depth = 0): readonly string[] {
  if (typeof issue !== 'object' || issue === null || depth > MAX_DEPTH) return []
  return Object.entries(issue).flatMap(([key, value]) =>
    key === 'message' && typeof value === 'string' ? [value] : messagesIn(value, depth + 1),
  )
}

function issuesOf(schema: StandardSchema<object, object>, given: Properties): readonly SchemaIssue[] {
  try {
    const result = schema['~standard'].validate(given)
    return 'issues' in result && result.issues ? result.issues : []
  } catch {
    return []
  }
}

function keysOf({ path = [] }: SchemaIssue): readonly PropertyKey[] {
  return path.map((part) => (typeof part === 'object' ? part.key : part))
}

/** Returns values to try: those that the message names, then one of each kind, then common formats. */
function candidates(message: string): readonly unknown[] {
  const named = [...message.matchAll(/["'`]([^"'`]*)["'`]/g)].map((match) => match[1])
  const numbers = [...message.matchAll(/-?\d+(?:\.\d+)?/g)].map(([digits]) => Number(digits))
  const keyed = [...message.matchAll(/\b[a-z]+_[a-z_]+\b/g)].map(([key]) => ({ [key]: 'text' }))
  const near = numbers.flatMap((number) => [number, number + 1, number - 1])
  const long = numbers.filter((number) => number > 0 && number <= 1_000).map((length) => 'x'.repeat(length))
  const lists = numbers
    .filter((number) => number > 0 && number <= 20)
    .map((length) => Array(length).fill('text'))
  const formats = ['2030-01-31', '2030-01-31T12:00:00Z', 'https://example.com/', 'EUR', 'en']
  const ids = ['00000000-0000-4000-8000-000000000000', 'name@example.com']
  return [
    ...named,
    ...numbers,
    'text',
    1,
    true,
    {},
    ...keyed,
    [],
    ...near,
    ['text'],
    ...lists,
    ...long,
    ...formats,
    ...ids,
    null,
  ]
}

/** Returns a copy with one value replaced, at any depth. */
function withValue(target: unknown, [key, ...rest]: readonly PropertyKey[], value: unknown): unknown {
  if (key === undefined) return value
  const copy: Record<PropertyKey, unknown> = Array.isArray(target)
    ? ([...target] as unknown as Record<PropertyKey, unknown>)
    : { ...(target as object) }
  copy[key] = withValue(copy[key], rest, value)
  return copy
}
