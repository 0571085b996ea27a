import { attempt } from '../../support/attempt.ts'
import { bounded, MAX_TEXT } from '../../support/bounded.ts'
import { decoded, encodedOnce } from '../../support/decoded.ts'
import { isPlainAddress, withoutSecretValues, withoutTokens } from '../../support/tokens.ts'
import type { Properties } from '../pipeline/occurrence.ts'
import { allDetectors, type Detector, kindOfNumber, namedDetectors } from './detectors.ts'
import type { Finding, PersonalDataKind } from './finding.ts'

const MAX_DEPTH = 8
const MAX_VALUES = 10_000
/** Maximum length of all texts in one check together. */
const MAX_TEXTS = 40_000

// Most texts end here: no other pattern matches without one of these.
const SUSPICIOUS =
  /[@%&\\/=:[({]|[^\0-\x7e]|(?:\d\D{0,3}){7}|[\w-]{20}|-----|_live_|_test_|bearer|basic|token|eyJ/i
const UUID = /([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})/i
/** Matches a path at the beginning, or after a host, a quote or a space; not the slash of a fraction or of base64. */
const PATH = /(^|[\s"'(=#]|:\/\/[^\s/?#]+)(\/[^\s?#"')]+)/g
/**
 * Matches names of things: a number under such a name is that of a product, an order or a page, which may be as long as
 * a phone number.
 */
const NAMES_A_THING =
  /(?:^|_)(?:id|sku|gtin|ean|upc|isbn|url|path|location|referrer|title|barcode)s?$|(?:order|invoice|booking|ticket|parcel|tracking|article|item|product|part|model|serial|batch|version|build|flight)_?(?:number|num|no|nr|code)$/i
/** The same at the end of a name such as `orderId`. */
const ENDS_WITH_THING = /[a-z](?:Id|Sku|Url|Path)s?$/
const BARE_NUMBER = /^\d+$/
/** Smaller numbers are neither phone numbers nor cards. */
const SHORTEST_PERSONAL = 1e10

type OnFound = (kind: PersonalDataKind) => void

/**
 * Returns a text such as an address or a title with `[email]`, `[phone]`, … in place of personal data, or the same text
 * if there is none. Numbers and ids stay, because they distinguish pages.
 */
export function redactText(text: string): string {
  return redact(text, () => {}, namedDetectors)
}

/**
 * Texts without any sign of personal data: names and labels of a page recur in many events. A text in which no detector
 * finds anything is harmless to those for named things, too.
 */
const harmless = new Set<string>()
const MAX_HARMLESS = 1_000
const LONGEST_HARMLESS = 200

function remember(text: string): void {
  if (text.length > LONGEST_HARMLESS) return
  if (harmless.size >= MAX_HARMLESS) harmless.clear()
  harmless.add(text)
}

const isHarmlessText = (text: string): boolean =>
  harmless.has(text) || !SUSPICIOUS.test(text) || isPlainAddress(text)

function redact(text: string, onFound: OnFound, by = allDetectors): string {
  if (text.length <= MAX_TEXT) return redactShort(text, onFound, by)
  onFound('unchecked')
  return bounded(text, (short) => redactShort(short, onFound, by))
}

function redactShort(text: string, onFound: OnFound, by: readonly Detector[]): string {
  if (isHarmlessText(text)) return text
  let found = false
  const find: OnFound = (kind) => {
    found = true
    onFound(kind)
  }
  let before: string
  let after = text
  // A replacement ends the match before it, and may allow another one.
  do {
    before = after
    const safe = plainTextOf(before).replace(PATH, (match, edge: string, path: string) => {
      const safePath = withoutTokens(path, by === allDetectors)
      if (safePath === path) return match
      find('token')
      return edge + safePath
    })
    // Every second part is a UUID, whose digits may look like a phone number.
    after = (safe.includes('-') ? safe.split(UUID) : [safe])
      .map((part, index) => (index % 2 ? part : redactPart(part, find, by)))
      .join('')
  } while (after !== before)
  if (found) return after
  if (by === allDetectors) remember(text)
  return text
}

/**
 * Returns the text as a person reads it: decoded, however often it was encoded; all spaces, dashes, digits and letters
 * in one width; no invisible characters.
 */
function plainTextOf(text: string): string {
  let plain = text
  if (/[%&\\]/.test(plain))
    plain = encodedOnce(plain.replace(/&(?:#0*64|#x0*40|commat);|\\u0040/gi, '@')).replace(
      /(?:%[\da-f]{2})+/gi,
      decoded,
    )
  if (/[^\0-\x7e]/.test(plain))
    plain = plain
      .normalize('NFKC')
      .replace(/[\u2010-\u2015\u2212]/g, '-')
      .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15))
      .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, '')
  return plain
}

function redactPart(text: string, onFound: OnFound, by: readonly Detector[]): string {
  let rest = /[:=]/.test(text) ? withoutSecretValues(text, () => onFound('token')) : text
  let tested: RegExp | undefined
  let mayMatch = true
  for (const { kind, sign, pattern, length } of by) {
    // Detectors with one sign follow one another.
    if (sign !== tested) mayMatch = !sign || sign.test(rest)
    tested = sign
    if (!mayMatch) continue
    rest = rest.replace(pattern, (match, edge: string, found: string) => {
      const taken = length ? length(found) : found.length
      if (!taken) return match
      onFound(kind)
      return `${edge}[${kind}]${found.slice(taken)}`
    })
  }
  return rest
}

/** Names of a plan recur in each event: a look into a set takes less time than a pattern. */
function isHarmlessName(name: string): boolean {
  if (harmless.has(name)) return true
  if (!isHarmlessText(name)) return false
  remember(name)
  return true
}

/** Maximum number of characters and members that `isHarmless` looks at. */
const QUICK_LOOK = 2_000

/**
 * Returns true if nothing in a value can be personal data, as in most events. False if it is not sure: the value is
 * then cleaned, which takes longer.
 */
function isHarmless(value: unknown, room: { left: number }, depth = 0): boolean {
  if (typeof value === 'string') {
    room.left -= value.length
    return room.left >= 0 && isHarmlessText(value)
  }
  if (typeof value === 'number') return Math.abs(value) < SHORTEST_PERSONAL
  if (typeof value !== 'object' || value === null) return typeof value !== 'bigint'
  if (depth > MAX_DEPTH || 'toJSON' in value) return false
  return Object.keys(value).every((name) => {
    room.left -= name.length + 1
    return room.left >= 0 && isHarmlessName(name) && isHarmless((value as Properties)[name], room, depth + 1)
  })
}

const nothing: readonly Finding[] = []

/**
 * Returns the properties with `[email]`, `[phone]`, … in place of personal data, or the same object if there is none.
 * Properties named in `allowed`, at any depth, are not checked.
 */
export function withoutPersonalData(
  properties: Properties,
  allowed: readonly string[] = [],
): { readonly properties: Properties; readonly findings: readonly Finding[] } {
  // A getter of the caller may throw.
  if (attempt(() => isHarmless(properties, { left: QUICK_LOOK }))) return { properties, findings: nothing }
  const findings: Finding[] = []
  const around = new Set<unknown>()
  let values = 0
  let left = MAX_TEXTS

  /** Cleans a text, until the maximum length of all texts is reached. */
  function cleanText(text: string, find: OnFound, by = allDetectors): string {
    left -= Math.min(text.length, MAX_TEXT)
    if (left >= 0) return redact(text, find, by)
    find('unchecked')
    return '[unchecked]'
  }

  function clean(value: unknown, path: string, name: string): unknown {
    const find = (kind: PersonalDataKind) => findings.push({ kind, path })
    const unchecked = () => {
      find('unchecked')
      return '[unchecked]'
    }
    const namesThing = () => NAMES_A_THING.test(name) || ENDS_WITH_THING.test(name)
    if (typeof value === 'string') {
      if (!namesThing()) return cleanText(value, find)
      return value.length < MAX_TEXT && BARE_NUMBER.test(value)
        ? value
        : cleanText(value, find, namedDetectors)
    }
    if (typeof value === 'number' || typeof value === 'bigint') {
      const kind =
        Math.abs(Number(value)) < SHORTEST_PERSONAL || namesThing() ? undefined : kindOfNumber(value)
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
        const safeKey = cleanText(key, (kind) => inKey.push(kind))
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
      // A getter of the caller threw.
      return unchecked()
    } finally {
      around.delete(value)
    }
  }

  const cleaned = clean(properties, '', '')
  return { properties: typeof cleaned === 'object' ? (cleaned as Properties) : {}, findings }
}
