/** Returns a function's source, so that `diff` detects changes; without white space, which compilers change. */
export const functionText = (code: Function): string => `ƒ ${String(code).replaceAll(/\s/g, '')}`

const isCode = (value: unknown): value is string =>
  typeof value === 'string' && (value === 'function' || value.startsWith('ƒ '))

/** Returns whether two values of a manifest are equal. Functions are equal if one side, a manifest file, has no source for it. */
export function same(a: unknown, b: unknown): boolean {
  if (isCode(a) && isCode(b)) return a === b || a === 'function' || b === 'function'
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  const left = a as Readonly<Record<string, unknown>>
  const right = b as Readonly<Record<string, unknown>>
  if (Array.isArray(a) !== Array.isArray(b)) return false
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((key) =>
    same(left[key], right[key]),
  )
}

/** Returns a value as messages show it. */
export function shown(value: unknown): string {
  if (value === undefined) return 'none'
  if (isCode(value)) return 'a function'
  return JSON.stringify(value, (_, each: unknown) => (isCode(each) ? 'function' : each))
}

/** Describes a change: `"a" → "b".`, or a sentence for two functions. */
export function fromTo(before: unknown, after: unknown): string {
  const [from, to] = [shown(before), shown(after)]
  return from === to ? 'is another function now: look at what it returns.' : `${from} → ${to}.`
}
