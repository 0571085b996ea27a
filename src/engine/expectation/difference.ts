import { cut } from '../../support/cut.ts'
import type { Properties } from '../pipeline/occurrence.ts'
import type { Decision } from '../record/decision.ts'

/** One property that is not as expected, as text. */
export interface Difference {
  readonly name: string
  readonly found: string
  readonly expected: string
}

/** `expect.any(Number)` of Jest and Vitest. */
interface AsymmetricMatcher {
  readonly asymmetricMatch: (found: unknown) => boolean
  readonly toAsymmetricMatcher?: () => string
  readonly sample?: unknown
}

const MAX_SHOWN = 200

/** Returns the expected properties that the attempt lacks or has with another value. Ignores all other properties. */
export function differences(
  { properties }: Pick<Decision, 'properties'>,
  expected: Properties = {},
): readonly Difference[] {
  return Object.entries(expected).flatMap(([name, value]) => {
    const found = properties?.[name]
    if (isAlike(found, value)) return []
    const absent = properties ? 'absent' : 'not in the record'
    return [{ name, found: found === undefined ? absent : shown(found), expected: shown(value) }]
  })
}

/** Formats a value, independent of the order of its names, and cuts it to 200 characters. */
export function shown(value: unknown): string {
  const text = isAsymmetric(value) ? labelOf(value) : (JSON.stringify(value, inOrder) ?? String(value))
  return text.length > MAX_SHOWN ? `${cut(text, MAX_SHOWN - 1)}…` : text
}

/** Compares with the expected value as the record would have it: dates and bigints are texts there. */
function isAlike(found: unknown, expected: unknown): boolean {
  if (isAsymmetric(expected)) return expected.asymmetricMatch(found)
  const [left, right] = [recorded(found), recorded(expected)]
  if (!isObject(left) || !isObject(right)) return left === right
  if (Array.isArray(left) !== Array.isArray(right)) return false
  const names = new Set([...Object.keys(left), ...Object.keys(right)])
  return [...names].every((name) => isAlike(left[name], right[name]))
}

function recorded(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value)
  return isObject(value) && typeof value['toJSON'] === 'function' ? value['toJSON']() : value
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

const isAsymmetric = (value: unknown): value is AsymmetricMatcher =>
  isObject(value) && typeof value['asymmetricMatch'] === 'function'

/** Returns the label of a matcher: `Any<Number>`, `StringContaining "x"`. */
function labelOf(matcher: AsymmetricMatcher): string {
  const { sample } = matcher
  if (matcher.toAsymmetricMatcher) return matcher.toAsymmetricMatcher()
  if (sample === undefined) return String(matcher)
  return `${matcher} ${sample instanceof RegExp ? sample : shown(sample)}`
}

function inOrder(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`
  if (isAsymmetric(value)) return labelOf(value)
  if (!isObject(value) || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
