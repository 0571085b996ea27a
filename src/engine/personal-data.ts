import type { Finding, PersonalDataKind, Properties } from './types.ts'

const MAX_DEPTH = 8
const MAX_VALUES = 10_000

// Without seven digits, an @ or the beginning of a JWT nothing below can match: most text ends here.
const SUSPICIOUS = /@|%(?:25)*40|eyJ|(?:\d\D{0,2}){7}/i
const UUID = /([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})/i
/** The signs that take part in what follows, as an address writes them, once or twice encoded. */
const ENCODED = /%(?:25)*(2[089BDEF]|40)/gi

interface Detector {
  readonly kind: PersonalDataKind
  /** Two groups: what stands before, and the find. No look-behind: Safari before 16.4 refuses the whole module. */
  readonly pattern: RegExp
  /** How much of the find is one, in characters. Default: all of it. */
  readonly length?: ((found: string) => number) | undefined
}

const detectors: readonly Detector[] = [
  { kind: 'jwt', pattern: /(^|[^\w-])(eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)*)/g },
  // A file for dense screens is no address: icon@2x.png.
  {
    kind: 'email',
    pattern:
      /()([^\s@/\\:;,<>()[\]"'=?&#]{1,64}@(?!\dx\.)(?:[^\s@/\\:;,<>()[\]"'=?&#.]{1,63}\.)+\p{L}[\p{L}\d-]+)/gu,
  },
  {
    kind: 'iban',
    pattern:
      /(^|[^\w-])([A-Z]{2}\d\d(?:[A-Z\d]{11,30}|(?: [A-Z\d]{4}){2,7}(?: [A-Z\d]{1,3})?))(?![A-Za-z\d])/g,
    length: ibanLength,
  },
  // 13 to 19 digits; apart by fours, or as American Express and Diners Club write them.
  {
    kind: 'card',
    pattern:
      /(^|[^\w.,+-])(\d{4}[ -]?(?:\d{4}[ -]?\d{4}[ -]?\d{1,4}(?:[ -]?\d{1,3})?|\d{6}[ -]?\d{4,5}))(?![\w]|[.,]\d)/g,
    length: (found) => (isCard(digitsOf(found)) ? found.length : 0),
  },
  // E.164, also after 00.
  {
    kind: 'phone',
    pattern: /(^|[^\w.,+-])((?:\+|00(?=[1-9]))[1-9](?:[ .()/-]{0,3}\d){6,14})(?![\w]|[.,]\d)/g,
  },
  // North America: the last two groups stand apart.
  {
    kind: 'phone',
    pattern:
      /(^|[^\w.,/+-])((?:1[ .-])?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .-])[2-9]\d\d[ .-]\d{4})(?!\w|[.,/-]\d)/g,
  },
  // Elsewhere: a trunk zero and eight to eleven digits. 01.02.2025 10:30 is none.
  {
    kind: 'phone',
    pattern:
      /(^[:/]?|\D[:/]|[^\w.,:/+-])(\(?0[1-9](?!([./-])\d\d\3\d{4}(?!\d))(?:[ .()/-]{0,2}\d){7,10})(?!\w|[.,/:-]\d)/g,
  },
  // Nine: what the shortest national identifiers of people have, and neither dates nor amounts. One way to write
  // them apart is known everywhere (123-45-6789). Unix times pass.
  {
    kind: 'number',
    pattern: /(^|[^\w.,+-])(\d{9,}|\d{3}-\d\d-\d{4})(?!\w|[.,-]\d)/g,
    length: (found) => (UNIX_TIME.test(found) ? 0 : found.length),
  },
]

/** Seconds until 2033, or milliseconds; no phone number of ten digits begins with 1. */
const UNIX_TIME = /^1\d{9}(?:\d{3})?$/
/** Products, orders and pages have numbers as long as people's: under such a name a bare number is theirs. */
const NAMES_A_THING =
  /(?:^|_)(?:id|sku|gtin|ean|upc|isbn|url|path|location|referrer|title)s?$|[a-z](?:Id|Sku|Url|Path)s?$/
const BARE_NUMBER = /^\d+$/
const withoutNumbers = detectors.slice(0, -1)

/**
 * For addresses, titles and the like: the text with `[email]`, `[phone]`, … in place of each find; the same text when
 * there is none. Bare numbers stay: pages are told apart by them.
 */
export function redactText(text: string): string {
  return redact(text, () => {}, withoutNumbers)
}

