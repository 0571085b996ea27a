import type { Dialect } from '../sql/dialect.ts'

/** Kinds of personal data; the tracker writes `[email]` and the like in their place. */
const kinds = ['email', 'phone', 'card', 'iban', 'jwt', 'token']
const mask = new RegExp(`\\[(?:${kinds.join('|')})\\]`)

/** Returns whether the tracker has masked personal data in a text. */
export const isMasked = (text: string): boolean => mask.test(text)

/** Returns the same as a condition on a column. */
export const isMaskedIn = (sql: Dialect, column: string): string =>
  `(${kinds.map((kind) => `position(${sql.text(`[${kind}]`)} in ${column}) > 0`).join(' or ')})`
