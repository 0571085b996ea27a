/** Maximum depth of a copy, deeper than any event. It ends the copy of an object that contains itself. */
const MAX_DEPTH = 16

/**
 * Copies plain objects and arrays, and those in them. Everything else, and everything below `maxDepth` levels (default
 * 16), is passed on as it is.
 */
export function copyOf<Value>(value: Value, maxDepth = MAX_DEPTH): Value {
  if (typeof value !== 'object' || value === null || maxDepth < 0) return value
  if (Array.isArray(value)) return value.map((item) => copyOf(item, maxDepth - 1)) as Value
  if (Object.getPrototypeOf(value) !== Object.prototype) return value
  const copy = {}
  for (const name of Object.keys(value))
    setField(copy, name, copyOf((value as Record<string, unknown>)[name], maxDepth - 1))
  return copy as Value
}

/** Sets a field, also one with a name such as `__proto__`, for which an assignment would set the prototype. */
export function setField(target: object, name: string, value: unknown): void {
  if (name in target)
    Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true })
  else (target as Record<string, unknown>)[name] = value
}