function redact(text: string, onFound: (kind: PersonalDataKind) => void, by = detectors): string {
  if (!SUSPICIOUS.test(text)) return text
  const plain = text.replace(ENCODED, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  let before: string
  let after = plain
  // A find ends the one before it, and may set the next one free.
  do {
    before = after
    after = before
      .split(UUID)
      .map((part, index) => (index % 2 ? part : redactPart(part, onFound, by)))
      .join('')
  } while (after !== before)
  return after === plain ? text : after
}

function redactPart(
  text: string,
  onFound: (kind: PersonalDataKind) => void,
  by: readonly Detector[],
): string {
  return by.reduce(
    (rest, { kind, pattern, length }) =>
      rest.replace(pattern, (match, edge: string, found: string) => {
        const taken = length ? length(found) : found.length
        if (!taken) return match
        onFound(kind)
        return `${edge}[${kind}]${found.slice(taken)}`
      }),
    text,
  )
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '')
}

/** ISO/IEC 7812: the ranges of the networks, and the check digit of Luhn. */
const CARD_RANGES =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|5[0-8]\d{14,17}|2[2-7]\d{14}|6\d{15,18}|35\d{14}|3[47]\d{13}|3[0689]\d{12})$/

function isCard(digits: string): boolean {
  if (!CARD_RANGES.test(digits)) return false
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (1 + (index % 2))
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}

/** ISO 13616: 15 to 34 signs that leave 1 modulo 97. What follows in capitals may look like one group more. */
function ibanLength(found: string): number {
  for (let end = found.length; end >= 15; end = found.lastIndexOf(' ', end - 1)) {
    const signs = found.slice(0, end).replace(/ /g, '')
    let rest = 0
    for (const sign of signs.slice(4) + signs.slice(0, 4))
      rest = Number(`${rest}${Number.parseInt(sign, 36)}`) % 97
    if (rest === 1) return end
  }
  return 0
}

/** Phones without a plus have eleven digits and more; amounts of that length are round. */
function kindOfNumber(value: number | bigint): PersonalDataKind | undefined {
  const digits = String(value)
  if (!/^[1-9]\d{10,}$/.test(digits) || UNIX_TIME.test(digits) || digits.endsWith('000')) return undefined
  return isCard(digits) ? 'card' : 'number'
}

/**
 * The properties as they may leave: each find is replaced by `[email]`, `[phone]`, …; the same object when there is
 * none. Properties named in `allowed`, at any depth, are left alone.
 */
export function withoutPersonalData(
  properties: Properties,
  allowed: readonly string[] = [],
): { readonly properties: Properties; readonly findings: readonly Finding[] } {
  const findings: Finding[] = []
  const around = new Set<unknown>()
  let values = 0

  function clean(value: unknown, path: string, name: string): unknown {
    const find = (kind: PersonalDataKind) => findings.push({ kind, path })
    const unchecked = () => {
      find('unchecked')
      return '[unchecked]'
    }
    const thing = NAMES_A_THING.test(name)
    if (typeof value === 'string') {
      if (!thing) return redact(value, find)
      return BARE_NUMBER.test(value) ? value : redact(value, find, withoutNumbers)
    }
    if (typeof value === 'number' || typeof value === 'bigint') {
      const kind = thing ? undefined : kindOfNumber(value)
      if (!kind) return value
      find(kind)
      return `[${kind}]`
    }
    if (typeof value !== 'object' || value === null) return value
    if (around.size > MAX_DEPTH || around.has(value)) return unchecked()
    around.add(value)
    try {
      if ('toJSON' in value && typeof value.toJSON === 'function') {
        const plain: unknown = value.toJSON()
        const cleaned = clean(plain, path, name)
        return cleaned === plain ? value : cleaned
      }
      const entries = Object.entries(value)
      values += entries.length
      if (values > MAX_VALUES) return unchecked()
      const list = Array.isArray(value)
      const cleaned = entries.map(([key, inner]) => {
        if (!list && allowed.includes(key)) return [key, inner] as const
        const inKey: PersonalDataKind[] = []
        const safeKey = redact(key, (kind) => inKey.push(kind))
        const innerPath = path ? `${path}.${safeKey}` : safeKey
        findings.push(...inKey.map((kind) => ({ kind, path: innerPath })))
        return [safeKey, clean(inner, innerPath, list ? name : key)] as const
      })
      if (
        cleaned.every(([key, inner], index) => key === entries[index]?.[0] && inner === entries[index]?.[1])
      )
        return value
      return list ? cleaned.map(([, inner]) => inner) : Object.fromEntries(cleaned)
    } catch {
      // A getter of the caller's.
      return unchecked()
    } finally {
      around.delete(value)
    }
  }

  const cleaned = clean(properties, '', '')
  return { properties: typeof cleaned === 'object' ? (cleaned as Properties) : {}, findings }
}
