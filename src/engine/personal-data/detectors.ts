import { attempt } from '../../support/attempt.ts'
import { AWS_KEY, ISSUED_KEY, isAwsKey, isChecksum, isRandom, isWords } from '../../support/tokens.ts'
import type { PersonalDataKind } from './finding.ts'

export interface Detector {
  readonly kind: PersonalDataKind
  /** Texts without a match of this quick test are not read any further. */
  readonly sign?: RegExp | undefined
  /**
   * Has two groups: the text before the match, and the match. No look-behind: Safari before 16.4 would refuse the whole
   * module.
   */
  readonly pattern: RegExp
  /** Returns the number of characters of the match that are personal data. Default: all of them. */
  readonly length?: ((found: string) => number) | undefined
}

const all =
  (holds: (found: string) => boolean) =>
  (found: string): number =>
    holds(found) ? found.length : 0

/** Returns true for what follows `Basic` in a header: name and password in base64 (RFC 7617). */
const isNameWithPassword = (found: string): boolean =>
  attempt(() => atob(found.replace(/-/g, '+').replace(/_/g, '/')).includes(':')) === true

/** Matches as many digits, close together, as the shortest number below has. */
const MANY_DIGITS = /(?:\d\D{0,3}){8}/

const tokens: readonly Detector[] = [
  {
    kind: 'token',
    sign: /-----/,
    pattern: /()(-----BEGIN [A-Z ]*PRIVATE KEY-----(?:[^-]|-(?!----))*(?:-----END [A-Z ]*-----)?)/g,
  },
  { kind: 'token', sign: /:\/\//, pattern: /(:\/\/)((?!\[token\]@)[^\s/?#@]+(?=@))/g },
  { kind: 'jwt', sign: /eyJ/, pattern: /(^|[^\w-])(eyJ[\w-]{8,}(?:\.[\w-]+)*)/g },
  { kind: 'token', pattern: new RegExp(`(^|[^A-Za-z\\d])(${ISSUED_KEY.source})`, 'g') },
  { kind: 'token', pattern: AWS_KEY, length: all(isAwsKey) },
  {
    kind: 'token',
    sign: /bearer|token/i,
    pattern: /((?:^|\W)(?:bearer|token) +)([\w.~+/-]{8,}=*)/gi,
    // Not "token bucket-2" or "bearer internationalization".
    length: all((found) => /=$|\w\.\w/.test(found) || !isWords(found)),
  },
  {
    kind: 'token',
    sign: /basic/i,
    pattern: /((?:^|\W)basic +)([\w+/-]{8,}=*)/gi,
    length: all(isNameWithPassword),
  },
]

const addresses: readonly Detector[] = [
  // A file for dense screens or a version of a package is not an address: icon@2x.png, next@15.0.0-canary.1.
  {
    kind: 'email',
    sign: /@/,
    pattern:
      /()((?:"[^"\n]{1,64}"|[^\s@/\\:;,<>()[\]"'=?&#]{1,64})(?:@| ?@ )(?!\d(?:\.\d)?x\.|\d+\.\d+\.\d)(?:[^\s@/\\:;,<>()[\]"'=?&#.]{1,63}\.)+\p{L}[\p{L}\d-]+)/gu,
    // Addresses of repositories over SSH, and "Visit us @ example.com".
    length: all((found) => !/^(?:git@|(?:us|me|it) ?@ )/i.test(found)),
  },
  {
    kind: 'email',
    sign: /[([{] ?at ?[)\]}]/i,
    pattern:
      /()([\w.+-]{1,64} ?[([{] ?at ?[)\]}] ?[\w-]{1,63}(?:(?: ?[([{] ?dot ?[)\]}] ?|\.)[\w-]{1,63}){1,8})/gi,
  },
  {
    kind: 'iban',
    sign: /\d{4}/,
    pattern:
      /(^|[^A-Z\d])([A-Z]{2}\d\d(?:[A-Z\d]{11,30}|(?:[ .-][A-Z\d]{4}){2,7}(?:[ .-][A-Z\d]{1,3})?))(?![A-Z\d])/gi,
    length: ibanLength,
  },
]

const numbers: readonly Detector[] = [
  // 13 to 19 digits, in groups of four, or as American Express and Diners Club write them.
  {
    kind: 'card',
    sign: MANY_DIGITS,
    pattern:
      /(^|[^\w.,+-])(\d{4}[ ./_-]{0,2}(?:\d{4}[ ./_-]{0,2}\d{4}[ ./_-]{0,2}\d{1,4}(?:[ -]?\d{1,3})?|\d{6}[ ./_-]{0,2}\d{4,5}))(?!\w|[.,]\d)/g,
    length: all((found) => isCard(digitsOf(found))),
  },
  // E.164, also after 00. +40.7128-074.0060 is a location, +250 000 000 € an amount.
  {
    kind: 'phone',
    sign: MANY_DIGITS,
    pattern:
      /(^|[^\w.,+-])((?:\+(?!\d{1,3}\.\d{3,8}[+-])|00(?=[1-9]))[1-9](?:[ .()/-]{0,3}\d){8,14})(?!\w|[.,]\d| ?(?:\p{Sc}|%))/gu,
    // Order numbers may begin with zeros, too. North America and Russia have ten digits after the 1 or the 7.
    length: all((found) => !/^00\d{0,9}$|^\+[17](?:\D*\d){0,9}$|000\D?000$/.test(found) && !isCode(found)),
  },
  // North America, and other countries with groups of three, three and four digits.
  {
    kind: 'phone',
    sign: MANY_DIGITS,
    pattern: /(^|[^\w.,/+-])((?:1[ .-])?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ ./-])\d{3}[ ./-]\d{4})(?!\w|[.,/-]\d)/g,
  },
  // Brazil, India, China, Spain, Russia.
  {
    kind: 'phone',
    sign: MANY_DIGITS,
    pattern:
      /(^|[^\w.,/+-])((?:\(\d\d\) ?9?|\d\d 9)\d{4}[ -]\d{4}|[2-9]\d \d{3} \d\d \d\d|[6-9]\d{4}[ -]\d{5}|1[3-9]\d[ -]\d{4}[ -]\d{4}|[6-9]\d\d(?:[ .-]\d\d){3}|8[ -]?\(?[3489]\d\d\)?[ -]?\d{3}[ -]?\d\d[ -]?\d\d)(?!\w|[.,/-]\d)/g,
  },
  // Other countries: a trunk zero and eight to eleven digits. Not 01.02.2025 10:30, and not 01 02 03 04 05.
  {
    kind: 'phone',
    sign: MANY_DIGITS,
    pattern:
      /(^[:/]?|\D[:/]|[^\w.,:/+-])((?:\(?0[1-9]|\(0\) ?[1-9])(?!([./-])\d\d\3\d{4}(?!\d)|[ ./-]0\d[ ./-]0\d)(?:[ .()/-]{0,3}\d){7,10})(?!\w|[.,/:-]\d)/g,
    length: all((found) => /\D/.test(found) || (found.length > 9 && !isCode(found))),
  },
  // US Social Security numbers and Brazil's CPF, which have a unique format.
  {
    kind: 'number',
    sign: MANY_DIGITS,
    pattern: /(^|[^\w.,+-])(\d{3}([ -])\d\d\3\d{4}|\d{3}\.\d{3}\.\d{3}-\d\d)(?!\w|[.,-]\d)/g,
  },
]

/** Detect numbers and random texts without any sign of what they are. */
const bare: readonly Detector[] = [
  {
    kind: 'number',
    sign: MANY_DIGITS,
    pattern: /(^|[^\w.,+-])([2-9]\d\d[2-9]\d{6}|[1-9]\d{10,12})(?!\w|[.,-]\d)/g,
    length: all((found) => !isThing(found)),
  },
  {
    kind: 'token',
    // A text in lower case without a digit does not look random.
    sign: /[\dA-Z]/,
    pattern: /(^|[^\w.+/~-])([\w-]{26,})(?![\w+/]|\.\w)/g,
    length: all((found) => !isChecksum(found) && isRandom(found, 32)),
  },
]

/** Detectors for texts that identify things, such as products, pages and orders. */
export const namedDetectors: readonly Detector[] = [...tokens, ...addresses, ...numbers]
export const allDetectors: readonly Detector[] = [...namedDetectors, ...bare]

/**
 * Matches Unix times in seconds until 2033 or in milliseconds, since no phone number of ten digits begins with 1, and
 * the largest integers.
 */
const UNIX_TIME = /^(?:1\d{9}(?:\d{3})?|2147483647|4294967295)$/
/** Matches dates such as 20250131, also with hours, minutes and seconds. */
const COMPACT_DATE =
  /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])(?:[0-5]\d(?:[0-5]\d)?)?$/

