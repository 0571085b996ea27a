import type { RouteParams } from './types.ts'

/**
 * `/blog/:slug` of `/blog/swaps` and `{ slug: 'swaps' }`, so that reports speak of pages and not of articles; of a splat
 * `*`. For routers that tell path and parameters, and not the route.
 */
export function routeTemplate(pathname: string, params: RouteParams): string {
  const segments = pathname.split('/')
  let end = segments.length
  // Parameters stand in the order of the path, and what is fixed stands in front: from the end.
  for (const [name, value] of Object.entries(params).reverse()) {
    const parts = typeof value === 'string' ? value.split('/') : (value ?? [])
    const start = value?.length ? lastIndexOf(segments.slice(0, end), parts) : -1
    if (start < 0) continue
    segments.splice(start, parts.length, name === '*' ? '*' : `:${name}`)
    end = start
  }
  return segments.join('/')
}

function lastIndexOf(segments: readonly string[], parts: readonly string[]): number {
  for (let start = segments.length - parts.length; start >= 0; start--) {
    if (parts.every((part, index) => plain(part) === plain(segments[start + index] ?? ''))) return start
  }
  return -1
}

/** Some routers decode parameters, some do not. */
function plain(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
