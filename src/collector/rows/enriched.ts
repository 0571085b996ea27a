import { cleanText } from './clean.ts'
import type { Cell, EventRow } from './row.ts'

/** A row with the columns that `enrich` has added. */
export type EnrichedRow = EventRow & Readonly<Record<string, Cell>>

/** Returns the row with added or changed columns, or undefined to drop the event. */
export type Enrich = (row: EventRow, request: Request) => EnrichedRow | undefined

/** Applies `enrich` to a row. Returns `failed` if it threw or returned a value that no column can hold. */
export function enriched(
  row: EventRow,
  request: Request,
  enrich: Enrich | undefined,
): EventRow | undefined | 'failed' {
  if (!enrich) return row
  try {
    const given = enrich(row, request)
    if (given === undefined) return undefined
    const cells = Object.entries<unknown>(given)
    if (!cells.every(([, cell]) => isCell(cell))) return 'failed'
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
