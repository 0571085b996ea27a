/**
 * An address without what may be personal: no user name, no fragment, no query but the parameters in `allowed`, as
 * they stand. Empty for addresses that are contents themselves (`data:`, `blob:`, `mailto:`, …). Never throws.
 */
export function scrub(href: string, allowed: readonly string[] = []): string {
  if (/^\s*(?:blob|data|javascript|mailto|tel|sms):/i.test(href)) return ''
  const [address = '', query = ''] = (href.split('#', 1)[0] as string).split(/\?(.*)/s)
  const kept = query.split('&').filter((pair) => {
    const [name] = new URLSearchParams(pair).keys()
    return name !== undefined && allowed.includes(name)
  })
  const anonymous = address.replace(/^([a-z][\w+.-]*:)?(\/\/)[^/]*@/i, '$1$2')
  return kept.length ? `${anonymous}?${kept.join('&')}` : anonymous
}

/** All parameters of an address, those in the fragment of a hash router (`#/products?id=1`) too. */
export function queryOf(href: string): string {
  const [, ...queries] = href.split('?')
  return queries.map((query) => query.replace(/#.*/s, '')).join('&')
}
