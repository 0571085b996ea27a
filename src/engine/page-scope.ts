import type { PageLocation } from '../platform/platform.ts'
import { scrub } from '../support/address.ts'
import { createListeners } from '../support/listeners.ts'
import { withoutTokens } from '../support/tokens.ts'
import type { PageContext, PageInput } from './types.ts'

/** The page in view: its number and names, and who wants to know when it ends. */
export function createPageScope(raw: () => PageLocation, allowedParameters: readonly string[]) {
  const location = () => {
    const { url, path, title, referrer } = raw()
    return {
      url: scrub(url, allowedParameters),
      path: withoutTokens(path),
      title,
      referrer: scrub(referrer, allowedParameters),
    }
  }
  let page: PageContext = { number: 1, ...location() }
  let key: string | undefined
  let named = false
  const ends = createListeners()

  return {
    current: () => page,
    /** Whether `open` was ever called. */
    named: () => named,
    onEnd: ends.add,
    /** False: it is the page in view already. */
    open(input: PageInput): boolean {
      if (named && input.key !== undefined && input.key === key) return false
      // What mounts on landing reports before the first call can name the page: that is the same page.
      if (named) {
        ends.tell()
        page = { ...location(), number: page.number + 1, referrer: page.url }
      }
      named = true
      key = input.key
      // Callers pass a query along; an optional part of a template ends with the same sign.
      const path = withoutTokens(input.path?.replace(/[?#][^/].*/s, '') ?? page.path)
      page = { ...page, path, title: input.title ?? location().title }
      return true
    },
    /** The same page, as another: it came back from the back/forward cache (S3). */
    renew(): void {
      ends.tell()
      page = { ...page, number: page.number + 1 }
    },
  }
}
