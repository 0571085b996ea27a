import { wellFormed } from '../../support/well-formed.ts'

/** Maximum depth of properties, scope and traits; objects and lists beyond it become null. */
const MAX_DEPTH = 16

/**
 * Replaces lone surrogates and NUL: because of one, DuckDB reads the whole row as NULL, and ClickHouse rejects the whole
 * insert.
 */
export const cleanText = (text: string): string => wellFormed(text).replaceAll('\0', '\uFFFD')

/** Returns a parsed value as clean JSON: without duplicate keys and unreadable numbers, at most 16 levels deep. */
export const cleanJson = (value: unknown): string => JSON.stringify(cleaned(value, 0))

function cleaned(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return cleanText(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth >= MAX_DEPTH) return null
  if (Array.isArray(value)) return value.map((each) => cleaned(each, depth + 1))
  // fromEntries: an own "__proto__" stays a property.
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [cleanText(key), cleaned(each, depth + 1)]),
  )
}
