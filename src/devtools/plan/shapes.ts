import { kindOf } from '../parts/shape.ts'
import { plural } from '../parts/time-words.ts'

/** What kind of value it is, never which. */
const kindWords: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'number',
  bigint: 'number',
  boolean: 'yes/no',
  array: 'list',
  object: 'object',
}

/** The values that one property had: their shape and how many there were. */
export interface PropertyShape {
  readonly name: string
  /** In the order in which they came. Without null and undefined: they are no change of shape. */
  readonly kinds: readonly string[]
  /** Attempts that gave it. */
  readonly given: number
  /** Different values; `MAX_DISTINCT` stands for as many or more. */
  readonly distinct: number
  readonly range?: readonly [least: number, greatest: number] | undefined
  /** The first attempt whose kind differs from the one before. */
  readonly changedAt?: number | undefined
}

/** More are not told apart: an id has as many values as attempts. */
export const MAX_DISTINCT = 50

/** Takes the values of one property, attempt by attempt. */
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
      // Objects are told apart by reference only, which says nothing: they are not counted.
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

/** `text (2 values)`, `number 1–40`, `number, then text`. */
export function shapeInWords({ kinds, distinct, range }: PropertyShape): string {
  if (kinds.length === 0) return 'nothing'
  if (kinds.length > 1) return kinds.join(', then ')
  if (kinds[0] === 'text')
    return distinct === MAX_DISTINCT
      ? `text (${distinct} values or more)`
      : `text (${plural(distinct, 'value')})`
  if (kinds[0] !== 'number' || !range) return kinds[0] as string
  const [least, greatest] = range
  return `number ${least === greatest ? least : `${least}–${greatest}`}`
}
