import { categoriesOf } from '../../engine/permission/consent-need.ts'
import type { ConsentNeed, ConsentState } from '../../engine/permission/consent-types.ts'
import type { Finding, PersonalDataKind } from '../../engine/personal-data/finding.ts'
import type { RuleState } from '../../engine/record/decision.ts'
import type { SchemaIssue } from '../../plan/standard-schema.ts'
import { duration } from '../../support/duration-in-words.ts'

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

/**
 * Describes when a frequency rule allows the event again, such as `opens again in 2 min 5 s` or `opens again when the
 * session ends`.
 */
export function opensInWords({ open, opensAt, per }: RuleState, now: number): string {
  if (open) return 'was open'
  if (opensAt !== undefined)
    return opensAt <= now ? 'is open again' : `opens again in ${duration(opensAt - now)}`
  if (per === 'page') return 'opens again on the next page'
  if (per === 'tab') return 'opens again in a new tab'
  if (per === 'user') return 'never opens again for this user in this browser'
  return 'opens again when the session ends'
}

/** Describes required consent, such as `analytics`, `analytics and team` or `analytics or marketing`. */
export function needInWords(need: ConsentNeed): string {
  return categoriesOf(need).join(typeof need === 'object' && 'anyOf' in need ? ' or ' : ' and ')
}

/** Describes a schema issue, such as `checkout.total: expected a number`. */
export function issueInWords({ path, message }: SchemaIssue): string {
  const keys = path?.map((part) => String(typeof part === 'object' ? part.key : part)) ?? []
  return keys.length ? `${keys.join('.')}: ${message}` : message
}
