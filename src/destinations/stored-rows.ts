import type { LaneStorage } from '../engine/destination.ts'
import type { Writes } from '../platform/platform.ts'
import { type OutboxItem, type OutboxRow, parseRow } from './outbox.ts'

/** UTF-16 units: what a page may leave behind in local storage. */
const MAX_SPILL = 16_000

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
