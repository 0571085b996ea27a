/** Returns the path of the first invalid part of a parsed value, or undefined if the value is valid. */
export type Shape = (value: unknown, path: string) => string | undefined

type Fields = Readonly<Record<string, Shape>>
export type JsonObject = Readonly<Record<string, unknown>>

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const where =
  (holds: (value: unknown) => boolean): Shape =>
  (value, path) =>
    holds(value) ? undefined : path

export const join = (path: string, key: string | number): string => (path ? `${path}.${key}` : String(key))

export const anyObject: Shape = where(isObject)
export const boolean: Shape = where((value) => typeof value === 'boolean')
export const text: Shape = where((value) => typeof value === 'string')
export const filledText: Shape = where((value) => typeof value === 'string' && value !== '')

export const oneOf = (...values: readonly unknown[]): Shape => where((value) => values.includes(value))

/** Accepts finite numbers only: `JSON.parse` reads `1e400` as Infinity. */
export const number = (min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY): Shape =>
  where((value) => Number.isFinite(value) && (value as number) >= min && (value as number) <= max)

export const integer = (min: number): Shape =>
  where((value) => Number.isInteger(value) && (value as number) >= min)

export const matching = (pattern: RegExp, maxLength = Number.POSITIVE_INFINITY): Shape =>
  where((value) => typeof value === 'string' && pattern.test(value) && [...value].length <= maxLength)

/** Ignores fields that it does not list, because later versions of the wire format add some. */
export const object =
  (required: Fields, optional: Fields = {}): Shape =>
  (value, path) => {
    if (!isObject(value)) return path
    return (
      firstOf(Object.entries(required), ([key, shape]) => shape(value[key], join(path, key))) ??
      firstOf(Object.entries(optional), ([key, shape]) =>
        value[key] === undefined ? undefined : shape(value[key], join(path, key)),
      )
    )
  }

export const listOf =
  (each: Shape): Shape =>
  (value, path) =>
    Array.isArray(value) ? firstOf([...value.entries()], ([at, item]) => each(item, join(path, at))) : path

export const recordOf =
  (each: Shape, maxKeys = Number.POSITIVE_INFINITY): Shape =>
  (value, path) =>
    isObject(value) && Object.keys(value).length <= maxKeys
      ? firstOf(Object.entries(value), ([key, item]) => each(item, join(path, key)))
      : path

export const either =
  (first: Shape, second: Shape): Shape =>
  (value, path) =>
    first(value, path) === undefined ? undefined : second(value, path)

function firstOf<Item>(items: readonly Item[], find: (item: Item) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item)
    if (found !== undefined) return found
  }
  return undefined
}
