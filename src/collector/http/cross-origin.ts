import { attempt } from '../../support/attempt.ts'

/** Permitted origins: a list, or a function that returns whether an origin is permitted. */
export type Origins = readonly string[] | ((origin: string) => boolean)
type Headers = Readonly<Record<string, string>>

const PREFLIGHT_SECONDS = '86400'

/** Returns the CORS headers that let a page on a permitted origin read the response. */
export function corsHeaders(request: Request, origins: Origins): Headers {
  const origin = request.headers.get('origin')
  const allowed =
    origin !== null &&
    (typeof origins === 'function' ? attempt(() => origins(origin)) === true : origins.includes(origin))
  if (!allowed) return { vary: 'origin' }
  return {
    vary: 'origin',
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': 'retry-after',
  }
}

/** Returns the headers of a preflight response: POST, and all requested headers, because `http({ headers })` may send any. */
export function preflightHeaders(request: Request): Headers {
  return {
    'access-control-allow-methods': 'POST',
    'access-control-allow-headers': request.headers.get('access-control-request-headers') ?? 'content-type',
    'access-control-max-age': PREFLIGHT_SECONDS,
  }
}
