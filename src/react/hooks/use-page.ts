'use client'

import { useEffect, useLayoutEffect } from 'react'
import type { PageInput, PageNaming } from '../../engine/page/page.ts'
import type { WhenItStays } from '../../engine/page/page-views.ts'
import type { Properties } from '../../engine/pipeline/occurrence.ts'
import type { Decision } from '../../engine/record/decision.ts'
import { partsOf } from '../../engine/record/tracker-parts.ts'
import { queryOf } from '../../support/address.ts'
import { contain } from '../../triggers/contained.ts'
import { usePlace } from '../context.ts'
import { needsObject } from '../wiring/needs-object.ts'
import { useLatest } from '../wiring/use-latest.ts'
import { whenItStays } from '../wiring/when-it-stays.ts'

/** Options of `usePage`. */
export interface PageOptions extends PageNaming {
  /** The router's pathname, optionally with the query. Undefined or null begins no page. */
  readonly pathname: string | null | undefined
}

type OpenPage = (input: PageInput, scope: Properties, whenItStays: WhenItStays) => Decision | undefined

/**
 * Layout effects run before the effects of all children of a route, so that everything that mounts with a page belongs
 * to it.
 */
const useBeforeChildren = typeof window === 'undefined' ? useEffect : useLayoutEffect

/**
 * Begins a page scope when the router's `pathname`, a query parameter named in `search`, or `key` changes. Emits
 * `page_view` if the plan declares it: about 300 ms after the commit, or as soon as the user acts. By then effects have
 * set the title, and a route that only redirects (`<Navigate>`) does not count as a page. Call it once, in the
 * component that knows the route.
 *
 * `pathname` identifies the page, without query, fragment and trailing slash. `search` parameters are read from the
 * query of `pathname` if it has one, else from the URL of the document. Next updates that URL after it renders, and
 * does not re-render for a change of the query alone: append the query of `useSearchParams` to the pathname. Pass
 * undefined or null where there is no page, as in a modal, a parallel route or a route that is loading.
 *
 * @example
 * // React Router, then Next
 * const { pathname, search } = useLocation()
 * usePage({ pathname: pathname + search, params: useParams(), search: ['id'] })
 *
 * usePage({ pathname: `${usePathname()}?${useSearchParams()}`, params: useParams(), search: ['id'] })
 */
export function usePage(options: PageOptions): void {
  if (process.env.NODE_ENV !== 'production') needsObject(options, 'usePage', '{ pathname, params, … }')
  const { tracker, scope: scopeNow } = usePlace()
  const scope = useLatest(scopeNow)
  const failed = (error: unknown) => partsOf(tracker)?.known.notObserved('Page', '', error)
  // Compared by content, because options and parameters are new objects in each render.
  const input = contain(failed, () => inputOf(options))
  useBeforeChildren(() => {
    const { page } = tracker as unknown as { readonly page: OpenPage }
    if (input) contain(failed, () => page(JSON.parse(input), scope.current, whenItStays))
  }, [tracker, input, scope])
}

function inputOf({ pathname, ...naming }: PageOptions): string | undefined {
  if (pathname == null) return undefined
  const { template, params, search, key, title, type } = naming
  const path = search?.length ? withQuery(pathname) : pathname
  return JSON.stringify({ path, template, params, search, key, title, type })
}

function withQuery(pathname: string): string {
  const inAddress = pathname.includes('?') || typeof window === 'undefined'
  const query = inAddress ? '' : queryOf(window.location.href)
  return query ? `${pathname}?${query}` : pathname
}
