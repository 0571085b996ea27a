const shape = /^‹(string|number|boolean|bigint|symbol|function|undefined|null|array|object)(?: (\d+))?›$/

/** `‹string 12›`, `‹number›`, `‹array 3›`: what a value is, not what is in it. A shape stays as it is. */
export function shapeOf(value: unknown): string {
  if (isHidden(value)) return value
  const size = sizeOf(value)
  return `‹${kindOf(value)}${size === undefined ? '' : ` ${size}`}›`
}

/** `string`, `number`, `array`, …: of a value, or of one that was replaced by its shape. */
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
