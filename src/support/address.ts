import { bounded } from './bounded.ts'
import { parametersOf } from './parameters.ts'
import { withoutTokens } from './tokens.ts'

/** The scheme and the host; browsers take a backslash for a slash, and need none after `http:`. */
const ORIGIN = /^\s*(?:(?:https?:)?[\\/]{2,}|https?:[\\/]*|[a-z][\w+.-]*:\/\/)[^\\/?#]*/i

/**
 * An address without what may be personal: no user name and no password, `[token]` for segments of the path that open
 * something (`/reset/8f14e45f…`), no fragment, no query but the parameters in `allowed`, as they stand. Empty for
 * addresses that are contents themselves (`data:`, `blob:`, `mailto:`, …). Never throws.
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

/** The origin and the path, both without a user name, also of an address inside of the path. */
function parts(address: string): readonly [origin: string, path: string] {
  const origin = ORIGIN.exec(address)?.[0] ?? ''
  const [scheme = ''] = /^\s*(?:[a-z][\w+.-]*:)?[\\/]*/i.exec(origin) ?? []
  const host = origin.slice(Math.max(scheme.length, origin.lastIndexOf('@') + 1))
  return [scheme + host, address.slice(origin.length).replace(/(:[\\/]|\/\/)[^\\/]+@/g, '$1')]
}

/** All parameters of an address, those in the fragment of a hash router (`#/products?id=1`) too. */
export function queryOf(href: string): string {
  const [, ...queries] = href.split('?')
  return queries.map((query) => query.replace(/#.*/s, '')).join('&')
}
