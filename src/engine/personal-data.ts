import { bounded, MAX_TEXT } from '../support/bounded.ts'
import { withoutSecretValues, withoutTokens } from '../support/tokens.ts'
import { allDetectors, type Detector, kindOfNumber, namedDetectors } from './detectors.ts'
import type { Finding, PersonalDataKind, Properties } from './types.ts'

const MAX_DEPTH = 8
const MAX_VALUES = 10_000
/** Maximum length of all texts of one check together. */
const MAX_TEXTS = 40_000

// Most text ends here: nothing below can match without one of these.
const SUSPICIOUS =
  /[@%&\\/=:[({]|[^\0-\x7e]|(?:\d\D{0,3}){7}|[\w-]{20}|-----|_live_|_test_|bearer|basic|token/i
const UUID = /([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})/i
/** A path at the beginning, after a host, a quote or a space; not the slash of a fraction or of base64. */
const PATH = /(^|[\s"'(=#]|:\/\/[^\s/?#]+)(\/[^\s?#"')]+)/g
/** Products, orders and pages have numbers as long as people's: under such a name a bare number is theirs. */
const NAMES_A_THING =
  /(?:^|_)(?:id|sku|gtin|ean|upc|isbn|url|path|location|referrer|title)s?$|[a-z](?:Id|Sku|Url|Path)s?$/
const BARE_NUMBER = /^\d+$/

type OnFound = (kind: PersonalDataKind) => void

/**
 * For addresses, titles and the like: the text with `[email]`, `[phone]`, … in place of each find; the same text when
 * there is none. Bare numbers and ids stay: they distinguish pages.
 */
export function redactText(text: string): string {
  return redact(text, () => {}, namedDetectors)
}

function redact(text: string, onFound: OnFound, by = allDetectors): string {
  if (text.length > MAX_TEXT) onFound('unchecked')
  return bounded(text, (short) => redactShort(short, onFound, by))
}

function redactShort(text: string, onFound: OnFound, by: readonly Detector[]): string {
  if (!SUSPICIOUS.test(text)) return text
  let found = false
  const find: OnFound = (kind) => {
    found = true
    onFound(kind)
  }
  let before: string
  let after = text
  // A find ends the one before it, and may set the next one free.
  do {
    before = after
    after = plainTextOf(before)
      .replace(PATH, (match, edge: string, path: string) => {
        const safe = withoutTokens(path, by === allDetectors)
        if (safe === path) return match
        find('token')
        return edge + safe
      })
      .split(UUID)
      .map((part, index) => (index % 2 ? part : redactPart(part, find, by)))
      .join('')
  } while (after !== before)
  return found ? after : text
}

/**
 * Returns the text as a person reads it: decoded, once or often; all spaces, dashes, digits and letters of
 * one width; no invisible signs.
 */
function plainTextOf(text: string): string {
  let plain = text
  if (/[%&\\]/.test(plain))
    plain = plain
      .replace(/&(?:#0*64|#x0*40|commat);|\\u0040/gi, '@')
      .replace(/%(?:25)+(?=[\da-f]{2})/gi, '%')
      .replace(/(?:%[\da-f]{2})+/gi, decoded)
  if (/[^\0-\x7e]/.test(plain))
    plain = plain
      .normalize('NFKC')
      .replace(/[\u2010-\u2015\u2212]/g, '-')
      .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, '')
  return plain
}

function decoded(signs: string): string {
  try {
    return decodeURIComponent(signs)
  } catch {
    return signs
  }
}

function redactPart(text: string, onFound: OnFound, by: readonly Detector[]): string {
  const start = /[:=]/.test(text) ? withoutSecretValues(text, () => onFound('token')) : text
  return by.reduce(
    (rest, { kind, sign, pattern, length }) =>
      sign && !sign.test(rest)
        ? rest
        : rest.replace(pattern, (match, edge: string, found: string) => {
            const taken = length ? length(found) : found.length
            if (!taken) return match
            onFound(kind)
            return `${edge}[${kind}]${found.slice(taken)}`
          }),
    start,
  )
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
  let left = MAX_TEXTS

  /** Each text takes from what may be read; none is read beyond that. */
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
    const thing = NAMES_A_THING.test(name)
    if (typeof value === 'string') {
      if (!thing) return cleanText(value, find)
      return value.length < MAX_TEXT && BARE_NUMBER.test(value)
        ? value
        : cleanText(value, find, namedDetectors)
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
      // A getter of the caller's.
      return unchecked()
    } finally {
      around.delete(value)
    }
  }

  const cleaned = clean(properties, '', '')
  return { properties: typeof cleaned === 'object' ? (cleaned as Properties) : {}, findings }
}
