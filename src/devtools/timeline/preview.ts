import type { Decision } from '../../engine/record/decision.ts'
import { entriesOf, leafText } from '../parts/plain-value.ts'

/** Number of attempts, in list order, among which the previous one of the same event is sought. */
const REACH = 100
const SHOWN = 6

/**
 * Describes the properties that tell an attempt from the previous one of its event, such as `error_code: "http_503"`.
 * Without a previous one, or without a difference, describes all that have a value.
 */
export function previewOf(properties: object, earlier: object | undefined): string {
  const given = (entriesOf(properties) ?? []).filter(([, value]) => hasValue(value))
  const before = new Map(earlier ? entriesOf(earlier) : [])
  const different = given.filter(([name, value]) => leafText(before.get(name)) !== leafText(value))
  return (earlier && different.length > 0 ? different : given)
    .slice(0, SHOWN)
    .map(([name, value]) => `${name}: ${leafText(value)}`)
    .join(', ')
}

const hasValue = (value: unknown) => value !== undefined && value !== null && value !== ''

/** Returns the properties of the previous attempt of the same event, in a list with the newest first. */
export function earlierProperties(found: readonly Decision[], index: number, event: string) {
  return found.slice(index + 1, index + 1 + REACH).find((decision) => decision.event === event)?.properties
}
