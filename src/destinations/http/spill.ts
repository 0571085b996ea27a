import type { LaneStorage } from '../../engine/delivery/destination.ts'
import type { Row } from './outbox.ts'
import { packed, unpacked, writesOf } from './row.ts'

/**
 * In UTF-16 units: part of the 2.5 million or more that local storage offers an origin, for the rows of a page that the
 * user leaves.
 */
export const MAX_SPILL = 500_000

const spillPrefix = ({ prefix }: LaneStorage) => `${prefix}spill:`

export const spillKeys = (storage: LaneStorage) =>
  storage.local.keys().filter((key) => key.startsWith(spillPrefix(storage)))

/**
 * Stores the first rows that fit into `room`, and into the remaining space of the origin, in local storage under
 * `name`, where the next page finds them. Returns those rows and their length.
 */
export function spill(
  storage: LaneStorage,
  name: string,
  rows: readonly Row[],
  room: number,
): { readonly fit: readonly Row[]; readonly length: number } {
  const texts: string[] = []
  let length = 2
  const fit = rows.filter((row) => {
    const text = JSON.stringify({ id: row.key, row: packed(row) })
    if (length + text.length >= room) return false
    length += text.length + 1
    return texts.push(text)
  })
  if (fit.length === 0) return { fit, length: 0 }
  const key = spillPrefix(storage) + name
  if (storage.local.set(key, `[${texts}]`)) return { fit, length }
  storage.local.remove(key)
  return spill(storage, name, rows, room / 2)
}

/** Moves spilled events of other pages into rows. `allowed` is checked again when they are written. */
export async function adoptSpills(storage: LaneStorage, allowed: () => boolean, now: number): Promise<void> {
  const { prefix, database, local } = storage
  for (const key of spillKeys(storage)) {
    const rows = parseSpill(local.get(key), now)
    const { written } = await database.update(
      rows.map((row) => prefix + row.key),
      (stored) =>
        allowed()
          ? writesOf(
              storage,
              rows.filter((_, index) => !stored[index]),
            )
          : undefined,
    )
    if (written) local.remove(key)
  }
}

function parseSpill(text: string | undefined, now: number): readonly Row[] {
  try {
    return JSON.parse(text ?? '[]').flatMap(
      (item: { readonly id?: unknown; readonly row?: unknown } | null) =>
        (typeof item?.id === 'string' && unpacked(item.id, item.row, now)) || [],
    )
  } catch {
    return []
  }
}
