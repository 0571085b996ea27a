import type { PageLocation } from '../platform/platform.ts'
import { queryOf, scrub } from '../support/address.ts'
import { attempt } from '../support/attempt.ts'
import { createListeners } from '../support/listeners.ts'
import { parametersOf } from '../support/parameters.ts'
import { withoutTokens } from '../support/tokens.ts'
import { routeTemplate } from './route-template.ts'
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
  let identity: string | undefined
  let named = false
  let stays = false
  let ownTitle: string | undefined
  let shownAt = raw().path
  const ends = createListeners()

  function rename(given: Partial<PageContext>): void {
    const changed = Object.entries(given).some(([name, value]) => page[name as keyof PageContext] !== value)
    if (changed) page = { ...page, ...given }
  }

  return {
    /** With the title of the document, unless its address is that of the next page already. */
    current(): PageContext {
      if (ownTitle === undefined) {
        const { path, title } = raw()
        if (path === shownAt) rename({ title })
      }
      return page
    },
    /** Whether `open` was ever called. */
    named: () => named,
    onEnd: ends.add,
    /** False: it is the page in view already, perhaps under other names. */
    open(input: PageInput): boolean {
      const opened = identityOf(input, raw().url)
      const same = named && opened !== undefined && opened === identity
      const path = withoutTokens(reportedPath(input, same ? page.path : raw().path))
      // A page that did not stay gave way to a redirect, or was not named yet: it is the same page under another name.
      if (!same && stays) {
        ends.tell()
        page = { ...location(), number: page.number + 1, referrer: page.url }
      } else if (!same) page = { ...page, ...location(), referrer: page.referrer }
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
    /** The page is not a stop on the way to another one: from now on the next page ends it. */
    stay(): void {
      stays = true
      shownAt = raw().path
    },
    /** The same page, as another: it came back from the back/forward cache. */
    renew(): void {
      ends.tell()
      page = { ...page, number: page.number + 1 }
    },
  }
}

export type PageScope = ReturnType<typeof createPageScope>

/** The pathname, `#/shop` of a hash router, or a template with optional parts (`/:lang?`). */
const PATH = /^(?:\/:\w+\?(?=\/|$)|[^?#]|#(?=\/))*/

/** Without query, fragment and trailing slash. */
const plainPath = (path: string) => path.match(PATH)?.[0].replace(/\/+$/, '') || '/'

function reportedPath({ path, template, params }: PageInput, otherwise: string): string {
  const pathname = plainPath(path ?? otherwise)
  if (template) return plainPath(template)
  return params ? routeTemplate(pathname, params) : pathname
}

/** Undefined: the caller says of no page that it is the same. */
function identityOf({ path, key, search = [] }: PageInput, url: string): string | undefined {
  if (path === undefined && key === undefined) return undefined
  const given = parametersOf(queryOf(path?.includes('?') ? path : url))
  const values = search.map((name) => given.filter(([other]) => other === name))
  const pathname = path && plainPath(path)
  // Routers give `/café` at a navigation and `/caf%C3%A9` at a return or a jump to a fragment.
  return JSON.stringify([pathname && (attempt(() => decodeURI(pathname)) ?? pathname), values, key])
}
