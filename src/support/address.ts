import { bounded } from './bounded.ts'
import { parametersOf } from './parameters.ts'
import { withoutTokens } from './tokens.ts'

/**
 * Matches the scheme and the host. Browsers accept a backslash in place of a slash, and need no slash after `http:`.
 */
const ORIGIN = /^\s*(?:(?:https?:)?[\\/]{2,}|https?:[\\/]*|[a-z][\w+.-]*:\/\/)[^\\/?#]*/i

/**
 * Returns an address without its personal parts: no user name, no password, no fragment, and no query parameters except
 * those in `allowed`, which stay unchanged. Path segments that grant access (`/reset/8f14e45f…`) become `[token]`.
 * Returns an empty string for schemes whose address is the content itself (`data:`, `blob:`, `mailto:`, …). Never
 * throws.
 */
export function scrub(href: string, allowed: readonly string[] = []): string {
  if (/^(?:blob|data|javascript|mailto|tel|sms|about):/i.test(href.trimStart())) return ''
  const [address = '', ...queries] = (href.split('#', 1)[0] as string).split('?')
  const kept = queries
    .join('?')
    .split('&')
    .filter((pair) => {
      const [[name] = []] = parametersOf(pair)
      return name !== undefined && allowed.includes(name)
    })
  const anonymous = bounded(address, (short) => {
    const [origin, path] = parts(short)
    return origin + withoutTokens(path)
  })
  return kept.length ? `${anonymous}?${kept.join('&')}` : anonymous
}

/** Returns the address of a file or server without user name, password, query and fragment. */
export function withoutCredentials(href: string): string {
  return bounded(href.split(/[?#]/, 1)[0] as string, (short) => parts(short).join(''))
}

/** Returns the origin and the path without user names, also without those of an address inside the path. */
function parts(address: string): readonly [origin: string, path: string] {
  const origin = ORIGIN.exec(address)?.[0] ?? ''
  const [scheme = ''] = /^\s*(?:[a-z][\w+.-]*:)?[\\/]*/i.exec(origin) ?? []
  const host = origin.slice(Math.max(scheme.length, origin.lastIndexOf('@') + 1))
  return [scheme + host, address.slice(origin.length).replace(/(:[\\/]|\/\/)[^\\/]+@/g, '$1')]
}

/** Returns all query parameters of an address, also those in the fragment of a hash router (`#/products?id=1`). */
export function queryOf(href: string): string {
  const [, ...queries] = href.split('?')
  return queries.map((query) => query.replace(/#.*/s, '')).join('&')
}
