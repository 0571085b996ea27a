import { isHidden, kindOf } from '../../support/shape.ts'

/**
 * Writes a JSON value as a JavaScript literal. A value that was replaced by its shape becomes a sample of that shape.
 */
export function literal(value: unknown): string {
  if (isHidden(value)) return samples[kindOf(value)] ?? 'undefined'
  if (typeof value === 'string') return quoted(value)
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const entries = Object.entries(value).map(([name, item]) => `${property(name)}: ${literal(item)}`)
  return entries.length ? `{ ${entries.join(', ')} }` : '{}'
}

const samples: Readonly<Record<string, string>> = {
  string: `'sample'`,
  number: '1',
  boolean: 'true',
  null: 'null',
  array: '[]',
  object: '{}',
}

export function quoted(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

function property(name: string): string {
  // A plain `__proto__` key would set the prototype.
  if (name === '__proto__') return `['__proto__']`
  return /^[a-z_$][\w$]*$/i.test(name) ? name : quoted(name)
}
