import type { LaneStorage } from '../engine/destination.ts'
import type { Writes } from '../platform/platform.ts'
import { type OutboxItem, type OutboxRow, parseRow } from './outbox.ts'

/** UTF-16 units, of the 2.5 million and more that an origin has in local storage: what a page may leave behind there. */
export const MAX_SPILL = 500_000

const spillPrefix = ({ prefix }: LaneStorage) => `${prefix}spill:`

export const writesOf = (
  { prefix }: LaneStorage,
  items: readonly { readonly id: string; readonly row: OutboxRow | null }[],
): Writes => new Map(items.map(({ id, row }) => [prefix + id, row]))

/** What is no row is removed. */
export async function readRows(storage: LaneStorage, now: () => number): Promise<readonly OutboxItem[]> {
  const items: OutboxItem[] = []
  const broken: string[] = []
  for (const [key, value] of await storage.database.readAll(storage.prefix)) {
    const id = key.slice(storage.prefix.length)
    const row = parseRow(value, now())
    if (row) items.push({ id, row })
    else broken.push(id)
  }
  removeRows(storage, broken)
  return items
}

export function removeRows(storage: LaneStorage | undefined, ids: readonly string[]): void {
  if (!storage || ids.length === 0) return
  const writes = writesOf(
    storage,
    ids.map((id) => ({ id, row: null })),
  )
  storage.database.update([], () => writes).catch(() => {})
}

/** Rows and spills of all tabs. */
export function clearRows(storage: LaneStorage | undefined): void {
  if (!storage) return
  storage.database.clear(storage.prefix).catch(() => {})
  for (const key of spillKeys(storage)) storage.local.remove(key)
}

/**
 * Leaves the first items that fit into `room`, and into what the origin has left, where the next page finds them, under
 * `name`; returns those, and their length.
 */
export function spill<Item extends OutboxItem>(
  storage: LaneStorage,
  name: string,
  items: readonly Item[],
  room: number,
): { readonly fitting: readonly Item[]; readonly length: number } {
  const texts: string[] = []
  const key = spillPrefix(storage) + name
  let length = 2
  const fitting = items.filter(({ id, row }) => {
    const text = JSON.stringify({ id, row })
    if (length + text.length >= room) return false
    length += text.length + 1
    texts.push(text)
    return true
  })
  if (texts.length === 0) return { fitting, length: 0 }
  if (storage.local.set(key, `[${texts}]`)) return { fitting, length }
  storage.local.remove(key)
  return spill(storage, name, items, room / 2)
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
    const { written } = await database.update(keys, (rows) =>
      allowed()
        ? writesOf(
            storage,
            items.filter((_, index) => !rows[index]),
          )
        : undefined,
    )
    if (written) local.remove(key)
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
