const MAX_DEPTH = 6
const MAX_ENTRIES = 50
const MAX_TEXT = 300

/** Returns the entries of an object, array, Map or Set; undefined for any other value. */
export function entriesOf(value: unknown): readonly (readonly [string, unknown])[] | undefined {
  if (typeof value !== 'object' || value === null || value instanceof Date || isNode(value)) return undefined
  try {
    if (value instanceof Map) return [...value].map(([key, item]) => [String(key), item])
    if (value instanceof Set) return [...value].map((item, index) => [String(index), item])
    return Object.entries(value)
  } catch {
    return undefined // a getter or a proxy that throws
  }
}

/** Returns whether the value is a DOM node. Works without a DOM too. */
function isNode(value: unknown): value is Node {
  return typeof Node !== 'undefined' && value instanceof Node
}

/** Describes a value in one line: its kind and size, not its content. A string is quoted and shortened. */
export function leafText(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(shorten(value))
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'function') return 'function'
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()
  if (isNode(value)) return value.nodeName.toLowerCase()
  const entries = entriesOf(value)
  if (entries) return Array.isArray(value) ? `[${entries.length}]` : `{${entries.length}}`
  try {
    return String(value)
  } catch {
    return '?'
  }
}

export function shorten(text: string, length = MAX_TEXT): string {
  return text.length > length ? `${text.slice(0, length)}…` : text
}

/** Describes up to 20 properties in one line, such as `tier: "pro", seats: 3`, for the timeline and the filter. */
export function plainText(properties: object): string {
  const parts: string[] = []
  for (const [key, value] of entriesOf(properties) ?? []) {
    parts.push(`${key}: ${leafText(value)}`)
    if (parts.length === 20) break
  }
  return parts.join(', ')
}

/** Serializes any value as JSON, bounded in size. Cycles, functions and the like become words. */
export function toJson(value: unknown, indent = 2): string {
  return JSON.stringify(toPlain(value), null, indent) ?? 'undefined'
}

/** Converts any value to one that JSON can represent, by the rules of `toJson`. */
export function toPlain(value: unknown): unknown {
  return plain(value, 0, [])
}

function plain(value: unknown, depth: number, above: readonly unknown[]): unknown {
  if (value === undefined || value === null || typeof value === 'boolean') return value
  if (typeof value === 'string') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  const entries = entriesOf(value)
  if (!entries) return leafText(value)
  if (above.includes(value)) return '(circular)'
  if (depth === MAX_DEPTH) return leafText(value)
  const inside = (item: unknown) => plain(item, depth + 1, [...above, value])
  const kept = entries.slice(0, MAX_ENTRIES)
  const left = entries.length - kept.length
  if (Array.isArray(value) || value instanceof Set) {
    return [...kept.map(([, item]) => inside(item)), ...(left ? [`… ${left} more`] : [])]
  }
  const copy = kept.map(([key, item]) => [key, inside(item)] as const)
  return Object.fromEntries(left ? [...copy, ['…', `${left} more`] as const] : copy)
}

export const bounds = { depth: MAX_DEPTH, entries: MAX_ENTRIES }
