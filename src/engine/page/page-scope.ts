import type { PageLocation } from '../../platform/platform.ts'
import { queryOf, scrub } from '../../support/address.ts'
import { attempt } from '../../support/attempt.ts'
import { createListeners } from '../../support/listeners.ts'
import { parametersOf } from '../../support/parameters.ts'
import { withoutTokens } from '../../support/tokens.ts'
import type { PageContext, PageInput } from './page.ts'
import { routeTemplate } from './route-template.ts'

/** Creates the page in view: its number, its names, and the listeners to its end. */
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
  /** Frozen, because all events and decisions of the page share it. */
  let page: PageContext = Object.freeze({ number: 1, ...location() })
  let identity: string | undefined
  let named = false
  let stays = false
  let ownTitle: string | undefined
  let shownAt = raw().path
  const ends = createListeners()

  function change(given: Partial<PageContext>): void {
    page = Object.freeze({ ...page, ...given })
  }

  function rename(given: Partial<PageContext>): void {
    const changed = Object.entries(given).some(([name, value]) => page[name as keyof PageContext] !== value)
    if (changed) change(given)
  }

  return {
    /**
     * Returns the page, with the title of the document unless the document has the address of the next page already.
     */
    current(): PageContext {
      if (ownTitle === undefined) {
        const { title } = raw()
        if (title !== page.title && raw().path === shownAt) change({ title })
      }
      return page
    },
    /** Returns the number of the page, without a look at its title. */
    number: () => page.number,
    /** Returns whether `open` was ever called. */
    named: () => named,
    onEnd: ends.add,
    /** Opens a page. Returns false if that page is in view already, perhaps with other names. */
    open(input: PageInput): boolean {
      const opened = identityOf(input, raw().url)
      const same = named && opened !== undefined && opened === identity
      const path = withoutTokens(reportedPath(input, same ? page.path : raw().path))
      // A page that did not stay was redirected, or had no name yet: it is the same page with another name.
      if (!same && stays) {
        // React has set the title of the next page. With a hash or memory router, the path does not tell.
        ownTitle ??= page.title
        ends.tell()
        page = Object.freeze({ ...location(), number: page.number + 1, referrer: page.url })
      } else if (!same) change({ ...location(), referrer: page.referrer })
      if (!same) {
        stays = false
        shownAt = raw().path
      }
      named = true
      identity = opened
      ownTitle = input.title
      rename({ path, type: input.type })
      rename({ title: input.title ?? (same ? page.title : raw().title) })
      return !same
    },
    /** Lets the page stay: it was not redirected. From now on, the next page ends it. */
    stay(): void {
      stays = true
      shownAt = raw().path
    },
    /** Starts another scope of the same page, which came back from the back/forward cache. */
    renew(): void {
      ends.tell()
      change({ number: page.number + 1 })
    },
  }
}

export type PageScope = ReturnType<typeof createPageScope>

/** Matches the pathname, `#/shop` of a hash router, or a template with optional parts (`/:lang?`). */
const PATH = /^(?:\/:\w+\?(?=\/|$)|[^?#]|#(?=\/))*/

/** Returns the path without query, fragment and trailing slash. */
const plainPath = (path: string) => path.match(PATH)?.[0].replace(/\/+$/, '') || '/'

function reportedPath({ path, template, params }: PageInput, otherwise: string): string {
  const pathname = plainPath(path ?? otherwise)
  if (template) return plainPath(template)
  return params ? routeTemplate(pathname, params) : pathname
}

/**
 * Returns an identity that is equal for calls about the same page. Undefined if the caller does not identify the page.
 */
function identityOf({ path, key, search = [] }: PageInput, url: string): string | undefined {
  if (path === undefined && key === undefined) return undefined
  const given = parametersOf(queryOf(path?.includes('?') ? path : url))
  const values = search.map((name) => given.filter(([other]) => other === name))
  const pathname = path && plainPath(path)
  // Routers report `/café` after a navigation, and `/caf%C3%A9` after a return or a jump to a fragment.
  return JSON.stringify([pathname && (attempt(() => decodeURI(pathname)) ?? pathname), values, key])
}
