import { categoriesOf } from '../../engine/consent-need.ts'
import type { ConsentNeed, ConsentState, Finding, PersonalDataKind, RuleState } from '../../engine/types.ts'
import type { FrequencyRule } from '../../plan/frequency.ts'
import type { SchemaIssue } from '../../plan/standard-schema.ts'
import { duration } from './time-words.ts'
import { gapInWords, limitInWords } from './words.ts'

export const consentWords: Readonly<Record<ConsentState, string>> = {
  pending: 'Pending',
  granted: 'Granted',
  denied: 'Denied',
}

export const findingWords: Readonly<Record<PersonalDataKind, string>> = {
  email: 'an e-mail address',
  phone: 'a telephone number',
  card: 'a card number',
  iban: 'an account number',
  jwt: 'a JSON Web Token',
  token: 'a key or a token',
  number: 'a long number',
  unchecked: 'what could not be checked',
}

export const findingInWords = ({ kind, path }: Finding): string => `${findingWords[kind]} in ${path}`

/** `once per session`, `at most 3 times in 24 h, at least 5 s apart`, `every time`. */
export function ruleInWords(rule: FrequencyRule): string {
  const gap = rule.minGapMs ? [gapInWords(rule)] : []
  return [...(Number.isFinite(rule.max) ? [limitInWords(rule)] : []), ...gap].join(', ') || 'every time'
}

export function rulesInWords(rules: readonly FrequencyRule[]): string {
  return rules.map(ruleInWords).join('; ') || 'every time'
}

/** `opens again in 2 min 5 s`, `opens again when the session ends`. */
export function opensInWords({ open, opensAt, per }: RuleState, now: number): string {
  if (open) return 'was open'
  if (opensAt !== undefined)
    return opensAt <= now ? 'is open again' : `opens again in ${duration(opensAt - now)}`
  if (per === 'page') return 'opens again on the next page'
  if (per === 'tab') return 'opens again in a new tab'
  if (per === 'user') return 'never opens again for this visitor in this browser'
  return 'opens again when the session ends'
}

/** `analytics`, `analytics and team`, `analytics or marketing`. */
export function needInWords(need: ConsentNeed): string {
  return categoriesOf(need).join(typeof need === 'object' && 'anyOf' in need ? ' or ' : ' and ')
}

/** `checkout.total: expected a number`. */
export function issueInWords({ path, message }: SchemaIssue): string {
  const keys = path?.map((part) => String(typeof part === 'object' ? part.key : part)) ?? []
  return keys.length ? `${keys.join('.')}: ${message}` : message
}
