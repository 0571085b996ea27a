import type { SqlRow, Store } from '../store/store.ts'

/** Runs a query with columns of keys and a count `n`, and returns counts by the keys, joined as `keyOf` does. */
export async function countsBy(
  store: Store,
  keys: readonly string[],
  select: string,
): Promise<ReadonlyMap<string, number>> {
  const rows = await store.query<SqlRow>(select)
  return new Map(rows.map((row) => [keyOf(...keys.map((key) => row[key] ?? null)), Number(row['n'])]))
}

export type KeyPart = string | number | boolean | null

/** Returns a key that no other parts have. */
export const keyOf = (...parts: readonly KeyPart[]): string =>
  JSON.stringify(parts.map((part) => (typeof part === 'boolean' ? Number(part) : part)))
