/** Deeper than any event: what a circle would make endless is passed on as it is. */
const MAX_DEPTH = 16

/** Objects and lists of its own for who gets it; for what is plain. Anything else in it is passed on as it is. */
export function copyOf<Value>(value: Value, maxDepth = MAX_DEPTH): Value {
  if (typeof value !== 'object' || value === null || maxDepth < 0) return value
  if (Array.isArray(value)) return value.map((item) => copyOf(item, maxDepth - 1)) as Value
  if (Object.getPrototypeOf(value) !== Object.prototype) return value
  const copy = {}
  for (const name of Object.keys(value))
    setField(copy, name, copyOf((value as Record<string, unknown>)[name], maxDepth - 1))
  return copy as Value
}

/** Also a name such as `__proto__`, which an assignment would take for the prototype. */
export function setField(target: object, name: string, value: unknown): void {
  if (name in target)
    Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true })
  else (target as Record<string, unknown>)[name] = value
}
