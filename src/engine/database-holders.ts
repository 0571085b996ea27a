import type { KeyValue } from '../platform/platform.ts'

const PREFIX = 'open:'
/** No browser keeps a page in its back/forward cache for longer. */
const LONGEST_CACHED_MS = 30 * 60_000

/** Which pages have the database open: a page in the back/forward cache cannot be asked, and would be dropped by a deletion. */
export function createHolders(local: KeyValue, now: () => number) {
  const mine = PREFIX + Math.random().toString(36).slice(2)
  let entered = false

  return {
    enter(): void {
      entered = true
      local.set(mine, '')
    },
    /** The page is left, and may come back. */
    leave(): void {
      // Not what a withdrawal has erased.
      if (local.get(mine) !== undefined) local.set(mine, String(now()))
    },
    end(): void {
      if (entered) local.remove(mine)
    },
    others: (): boolean =>
      local.keys().some((key) => {
        if (!key.startsWith(PREFIX) || key === mine) return false
        const leftAt = Number(local.get(key))
        return !leftAt || now() - leftAt < LONGEST_CACHED_MS
      }),
  }
}
