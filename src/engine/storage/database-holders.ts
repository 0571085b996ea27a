import type { KeyValue } from '../../platform/platform.ts'

/** One key for all pages: when one page erases it, the entries of all are gone. */
const KEY = 'open'
/** Longest time for which a browser keeps a page in its back/forward cache. */
const LONGEST_CACHED_MS = 30 * 60_000
/** Time after which an entry is void: a page that the system ends, as on a phone, does not remove its entry. */
const LONGEST_OPEN_MS = 24 * 60 * 60_000

/**
 * Lists the pages that have the database open: a page in the back/forward cache cannot answer, and a deletion would
 * evict it. If two pages write at once, one of them may be missing in the list, and is evicted.
 */
export function createHolders(local: KeyValue, now: () => number, newId: () => string) {
  const mine = newId()

  /** Returns the time until which each entry is valid, epoch ms, by page. */
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
    /** Shortens the entry when the page is left, because it may come back. */
    leave(): void {
      const pages = read()
      // Does not restore what a withdrawal has erased.
      if (pages.has(mine)) write(pages.set(mine, now() + LONGEST_CACHED_MS))
    },
    end(): void {
      const pages = read()
      if (pages.delete(mine)) write(pages)
    },
    others: (): boolean => [...read().keys()].some((id) => id !== mine),
  }
}