/** Returns true for times, dates, product codes and round amounts. */
function isThing(digits: string): boolean {
  return UNIX_TIME.test(digits) || COMPACT_DATE.test(digits) || digits.endsWith('000') || isCode(digits)
}

/** Returns true for the check digit of a UPC-A, an EAN-13, or an ISBN-10 that is not a French mobile number. */
function isCode(digits: string): boolean {
  if (/^0[1-589]\d{8}$/.test(digits)) return sumOf(digits, (index) => 10 - index) % 11 === 0
  return (
    /^(?:[01678]\d{11}|\d{13})$/.test(digits) &&
    sumOf(digits, (_, fromEnd) => (fromEnd % 2 ? 3 : 1)) % 10 === 0
  )
}

function sumOf(digits: string, weight: (index: number, fromEnd: number) => number): number {
  return [...digits].reduce(
    (sum, digit, index) => sum + Number(digit) * weight(index, digits.length - 1 - index),
    0,
  )
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '')
}

/** Matches the ranges of card networks (ISO/IEC 7812). `isCard` checks the Luhn digit. */
const CARD_RANGES =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|5[0-8]\d{14,17}|2[2-7]\d{14}|6\d{15,18}|35\d{14}|3[47]\d{13}|3[0689]\d{12})$/

function isCard(digits: string): boolean {
  if (!CARD_RANGES.test(digits) || isCode(digits)) return false
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (1 + (index % 2))
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}

/**
 * Returns the length of a valid IBAN (ISO 13616): 15 to 34 characters with the remainder 1 modulo 97; 0 if there is
 * none. Text after it may look like another group.
 */
function ibanLength(found: string): number {
  for (let end = found.length; end >= 15; end = found.slice(0, end).search(/[ .-][^ .-]*$/)) {
    const signs = found.slice(0, end).replace(/[ .-]/g, '')
    let rest = 0
    for (const sign of signs.slice(4) + signs.slice(0, 4))
      rest = Number(`${rest}${Number.parseInt(sign, 36)}`) % 97
    if (rest === 1) return end
  }
  return 0
}

/**
 * Returns the kind of a number. Phone numbers without a plus have eleven to thirteen digits; amounts of that length are
 * round.
 */
export function kindOfNumber(value: number | bigint): PersonalDataKind | undefined {
  const digits = String(value)
  if (isCard(digits)) return 'card'
  return /^[1-9]\d{10,12}$/.test(digits) && !isThing(digits) ? 'number' : undefined
}
