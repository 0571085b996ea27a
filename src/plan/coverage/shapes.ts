import { kindOf } from '../../support/shape.ts'

/** Names for kinds of values. */
const kindWords: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'number',
  bigint: 'number',
  boolean: 'yes/no',
  array: 'list',
  object: 'object',
}

/** Shape and number of the values of one property. */
export interface PropertyShape {
  readonly name: string
  /** Kinds in order of appearance. Null and undefined do not count as a change of shape. */
  readonly kinds: readonly string[]
  /** Number of attempts that gave the property. */
  readonly given: number
  /** Number of different values; `MAX_DISTINCT` means as many or more. */
  readonly distinct: number
  readonly range?: readonly [least: number, greatest: number] | undefined
  /** Number of the first attempt whose kind differs from the previous one. */
  readonly changedAt?: number | undefined
}

/** Maximum different values to count: a property such as an id has a new value in each attempt. */
export const MAX_DISTINCT = 50

/** Collects the values of one property, attempt by attempt. */
export function gatherShape(name: string) {
  const kinds: string[] = []
  const seen = new Set<unknown>()
  let last: string | undefined
  let given = 0
  let changedAt: number | undefined
  let range: [number, number] | undefined
  return {
    add(value: unknown, attempt: number): void {
      if (value === undefined) return
      given++
      // Objects do not count: comparing them by reference tells nothing.
      if (seen.size < MAX_DISTINCT && typeof value !== 'object') seen.add(value)
      if (typeof value === 'number' && Number.isFinite(value))
        range = range ? [Math.min(range[0], value), Math.max(range[1], value)] : [value, value]
      const found = kindOf(value)
      if (found === 'null') return
      const kind = kindWords[found] ?? 'other'
      if (!kinds.includes(kind)) kinds.push(kind)
      if (last && kind !== last) changedAt ??= attempt
      last = kind
    },
    shape: (): PropertyShape => ({ name, kinds, given, distinct: seen.size, range, changedAt }),
  }
}

/** Describes a shape, such as `text (2 values)`, `number 1–40` or `number, then text`. */
export function shapeInWords({ kinds, distinct, range }: PropertyShape): string {
  if (kinds.length === 0) return 'nothing'
  if (kinds.length > 1) return kinds.join(', then ')
  if (kinds[0] === 'text')
    return distinct === MAX_DISTINCT
      ? `text (${distinct} values or more)`
      : `text (${distinct} ${distinct === 1 ? 'value' : 'values'})`
  if (kinds[0] !== 'number' || !range) return kinds[0] as string
  const [least, greatest] = range
  return `number ${least === greatest ? least : `${least}–${greatest}`}`
}
