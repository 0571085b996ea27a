'use client'

import { useContext, useEffect, useLayoutEffect } from 'react'
import type { WhenItStays } from '../engine/page-views.ts'
import { partsOf } from '../engine/tracker-parts.ts'
import type { Decision, PageInput, PageNaming, Properties } from '../engine/types.ts'
import { queryOf } from '../support/address.ts'
import { contain } from '../triggers/contained.ts'
import { ScopeContext, useTracker } from './context.ts'
import { useLatest } from './use-latest.ts'
import { whenItStays } from './when-it-stays.ts'

export interface PageOptions extends PageNaming {}

type OpenPage = (input: PageInput, scope: Properties, whenItStays: WhenItStays) => Decision | undefined

/** Layout effects run before the effects of all children of a route: what mounts with a page belongs to it. */
const useBeforeChildren = typeof window === 'undefined' ? useEffect : useLayoutEffect

/**
 * Begins a page scope when the router's `pathname`, a query parameter named in `search`, or `key` changes, and emits
 * `page_view` if the plan has it: about 300 ms after the commit, or once the visitor acts, so that effects have set the
 * title, and a route that only redirects (`<Navigate>`) is no page. One call, in the component that knows the route.
 *
 * `pathname` is the identity of the page, without query, fragment and trailing slash. It may carry the query: `search`
 * reads it there, or in the address of the document. Undefined or null is no page: a modal, a parallel route, a route
 * that is loading.
 *
 * @example
 * const { pathname, search } = useLocation()
 * usePage(pathname + search, { params: useParams(), search: ['id'] })
 */
export function usePage(pathname: string | null | undefined, options: PageOptions = {}): void {
  const tracker = useTracker()
  const scope = useLatest(useContext(ScopeContext))
  const failed = (error: unknown) => partsOf(tracker)?.notObserved('Page', '', error)
  // By content: options and parameters are other objects in each render.
  const input = contain(failed, () => inputOf(pathname, options))
  useBeforeChildren(() => {
    const { page } = tracker as unknown as { readonly page: OpenPage }
    if (input) contain(failed, () => page(JSON.parse(input), scope.current, whenItStays))
  }, [tracker, input, scope])
}

function inputOf(pathname: string | null | undefined, options: PageOptions): string | undefined {
  if (pathname == null) return undefined
  const { template, params, search, key, title, type } = options
  const path = search?.length ? withQuery(pathname) : pathname
  return JSON.stringify({ path, template, params, search, key, title, type })
}

function withQuery(pathname: string): string {
  const inAddress = pathname.includes('?') || typeof window === 'undefined'
  const query = inAddress ? '' : queryOf(window.location.href)
  return query ? `${pathname}?${query}` : pathname
}
