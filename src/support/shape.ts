const shape = /^‹(string|number|boolean|bigint|symbol|function|undefined|null|array|object)(?: (\d+))?›$/

/**
 * Describes a value without its content, such as `‹string 12›`, `‹number›` or `‹array 3›`. Returns a shape unchanged.
 */
export function shapeOf(value: unknown): string {
  if (isHidden(value)) return value
  const size = sizeOf(value)
  return `‹${kindOf(value)}${size === undefined ? '' : ` ${size}`}›`
}

/**
 * Returns the kind of a value, such as `string`, `number` or `array`, also of a value that was replaced by its shape.
 */
export function kindOf(value: unknown): string {
  if (typeof value === 'string') return shape.exec(value)?.[1] ?? 'string'
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

export function isHidden(value: unknown): value is string {
  return typeof value === 'string' && shape.test(value)
}

function sizeOf(value: unknown): number | undefined {
  if (typeof value === 'string' || Array.isArray(value)) return value.length
  if (typeof value !== 'object' || value === null) return undefined
  try {
    return Object.keys(value).length
  } catch {
    return 0 // a proxy that throws
  }
}
