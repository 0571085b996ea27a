import type { Priority } from '../plan/event.ts'
import { byteLength } from '../platform/network.ts'

// A type, because rows of a database have an index signature, and an interface would not fit it.
/** What is kept of a copy until it is confirmed. */
export type OutboxRow = {
  /** The encoded event. */
  readonly payload: string
  /** Epoch ms at which it was added. */
  readonly time: number
  readonly attempts: number
  readonly priority: Priority
  /** The tab that is to send it. */
  readonly leaseBy: string
  /** Epoch ms from which any other may. */
  readonly leaseUntil: number
}
export interface OutboxItem {
  /** Id of the row: `rowIdOf` its event. */
  readonly id: string
  readonly row: OutboxRow
}

/** Two events may be given one id, an order number say: the name tells them apart. */
export const rowIdOf = ({
  name,
  eventId,
}: {
  readonly name?: string | undefined
  readonly eventId: string
}) => (name === undefined ? eventId : `${name.replace(/\//g, '%2F')}/${eventId}`)

export const eventIdOf = (rowId: string): string => rowId.slice(rowId.indexOf('/') + 1)

export interface BatchLimits {
  readonly maxEvents: number
  /** Of the items, as UTF-8. */
  readonly maxBytes: number
}

/** Maximum number of rows while they cannot be sent. */
export const MAX_ROWS = 1_000
/** UTF-16 units, as databases keep text. */
export const MAX_LENGTH = 2_000_000
export const MAX_AGE_MS = 7 * 24 * 3_600_000
/** No lease lasts longer: a server may ask for an hour. What lies beyond was written before a clock was set back. */
export const LONGEST_LEASE_MS = 3_660_000

const ORDER: readonly Priority[] = ['critical', 'normal', 'low']
const rank = ({ row }: OutboxItem) => ORDER.indexOf(row.priority)

/** Critical first, oldest first. */
export const inOrder = (a: OutboxItem, b: OutboxItem): number => rank(a) - rank(b) || a.row.time - b.row.time

export const isFree = (row: OutboxRow, tab: string, now: number): boolean =>
  row.leaseBy === tab || row.leaseUntil <= now || row.leaseUntil > now + LONGEST_LEASE_MS

/** The first items that fit, at least `least` of them; and whether others stay. */
export function chooseBatch<Item extends OutboxItem>(
  items: readonly Item[],
  { maxEvents, maxBytes }: BatchLimits,
  least = 1,
): { readonly batch: readonly Item[]; readonly more: boolean } {
  const sorted = [...items].sort(inOrder)
  let bytes = 0
  let count = 0
  for (const { row } of sorted) {
    bytes += byteLength(row.payload) + 1
    if (count === maxEvents || (count >= least && bytes > maxBytes)) break
    count++
  }
  return { batch: sorted.slice(0, count), more: count < sorted.length }
}

/**
 * Returns the rows to delete: those that are too old and, if they are `stuck`, those beyond the bounds,
 * lowest priority and oldest first. While the endpoint answers, a burst is no surplus.
 */
export function surplusOf<Item extends OutboxItem>(
  items: readonly Item[],
  now: number,
  stuck = true,
): readonly Item[] {
  let length = 0
  for (const { row } of items) length += row.payload.length
  const oldest = now - MAX_AGE_MS
  let count = items.length
  const gone = (item: Item) => {
    count--
    length -= item.row.payload.length
    return item
  }
  const surplus = items.filter(({ row }) => row.time < oldest).map(gone)
  const fits = () => !stuck || (count <= MAX_ROWS && length <= MAX_LENGTH)
  if (fits()) return surplus
  const kept = items.filter(({ row }) => row.time >= oldest)
  for (const item of kept.sort((a, b) => rank(b) - rank(a) || a.row.time - b.row.time)) {
    if (fits()) break
    surplus.push(gone(item))
  }
  return surplus
}

/** So many rows of a tab are kept on disk while its endpoint answers; what is beyond waits in memory, and is sent. */
const MAX_STORED_ROWS = 5_000
/** UTF-16 units. */
const MAX_STORED_LENGTH = 10_000_000

export function storable<Item extends OutboxItem>(items: readonly Item[]): readonly Item[] {
  let length = 0
  return items.slice(0, MAX_STORED_ROWS).filter(({ row }) => {
    length += row.payload.length
    return length <= MAX_STORED_LENGTH
  })
}

/**
 * Returns undefined for a value that is no row: storage may hold anything. A time in the future counts as
 * now, because clocks are set back.
 */
export function parseRow(value: unknown, now: number): OutboxRow | undefined {
  const row = value as Partial<Record<keyof OutboxRow, unknown>> | null | undefined
  if (typeof row?.payload !== 'string' || typeof row.time !== 'number') return undefined
  const { payload, time, attempts, priority, leaseBy, leaseUntil } = row
  return {
    payload,
    time: Math.min(time, now),
    attempts: Number(attempts) || 0,
    priority: ORDER.find((known) => known === priority) ?? 'normal',
    leaseBy: String(leaseBy),
    leaseUntil: Number(leaseUntil) || 0,
  }
}
