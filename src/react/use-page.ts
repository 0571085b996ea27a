'use client'

import { useEffect, useLayoutEffect } from 'react'
import { useTracker } from './context.ts'

export interface PageOptions {
  /** Default: `document.title` when the page is reported. */
  readonly title?: string | undefined
  /** Tells two visits of one path apart, such as a router's navigation key. Default: the path. */
  readonly key?: string | undefined
}

/** Layout effects run before the effects of all children of a route: what mounts with a page belongs to it. */
const useBeforeChildren = typeof window === 'undefined' ? useEffect : useLayoutEffect

/**
 * Begins a page scope when `path` (a route template, such as `/blog/:slug`) or `key` changes, and emits `page_view` if
 * the plan has it. One call, in the component that knows the route. Undefined is no page (yet): a route that redirects.
 */
export function usePage(path: string | undefined, { title, key = path }: PageOptions = {}): void {
  const { page } = useTracker()
  // Not the title: one that changes later is no other page.
  useBeforeChildren(() => {
    if (path !== undefined) page({ path, title, key })
  }, [page, path, key])
}
