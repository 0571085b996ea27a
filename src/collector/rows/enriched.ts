import { ignoreRejection, isPromise } from '../../support/is-promise.ts'
import { MAX_TIME, uuid } from '../wire/event-shapes.ts'
import { boolean, isObject, matching, number, oneOf, type Shape } from '../wire/shape.ts'
import { cleanText } from './clean.ts'
import { emptyRow } from './empty-row.ts'
import { BUCKETS, MAX_COUNT } from './make-row.ts'
import type { Cell, EventRow } from './row.ts'

/** A row with the columns that `enrich` has added. */
export type EnrichedRow = EventRow & Readonly<Record<string, Cell>>

/** Returns the row with added or changed columns, or undefined to drop the event. */
export type Enrich = (row: EventRow, request: Request) => EnrichedRow | undefined

/** Applies `enrich` to a row. Returns `failed` if it threw, returned no row, or one with a value that its column cannot hold. */
export function enriched(
  row: EventRow,
  request: Request,
  enrich: Enrich | undefined,
): EventRow | undefined | 'failed' {
  if (!enrich) return row
  try {
    const given: unknown = enrich(row, request)
    if (given === undefined) return undefined
    ignoreRejection(given)
    if (!isObject(given) || isPromise(given)) return 'failed'
    const cells = Object.entries<unknown>(given)
    if (!cells.every(([name, cell]) => isCell(cell) && fits(name, cell))) return 'failed'
    const clean = cells.map(([name, cell]) => [name, typeof cell === 'string' ? cleanText(cell) : cell])
    return { ...row, ...Object.fromEntries(clean) }
  } catch {
    return 'failed'
  }
}

const isCell = (value: unknown): value is Cell =>
  value === null ||
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value))

const whole =
  (min: number, max: number): Shape =>
  (value, path) =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max ? undefined : path
const time = whole(0, MAX_TIME)
const count = whole(0, MAX_COUNT)

/** Columns with values of one form. All others of a row are texts, which hold any cell. */
const forms = new Map<string, Shape>([
  ['kind', oneOf('event')],
  ...['id', 'session_id', 'anonymous_id', 'request_id'].map((name) => [name, uuid] as const),
  ...['time', 'time_raw', 'received_at', 'due_at'].map((name) => [name, time] as const),
  ...['day', 'site_day'].map((name) => [name, matching(/^\d{4}-\d\d-\d\d$/)] as const),
  ...['page_number', 'visit', 'days_since_last'].map((name) => [name, count] as const),
  ...['sample_rate', 'rollout', 'amount'].map((name) => [name, number()] as const),
  ...['returning_user', 'bot', 'persistent', 'synthetic', 'valid'].map((name) => [name, boolean] as const),
  ['bucket', whole(0, BUCKETS - 1)],
  ['skew', whole(-MAX_TIME, MAX_TIME)],
])

/**
 * Because of one cell of another form, DuckDB reads the whole row as null, and ClickHouse rejects the whole insert. Names of columns
 * are the same in upper and lower case there, and no column is without a name.
 */
function fits(name: string, cell: Cell): boolean {
  const column = name.toLowerCase()
  if (name === '' || (column !== name && Object.hasOwn(emptyRow, column))) return false
  const form = forms.get(name)
  if (!form || (cell === null && (name === 'valid' || emptyRow[name as keyof EventRow] === null))) return true
  return form(cell, name) === undefined
}
