import type { LaneStorage } from '../engine/types.ts'
import type { Writes } from '../platform/platform.ts'
import { type OutboxItem, type OutboxRow, parseRow } from './outbox.ts'

/** UTF-16 units: what a page may leave behind in local storage. */
const MAX_SPILL = 16_000

const spillPrefix = ({ prefix }: LaneStorage) => `${prefix}spill:`

export const writesOf = (
  { prefix }: LaneStorage,
  items: readonly { readonly id: string; readonly row: OutboxRow | null }[],
): Writes => new Map(items.map(({ id, row }) => [prefix + id, row]))

/** By event id; null for what is no row. */
export async function readRows(
  { prefix, database }: LaneStorage,
  now: () => number,
): Promise<ReadonlyMap<string, OutboxRow | null>> {
  const rows = await database.readAll(prefix)
  return new Map([...rows].map(([key, row]) => [key.slice(prefix.length), parseRow(row, now()) ?? null]))
}

export function removeRows(storage: LaneStorage, ids: readonly string[]): void {
  const writes = writesOf(
    storage,
    ids.map((id) => ({ id, row: null })),
  )
  storage.database.update([], () => writes).catch(() => {})
}

/** Rows and spills of all tabs. */
export function clearRows(storage: LaneStorage): void {
  storage.database.clear(storage.prefix).catch(() => {})
  for (const key of spillKeys(storage)) storage.local.remove(key)
}

/** Leaves the first items that fit where the next page finds them, in place of an earlier spill; returns those. */
export function spill<Item extends OutboxItem>(
  storage: LaneStorage,
  tab: string,
  items: readonly Item[],
): readonly Item[] {
  let text = ''
  const fitting = items.filter(({ id, row }) => {
    const longer = `${text && `${text},`}${JSON.stringify({ id, row })}`
    if (longer.length > MAX_SPILL) return false
    text = longer
    return true
  })
  const key = spillPrefix(storage) + tab
  if (text) storage.local.set(key, `[${text}]`)
  else storage.local.remove(key)
  return fitting
}

/** Makes rows of what pages have spilled. `allowed` is asked once more when they are written. */
export async function adoptSpills(
  storage: LaneStorage,
  allowed: () => boolean,
  now: () => number,
): Promise<void> {
  const { prefix, database, local } = storage
  for (const key of spillKeys(storage)) {
    const items = parseSpill(local.get(key), now())
    const keys = items.map(({ id }) => prefix + id)
    await database.update(keys, (rows) =>
      allowed()
        ? writesOf(
            storage,
            items.filter((_, index) => !rows[index]),
          )
        : undefined,
    )
    if (allowed()) local.remove(key)
  }
}

const spillKeys = (storage: LaneStorage) =>
  storage.local.keys().filter((key) => key.startsWith(spillPrefix(storage)))

function parseSpill(text: string | undefined, now: number): readonly OutboxItem[] {
  try {
    return (JSON.parse(text ?? '[]') as readonly Record<string, unknown>[]).flatMap(({ id, row: value }) => {
      const row = parseRow(value, now)
      return typeof id === 'string' && row ? [{ id, row }] : []
    })
  } catch {
    return []
  }
}
