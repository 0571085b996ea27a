import type { KeyValue } from '../platform/platform.ts'

/** One key for all pages: erasing the entry of one erases those of all. */
const KEY = 'open'
/** No browser keeps a page in its back/forward cache for longer. */
const LONGEST_CACHED_MS = 30 * 60_000
/** A page that dies, as on a phone, says nothing. */
const LONGEST_OPEN_MS = 24 * 60 * 60_000

/**
 * Which pages have the database open: a page in the back/forward cache cannot be asked, and would be dropped by a deletion.
 * If two pages write at once, one may be missing, and is dropped.
 */
export function createHolders(local: KeyValue, now: () => number, newId: () => string) {
  const mine = newId()

  /** By page: until when it counts, in epoch ms. */
  function read(): Map<string, number> {
    const entries = (local.get(KEY) ?? '').split(',').flatMap((entry): [string, number][] => {
      const [id = '', until] = entry.split(':')
      return id && Number(until) > now() ? [[id, Number(until)]] : []
    })
    return new Map(entries)
  }

  function write(pages: ReadonlyMap<string, number>): void {
    if (pages.size) local.set(KEY, [...pages].map((entry) => entry.join(':')).join())
    else local.remove(KEY)
  }

  return {
    enter: (): void => write(read().set(mine, now() + LONGEST_OPEN_MS)),
    /** The page is left, and may come back. */
    leave(): void {
      const pages = read()
      // Not what a withdrawal has erased.
      if (pages.has(mine)) write(pages.set(mine, now() + LONGEST_CACHED_MS))
    },
    end(): void {
      const pages = read()
      if (pages.delete(mine)) write(pages)
    },
    others: (): boolean => [...read().keys()].some((id) => id !== mine),
  }
}
