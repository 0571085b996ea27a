import { decoded } from '../../support/decoded.ts'
import type { RouteParams } from './page.ts'

const SPLAT = '_splat'

/**
 * Returns a route template such as `/blog/:slug` for `/blog/swaps` and `{ slug: 'swaps' }`, so that reports count pages
 * instead of articles. A splat (`*` in React Router, `_splat` and `*` in TanStack Router) becomes `*`. For routers that
 * provide path and parameters, but not the route.
 */
export function routeTemplate(pathname: string, params: RouteParams): string {
  const segments = pathname.split('/')
  let end = segments.length
  // Goes from end to start: parameters have the order of the path, and fixed segments come first.
  for (const [name, value] of Object.entries(params).reverse()) {
    // TanStack Router provides the splat twice.
    if (!value?.length || (name === '*' && params[SPLAT] !== undefined)) continue
    const isSplat = name === '*' || name === SPLAT
    const [start, length] = lastPlaceOf(value, segments.slice(0, end))
    if (start < 0) continue
    segments.splice(start, length, isSplat ? '*' : `:${name}`)
    end = start
  }
  return segments.join('/')
}

function lastPlaceOf(value: string | readonly string[], segments: readonly string[]) {
  const parts = typeof value === 'string' ? value.split('/') : value
  // Some routers decode parameters, some do not. In the path, slashes of a parameter may be encoded.
  const whole = decoded(parts.join('/'))
  for (let start = segments.length - 1; start >= 0; start--) {
    if (decoded(segments[start] ?? '') === whole) return [start, 1] as const
    if (parts.every((part, index) => decoded(part) === decoded(segments[start + index] ?? '')))
      return [start, parts.length] as const
  }
  return [-1, 0] as const
}
