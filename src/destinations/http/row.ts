import type { LaneStorage } from '../../engine/delivery/destination.ts'
import type { Row as Stored, Writes } from '../../platform/platform.ts'
import { type Entry, type Row, URGENCIES } from './outbox.ts'

/**
 * Maximum length of a lease, in ms: a server may ask for an hour. A longer lease comes from a clock that was set back
 * since.
 */
export const LONGEST_LEASE_MS = 3_660_000

export const isFree = ({ by, until }: Pick<Row, 'by' | 'until'>, tab: string, now: number): boolean =>
  by === tab || until <= now || until > now + LONGEST_LEASE_MS

/** Returns the stored form of a row, with each shared part once. */
export function packed({ by, until, entries }: Row): Stored {
  const shared: string[] = []
  const placeOf = (line: string) => {
    if (!shared.includes(line)) shared.push(line)
    return shared.indexOf(line)
  }
  const events = [...entries].map(({ id, time, attempts, urgency, lines: [own, ...rest] }) => [
    ...[id, time, attempts, urgency, own],
    ...rest.map(placeOf),
  ])
  return { by, until, shared, events }
}

/**
 * Reads a stored row; undefined for an invalid value, since storage may contain anything. A time in the future counts
 * as now, because clocks are set back.
 */
export function unpacked(key: string, value: unknown, now: number): Row | undefined {
  const { payload, leaseBy, leaseUntil, ...row } = Object(value)
  // Version 0.2 stored each event in a row of its own, and named its urgency `priority`.
  const old = payload !== undefined
  const { by, until, shared, events } = old
    ? {
        by: leaseBy,
        until: leaseUntil,
        shared: [],
        events: [[key, row.time, row.attempts, row.priority, payload]],
      }
    : row
  try {
    const entries = new Set<Entry>()
    const found: Row = { key, by: String(by), until: Number(until) || 0, stored: true, entries }
    for (const [id, time, attempts, urgency, own, ...places] of events) {
      const lines = [own, ...places.map((place: number) => shared[place])]
      if (
        typeof id !== 'string' ||
        typeof time !== 'number' ||
        lines.some((line) => typeof line !== 'string')
      )
        return undefined
      entries.add({
        id,
        lines,
        time: Math.min(time, now),
        attempts: Number(attempts) || 0,
        urgency: URGENCIES.find((known) => known === urgency) ?? 'normal',
        row: found,
      })
    }
    return entries.size ? found : undefined
  } catch {
    return undefined
  }
}

export const writesOf = ({ prefix }: Pick<LaneStorage, 'prefix'>, rows: readonly Row[]): Writes =>
  new Map(rows.map((row) => [prefix + row.key, packed(row)]))

/** Maximum number of entries of one row, and of their UTF-16 units. */
const MAX_EVENTS = 50
const MAX_UNITS = 40_000

/** Distributes entries over rows, in order. */
export function rowsOf(list: readonly Entry[], key: () => string, by: string, until: number): readonly Row[] {
  const rows: Row[] = []
  let units = 0
  for (const entry of list) {
    const [own = ''] = entry.lines
    let row = rows.at(-1)
    units += own.length
    if (!row || row.entries.size === MAX_EVENTS || units > MAX_UNITS) {
      units = own.length
      row = { key: key(), by, until, stored: false, entries: new Set() }
      rows.push(row)
    }
    row.entries.add(entry)
    entry.row = row
  }
  return rows
}
